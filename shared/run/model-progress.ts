/** What a model does, in words, as often as a person wants to read it. */
import type { RunContext } from '../context.ts';
import type { EnginePart } from '../engine/engine.ts';

const stageWords = {
  waiting: 'waiting for other requests',
  loading: 'loading the model',
  encoding: 'the model looks at the picture',
} as const;

/** A line for every step would bury everything else: tenths of a stage, and thousands of characters. */
const percentStep = 10;
const characterStep = 1000;

/** @returns takes the parts of one answer, in order. */
export function modelProgress(context: RunContext): (part: EnginePart) => void {
  let last = '';
  let written = 0;
  const tell = (words: string, step: number, detail: string): void => {
    const key = `${words} ${step}`;
    if (key === last) return;
    last = key;
    context.progress({ stage: 'model', message: `${words}${detail}` });
  };
  const tellFraction = (words: string, fraction: number): void => {
    const percent = Math.floor((fraction * 100) / percentStep) * percentStep;
    tell(words, percent, `, ${percent} %`);
  };
  return (part) => {
    if (part.type === 'prefill-progress') {
      if (part.total > 0) tellFraction('the model reads the prompt', part.processed / part.total);
    } else if (part.type === 'stage-progress') {
      if (part.fraction === undefined) tell(stageWords[part.stage], 0, '');
      else tellFraction(stageWords[part.stage], part.fraction);
    } else if (part.type === 'text-delta') {
      written += part.text.length;
      const thousands = Math.floor(written / characterStep);
      tell('the model writes', thousands, thousands === 0 ? '' : `, ${written} characters`);
    }
  };
}
