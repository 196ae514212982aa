/** What holds for every task: names, descriptions, schemas that a client can use. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { modelTasks, tasks } from '../../shared/tasks/index.ts';

const plain = ['string', 'integer', 'number', 'boolean'];
const leaf = z.looseObject({
  type: z.string().optional(),
  description: z.string().optional(),
  items: z.looseObject({ type: z.string() }).optional(),
});
const objectSchema = z.looseObject({ type: z.literal('object'), properties: z.record(z.string(), leaf) });

/** What a caller must say, where that is more than the picture. */
const leastInputs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ask_image: { image: 'a.png', question: 'Why?' },
  extract_data: { image: 'a.png', schema: '{"type":"object"}' },
  locate: { image: 'a.png', target: 'Save' },
  compare_images: { expected: 'a.png', actual: 'b.png' },
};

it('names are unique', () => {
  expect(new Set(tasks.map(({ name }) => name)).size).toBe(tasks.length);
});

describe.each(tasks)('$name', (task) => {
  it('has a name for MCP, and says when to use it and when not', () => {
    expect(task.name).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(task.description).toMatch(/\bUse when .*\bDo not use for .*\.$/s);
    expect(task.description.length).toBeLessThan(600);
  });

  it('takes a flat object, every field described', () => {
    const schema = objectSchema.parse(z.toJSONSchema(task.input, { io: 'input' }));
    for (const [field, { type, items, description }] of Object.entries(schema.properties)) {
      expect(plain, field).toContain(type === 'array' ? items?.type : type);
      expect(description ?? '', field).toMatch(/^.{10,}$/s);
    }
  });

  it('needs a picture, and what is asked of it', () => {
    const least = leastInputs[task.name] ?? { image: 'a.png' };
    expect(task.input.safeParse(least).success).toBe(true);
    for (const name of Object.keys(least)) {
      expect(task.input.safeParse({ ...least, [name]: undefined }).success, name).toBe(false);
      expect(task.input.safeParse({ ...least, [name]: '' }).success, name).toBe(false);
    }
  });

  it('has an output schema that JSON Schema can express', () => {
    expect(objectSchema.safeParse(z.toJSONSchema(task.output)).success).toBe(true);
  });
});

describe.each(modelTasks)('$name', (task) => {
  it('gives the picture at most 2048 tokens, and always passes a seed', () => {
    expect(task.model.imageTokens.max).toBeLessThanOrEqual(2048);
    expect(task.model.sampling.seed).toBe(1);
  });
});
