/** 200 answers of random weights under the grammar, on the native engine: every one is a valid perception. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseGrammar } from '../../shared/engine/native/grammar/parse.ts';
import type { NativeEngine } from '../../shared/engine/native/native-engine.ts';
import { perceptionSchema } from '../../shared/tasks/perceive/perception.ts';
import { perceiveForm, perceivePrompt } from '../../shared/tasks/perceive/prompt.ts';
import { readAnswer } from '../../shared/tasks/perceive/read-answer.ts';
import { ask, openEngine, picture } from '../native/engine/helpers.ts';
import { matches } from '../native/grammar/texts.ts';
import { region, textMark } from './marks.ts';

let engine: NativeEngine;
beforeAll(async () => {
  engine = await openEngine({ contextSize: 8192 });
});
afterAll(() => engine.close());

it('200 answers', async () => {
  const marks = Array.from({ length: 12 }, (_, index) => textMark(`Row ${index}`, index, index % 4 !== 3));
  const shown = { box: { x: 0, y: 0, width: 640, height: 400 }, marks };
  const place = {
    index: 0,
    count: 1,
    page: { width: 640, height: 400 },
    toRegion: () => [0, 0, 100, 100] as const,
  };
  const image = await picture({ width: 64, height: 64, seed: 1 });
  const messages = perceivePrompt(shown, place, image);
  const { grammar } = perceiveForm(shown);
  const rules = parseGrammar(grammar);
  let complete = 0;
  let told = 0;
  for (let first = 1; first <= 200; first += 4) {
    const answers = await Promise.all(
      [0, 1, 2, 3].map((offset) =>
        ask(engine, {
          messages,
          constraint: { kind: 'grammar', grammar },
          sampling: { temperature: 6, seed: first + offset },
          maxTokens: 40,
        }),
      ),
    );
    for (const { text, finish } of answers) {
      const { nodes } = readAnswer(text, { ...region(), marks });
      perceptionSchema.parse({ nodes });
      told += nodes.length;
      if (finish.reason !== 'stop') continue;
      complete += 1;
      expect(matches(rules, text), text).toBe(true);
    }
  }
  // Some end by themselves, and most point at something.
  expect(complete).toBeGreaterThan(0);
  expect(told).toBeGreaterThan(100);
});
