/** Says in a sentence what is wrong with a grammar that a user wrote. */
import { PixelwrightError } from '../../../errors.ts';
import { findProblem, type GrammarProblem } from './analyse.ts';
import type { GrammarRules } from './nodes.ts';
import { GrammarSyntaxError, parseGrammar } from './parse.ts';

/** Characters; larger ones take llama.cpp long to read. */
const longest = 200_000;

/**
 * Checks GBNF before llama.cpp gets it, which says no more than that it refuses.
 * @throws PixelwrightError `option-invalid` with what is wrong and, where it cannot be read, the line.
 */
export function checkGrammar(text: string): void {
  if (text.length > longest) {
    throw invalid(`A grammar may have ${longest} characters, and this one has ${text.length}`, {});
  }
  if (text.includes('\0')) throw invalid('A grammar may not hold the character NUL', {});
  const problem = findProblem(read(text));
  if (problem !== undefined) throw invalid(sentence(problem), { ...problem });
}

function read(text: string): GrammarRules {
  try {
    return parseGrammar(text);
  } catch (error) {
    if (!(error instanceof GrammarSyntaxError)) throw error;
    const { line, message } = error;
    throw invalid(`Line ${line} of the grammar cannot be read: ${message}`, { line }, error);
  }
}

function sentence({ kind, rule }: GrammarProblem): string {
  switch (kind) {
    case 'no-root':
      return 'A grammar starts at the rule root, and this one does not define it';
    case 'undefined':
      return `The grammar uses the rule ${rule} and does not define it`;
    case 'left-recursion':
      return `The rule ${rule} of the grammar begins with itself, which never comes to an end; put what it begins with first`;
    case 'empty-repetition':
      return `The rule ${rule} of the grammar repeats without a limit something that may be empty`;
    case 'endless':
      return `The rule ${rule} of the grammar always needs itself again, so that no answer could ever end`;
  }
}

function invalid(
  message: string,
  details: Readonly<Record<string, unknown>>,
  cause?: unknown,
): PixelwrightError {
  return new PixelwrightError('option-invalid', `${message}.`, {
    next: 'Correct the grammar; its notation is GBNF, as llama.cpp has it.',
    details,
    ...(cause === undefined ? {} : { cause }),
  });
}
