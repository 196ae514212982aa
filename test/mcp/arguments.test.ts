/** What an agent is told that passes a wrong argument. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkArguments } from '../../mcp-server/tools/arguments.ts';
import { PixelwrightError } from '../../shared/index.ts';
import { errorOf, place, stdioClient } from './client.ts';

const schema = z.object({
  image: z.string().min(1).describe('The picture.'),
  detail: z.enum(['short', 'full']).default('full').describe('How much.'),
  maxTokens: z.int().min(16).optional().describe('Longest answer.'),
});

function refusal(given: unknown): PixelwrightError {
  try {
    checkArguments('look', schema, given);
  } catch (error) {
    if (error instanceof PixelwrightError) return error;
    throw error;
  }
  throw new Error('Expected a refusal.');
}

it('gives the arguments with their defaults', () => {
  expect(checkArguments('look', schema, { image: 'a.png' })).toEqual({ image: 'a.png', detail: 'full' });
});

describe('a wrong name', () => {
  it.each([
    ['image_path', 'image'],
    ['imageUrl', 'image'],
    ['imge', 'image'],
    ['Detail', 'detail'],
    ['max_tokens', 'maxTokens'],
  ])('%s is answered with %s', (name, meant) => {
    const { code, message, next, details } = refusal({ [name]: 'a.png' });
    expect(code).toBe('option-invalid');
    expect(message).toBe(`look has no argument "${name}"; it takes image, detail, maxTokens.`);
    expect(next).toBe(`Did you mean "${meant}"?`);
    expect(details['nearest']).toBe(meant);
  });

  it('that is like none of them gets no suggestion', () => {
    expect(refusal({ image: 'a.png', xyzzy: 1 }).next).toBe('Leave "xyzzy" out.');
  });
});

describe('a wrong value', () => {
  it.each([
    [
      { image: 'a.png', detail: 'ful' },
      '"detail" must be one of short, full; it is "ful".',
      'Did you mean "full"?',
    ],
    [
      { image: 'a.png', detail: 'xxxxxxxx' },
      '"detail" must be one of short, full; it is "xxxxxxxx".',
      'Use one of these. detail: How much.',
    ],
    [
      { image: 'a.png', maxTokens: 'many' },
      '"maxTokens" is "many"',
      'Correct it. maxTokens: Longest answer.',
    ],
    [{ image: 'a.png', maxTokens: 3 }, '"maxTokens" is 3', 'Correct it. maxTokens: Longest answer.'],
    [{}, 'look needs the argument "image".', 'Give it. image: The picture.'],
    [undefined, 'look needs the argument "image".', 'Give it. image: The picture.'],
    [['a.png'], 'look takes an object of arguments.', 'Give image, detail, maxTokens.'],
  ])('%j', (given, message, next) => {
    const error = refusal(given);
    expect(error.message).toContain(message);
    expect(error.next).toBe(next);
  });
});

it('is answered as an error of the tool, so that the agent reads it and tries again', async () => {
  const client = await stdioClient(await place());
  const answer = await client.callTool({ name: 'ui_to_code', arguments: { image_source: 'a.png' } });
  expect(errorOf(answer)).toMatchObject({ code: 'option-invalid', next: 'Did you mean "image"?' });
  const status = await client.callTool({ name: 'engine_status', arguments: { verbose: true } });
  expect(errorOf(status).message).toBe('engine_status has no argument "verbose"; it takes no arguments.');
});

it('a tool that does not exist is an error of the protocol', async () => {
  const client = await stdioClient(await place());
  await expect(client.callTool({ name: 'read_image', arguments: {} })).rejects.toThrow(/read_image/);
});
