/** The short, readable form of an answer, for people and for clients that show agents only text. */
import type { SavedFile } from './save-files.ts';

/** Enough for every answer that is read, and no flood for clients that pass both forms on. */
const mostCharacters = 20_000;

/** @param output of a task, as its schema says. */
export function answerText(
  output: Readonly<Record<string, unknown>>,
  files: readonly SavedFile[] | undefined,
): string {
  const { untrusted, warnings, report } = output;
  const nested = isRecord(report) ? report : {};
  const lines = [
    ...(typeof untrusted === 'string' ? [`[${untrusted}]`] : []),
    // A report is about the files; anything else is an answer of its own.
    files !== undefined && files.length > 0 && isRecord(report) ? '' : bodyOf(output),
    files === undefined || files.length === 0 ? '' : filesText(files),
    ...(output['truncated'] === true || nested['truncated'] === true
      ? ['The answer is incomplete; maxTokens allows a longer one.']
      : []),
    ...(nested['madeWithoutModel'] === true ? ['Measured from the pixels, without a model.'] : []),
    ...[warnings, nested['warnings']].flatMap((list) => (Array.isArray(list) ? list.map(String) : [])),
  ];
  return shorten(lines.filter((line) => line !== '').join('\n'));
}

/** The field that is the answer, where there is one in words; else everything but the facts about it. */
function bodyOf(output: Readonly<Record<string, unknown>>): string {
  for (const name of ['markdown', 'text', 'answer']) {
    const value = output[name];
    if (typeof value === 'string') return value;
  }
  const about = ['picture', 'usage', 'warnings', 'untrusted', 'truncated', 'repetition', 'files'];
  const rest = Object.entries(output).filter(([name]) => !about.includes(name));
  return JSON.stringify(Object.fromEntries(rest));
}

function filesText(files: readonly SavedFile[]): string {
  const [main, ...others] = files;
  const beside = others.length === 0 ? '' : ` and ${others.length} more beside it`;
  return `Written: ${main?.savedAs}${beside}.`;
}

const shorten = (text: string): string =>
  text.length <= mostCharacters
    ? text
    : `${text.slice(0, mostCharacters)}\n… (all of it is in the structured content)`;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
