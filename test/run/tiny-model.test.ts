/** The tasks on the native engine with random weights: whatever they say, the form of the answer holds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  askImage,
  askImageTask,
  type Engine,
  extractData,
  extractDataTask,
  extractText,
  extractTextTask,
  locate,
  locateTask,
} from '../../shared/index.ts';
import { openEngine } from '../native/engine/helpers.ts';
import { drawn, text, watched } from './support.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

const picture = await drawn(640, 400, text('Total 12.50', 40, 80, 32));
const inside = z.object({
  x: z.int().min(0).max(639),
  y: z.int().min(0).max(399),
  width: z.int().min(1).max(640),
  height: z.int().min(1).max(400),
});

describe('on random weights', () => {
  it('ask_image', async () => {
    const result = await askImage(picture, { engine, question: 'What is it?', maxTokens: 16 }, watched());
    expect(askImageTask.output.strict().parse(result).usage?.completionTokens).toBeGreaterThan(0);
  });

  it('extract_text', async () => {
    const result = await extractText(picture, { engine, method: 'model', maxTokens: 96 }, watched());
    expect(extractTextTask.output.strict().parse(result).method).toBe('model');
    for (const { box } of result.lines) inside.parse(box);
  });

  it.each(['box', 'point'] as const)('locate by %s', async (form) => {
    const options = { engine, target: 'the total', form, method: 'model', maxTokens: 96 } as const;
    const result = await locate(picture, options, watched());
    expect(locateTask.output.strict().parse(result).method).toBe('model');
    for (const { point, box } of result.matches) {
      inside.parse({ ...point, width: 1, height: 1 });
      if (box !== undefined) inside.parse(box);
    }
  });

  it('extract_data', async () => {
    const schema = {
      type: 'object',
      properties: {
        paid: { type: 'boolean' },
        currency: { enum: ['EUR', 'USD', null] },
        days: { type: 'array', items: { type: 'integer', minimum: 1, maximum: 31 }, maxItems: 2 },
      },
      required: ['paid', 'currency', 'days'],
      additionalProperties: false,
    };
    const options = { engine, schema: JSON.stringify(schema), maxTokens: 200 };
    const { data } = extractDataTask.output.strict().parse(await extractData(picture, options, watched()));
    const days = z.array(z.int().min(1).max(31)).max(2);
    const form = { paid: z.boolean(), currency: z.enum(['EUR', 'USD']).nullable(), days };
    expect(z.strictObject(form).safeParse(data).success, JSON.stringify(data)).toBe(true);
  });
});
