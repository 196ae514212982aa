/** What agents are told of a picture that only the editor can reach. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { answerAbout, inputSchema } from '../../extension/agents/answer.ts';
import * as core from '../../extension/core.ts';
import manifest from '../../package.json' with { type: 'json' };
import { defaultSettings } from '../../shared/start.ts';

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="120" viewBox="0 0 320 120">
  <rect width="320" height="120" fill="#fff"/><rect x="20" y="20" width="120" height="60" fill="#1f7a54"/></svg>`;
const source = { kind: 'bytes', bytes: new TextEncoder().encode(svg), name: 'a.svg' } as const;
const means = () => ({
  core,
  settings: { ...defaultSettings, fit: 'never' as const },
  engine: undefined,
  context: core.createContext(new AbortController().signal),
});

it('the manifest tells agents the same choices', () => {
  for (const { inputSchema: told } of manifest.contributes.languageModelTools) {
    expect(told.properties.result.enum).toEqual(inputSchema.shape.result.options);
    expect(told.required).toEqual(['result']);
  }
});

it('a page comes as code, with the note that its words are data', async () => {
  const asked = { result: 'html', instructions: 'make it round' } as const;
  const text = await answerAbout(source, asked, means());
  expect(text.startsWith(core.untrustedNote)).toBe(true);
  expect(text).toContain('measured without a model');
  expect(text).toContain('picture.html\n```\n<!doctype html>');
  expect(text).toContain('picture.css\n```\n:root {');
  expect(text).toContain('The instructions were left aside');
});

it('without a model it tells how to get one', async () => {
  await expect(answerAbout(source, { result: 'description' }, means())).rejects.toMatchObject({
    code: 'model-missing',
  });
});

it('the words of the sample', { timeout: 120_000 }, async () => {
  const reference = fileURLToPath(new URL('../../media/sample.png', import.meta.url));
  const text = await answerAbout({ kind: 'reference', reference }, { result: 'text' }, means());
  expect(text).toContain('Plan the trip together');
});
