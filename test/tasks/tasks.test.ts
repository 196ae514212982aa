/** What holds for every task: names, descriptions, schemas that a client can use. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { tasks } from '../../shared/tasks/index.ts';

const leaf = z.looseObject({ type: z.string().optional(), description: z.string().optional() });
const objectSchema = z.looseObject({ type: z.literal('object'), properties: z.record(z.string(), leaf) });

it('names are unique', () => {
  expect(new Set(tasks.map(({ name }) => name)).size).toBe(tasks.length);
});

describe.each(tasks)('$name', (task) => {
  it('has a name for MCP, and says when to use it and when not', () => {
    expect(task.name).toMatch(/^[a-z]+(_[a-z]+)+$/);
    expect(task.description).toMatch(/\bUse when .*\bDo not use for .*\.$/s);
    expect(task.description.length).toBeLessThan(600);
  });

  it('takes a flat object, every field described', () => {
    const schema = objectSchema.parse(z.toJSONSchema(task.input, { io: 'input' }));
    for (const [field, { type, description }] of Object.entries(schema.properties)) {
      expect(['string', 'integer', 'number', 'boolean'], field).toContain(type);
      expect(description ?? '', field).toMatch(/^.{10,}$/s);
    }
  });

  it('needs the picture and nothing else', () => {
    expect(task.input.safeParse({ image: 'a.png' }).success).toBe(true);
    expect(task.input.safeParse({}).success).toBe(false);
    expect(task.input.safeParse({ image: '' }).success).toBe(false);
  });

  it('has an output schema that JSON Schema can express', () => {
    expect(objectSchema.safeParse(z.toJSONSchema(task.output)).success).toBe(true);
  });

  it('gives the picture at most 2048 tokens, and always passes a seed', () => {
    expect(task.model.imageTokens.max).toBeLessThanOrEqual(2048);
    expect(task.model.sampling.seed).toBe(1);
  });
});
