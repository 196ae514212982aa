/** An engine whose work is told part by part, finer than the core tells it: a client asks every second. */
import type { Engine } from '../shared/index.ts';

type Part = Engine extends { stream(...given: never): AsyncIterable<infer One> } ? One : never;

const stages = {
  waiting: 'waiting for other requests',
  loading: 'loading the model',
  encoding: 'encoding the picture',
} as const;

const percent = (fraction: number): string => `, ${Math.floor(fraction * 100)} %`;
const count = (whole: number): string => whole.toLocaleString('en');

/** The same engine; `tell` is called with a line for each part that has something to say. */
export function watchedEngine(engine: Engine, tell: (message: string) => void): Engine {
  return {
    describe: async (options) => await engine.describe(options),
    close: async () => await engine.close(),
    async *stream(request, options) {
      let characters = 0;
      for await (const part of engine.stream(request, options)) {
        if (part.type === 'text-delta') characters += part.text.length;
        const line = lineOf(part, characters);
        if (line !== undefined) tell(line);
        yield part;
      }
    },
  };
}

function lineOf(part: Part, characters: number): string | undefined {
  switch (part.type) {
    case 'stage-progress':
      return `${stages[part.stage]}${part.fraction === undefined ? '' : percent(part.fraction)}`;
    case 'prefill-progress':
      return `reading the prompt, ${count(part.processed)} of ${count(part.total)} tokens`;
    case 'text-delta':
      return `writing, ${count(characters)} characters`;
    case 'finish':
      return undefined;
  }
}
