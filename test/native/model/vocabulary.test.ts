/** Tokens of texts and texts of tokens: control tokens apart, every byte kept. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Vocabulary } from '../../../shared/engine/native/model/vocabulary.ts';
import { tinyTokenIds } from '../../models/index.ts';
import { openTinyModel, type TinyLibrary } from './tiny-library.ts';

let tiny: TinyLibrary;
let vocabulary: Vocabulary;

beforeAll(async () => {
  tiny = await openTinyModel();
  ({ vocabulary } = tiny.model);
});
afterAll(() => tiny.model.free());

const controlIds = new Set(Object.values(tinyTokenIds));

describe('control tokens', () => {
  it.each(Object.entries(tinyTokenIds))('%s is found by its name', (name, id) => {
    expect(vocabulary.control(name)).toBe(id);
  });

  it.each([['<|no_such_token|>'], ['div'], [''], ['<|im_end|><|im_end|>']])('%j is none', (name) => {
    expect(() => vocabulary.control(name)).toThrow(expect.objectContaining({ code: 'model-corrupt' }));
  });

  it.each(Object.keys(tinyTokenIds))('%s in a text is text', async (name) => {
    const ids = await vocabulary.tokenise(`before ${name} after`);
    expect([...ids].filter((id) => controlIds.has(id))).toEqual([]);
    expect(vocabulary.text(ids)).toBe(`before ${name} after`);
  });

  it('have no text', () => {
    expect([...controlIds].map((id) => vocabulary.text([id])).join('')).toBe('');
  });

  it('end an answer where they are meant to', () => {
    expect(vocabulary.isEnd(tinyTokenIds['<|im_end|>'])).toBe(true);
    expect(vocabulary.isEnd(tinyTokenIds['<|vision_start|>'])).toBe(false);
    expect(vocabulary.isEnd(0)).toBe(false);
  });
});

describe('texts', () => {
  it.each([
    ['nothing', ''],
    ['one space', ' '],
    ['line ends', 'a\r\nb\n\n\nc\r'],
    ['other scripts', 'Straße, naïve, Ελληνικά, 日本語、中文, עברית, हिन्दी'],
    ['emoji of several code points', '👩‍👩‍👧‍👦 🇩🇪 👍🏽 e\u0301'],
    ['a zero byte', 'before\u0000after'],
    ['a byte order mark', '\ufeff<html>'],
    ['a page', '<div class="card" style="color:#1f2937">\n  <h1>Revenue &amp; costs</h1>\n</div>\n'],
  ])('%s comes back', async (_name, text) => {
    expect(vocabulary.text(await vocabulary.tokenise(text))).toBe(text);
  });

  it('any text comes back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect(vocabulary.text(await vocabulary.tokenise(text))).toBe(text);
      }),
      { seed: 1 },
    );
  });

  it('an emoji is spread over several tokens, none of which is a character', async () => {
    const ids = await vocabulary.tokenise('🦊');
    expect(ids.length).toBeGreaterThan(1);
    expect(Buffer.concat([...ids].map((id) => vocabulary.bytes(id)))).toEqual(Buffer.from('🦊'));
    expect([...ids].map((id) => vocabulary.text([id]))).not.toContain('🦊');
  });

  it('the bytes of a token stay its own when others are asked for', async () => {
    const [first = 0, second = 0] = await vocabulary.tokenise('é');
    const bytes = vocabulary.bytes(first);
    vocabulary.bytes(second);
    expect(Buffer.concat([bytes, vocabulary.bytes(second)]).toString()).toBe('é');
  });

  it('a long text is tokenised while others are, off the main thread, as its parts are', async () => {
    const line = 'The quick brown fox, 12 €, jumps over the lazy dog.\n';
    const long = line.repeat(4000);
    // A timer gets its turn only if the call does not hold up the main thread.
    const turns: string[] = [];
    const immediate = new Promise<void>((resolve) =>
      setImmediate(() => {
        turns.push('timer');
        resolve();
      }),
    );
    const texts = [long, long.slice(0, 20_000), `${long}x`];
    const results = await Promise.all(
      texts.map(async (text) => {
        const ids = await vocabulary.tokenise(text);
        turns.push('text');
        return vocabulary.text(ids);
      }),
    );
    await immediate;
    expect(results).toEqual(texts);
    expect(turns[0]).toBe('timer');
  });
});
