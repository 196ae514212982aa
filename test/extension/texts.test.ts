/** Every text that a user sees is in English and in Simplified Chinese, with the same places for values. */
import { describe, expect, it } from 'vitest';
import { readJson, stringsInCode } from '../../bench/editor-texts.ts';
import manifest from '../../package.json' with { type: 'json' };

/** `{0}`, and links, which must lead to the same command in every language. */
const places = (text: unknown): string[] =>
  [...String(text).matchAll(/\{\d+\}|\(command:[^)]+\)/g)].map(([place]) => place).toSorted();

function placeholders(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(/%([\w.-]+)%/g)].map(([, key = '']) => key);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(placeholders);
}

/** What a message is in a bundle: a text, or a text with a comment for translators. */
const keyOf = ([key, message]: [string, unknown]): string => (typeof message === 'string' ? message : key);

const differing = (english: Record<string, unknown>, chinese: Record<string, unknown>): string[] =>
  Object.keys(english).filter(
    (key) => key in chinese && places(english[key]).join() !== places(chinese[key]).join(),
  );

describe('texts of the manifest', () => {
  it('are there in both languages, and none is left over', async () => {
    const used = [...new Set(placeholders(manifest))].toSorted();
    expect(Object.keys(await readJson('package.nls.json')).toSorted()).toEqual(used);
    expect(Object.keys(await readJson('package.nls.zh-cn.json')).toSorted()).toEqual(used);
  });

  it('have the same links and places in both', async () => {
    expect(differing(await readJson('package.nls.json'), await readJson('package.nls.zh-cn.json'))).toEqual(
      [],
    );
  });

  it('are in Chinese, but for names', async () => {
    const chinese = Object.entries(await readJson('package.nls.zh-cn.json'));
    const foreign = chinese.filter(([, text]) => !/\p{Script=Han}/u.test(String(text))).map(([key]) => key);
    expect(foreign.toSorted()).toEqual([
      'setting.components.element-plus',
      'setting.components.plain',
      'submenu.picture',
    ]);
  });
});

describe('texts in the code', () => {
  // Read once: it parses every file.
  const inCode = stringsInCode();

  it('are there in both languages, and none is left over', async () => {
    const english = await inCode;
    expect(Object.keys(english).length).toBeGreaterThan(3);
    expect(await readJson('l10n/bundle.l10n.json')).toEqual(english);
    expect(Object.keys(await readJson('l10n/bundle.l10n.zh-cn.json')).toSorted()).toEqual(
      Object.keys(english).toSorted(),
    );
  });

  it('have the same places in both', async () => {
    const chinese = await readJson('l10n/bundle.l10n.zh-cn.json');
    const english = Object.fromEntries(Object.entries(await inCode).map((entry) => [entry[0], keyOf(entry)]));
    expect(differing(english, chinese)).toEqual([]);
    expect(Object.values(chinese).filter((text) => !/\p{Script=Han}/u.test(String(text)))).toEqual([]);
  });
});
