/** The loop detector: what is a loop, what a page may rightly repeat, and what it costs. */
import { readdir, readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LoopDetector } from '../../shared/engine/stream/loop-detector.ts';

/** Offset at which a loop is found, or undefined. */
function detect(text: string, step = 7): { at: number; kind: string; keep: number } | undefined {
  const detector = new LoopDetector();
  for (let index = 0; index < text.length; index += step) {
    const found = detector.push(text.slice(index, index + step));
    if (found) return { at: Math.min(index + step, text.length), kind: found.kind, keep: found.keep };
  }
  return undefined;
}

/** A name of its own for every number, without digits. */
const words = (number: number) =>
  number.toString(8).replace(/\d/g, (digit) => `${'abcdefgh'[Number(digit)]}o`);

const intro = '<!doctype html>\n<html>\n<body>\n<h1>Quarterly report</h1>\n<ul>\n';

describe('loops', () => {
  it.each([
    ['one character', 'a'],
    ['a short word', 'very '],
    ['a list item', '<li><a href="#">Read more</a></li>\n'],
    ['a card', `<div class="card">\n  <h3>Title</h3>\n  <p>${'Some words of it. '.repeat(12)}</p>\n</div>\n`],
    [
      'a section',
      Array.from({ length: 20 }, (_, i) => `<p>line ${i * 7919} ${'of the page, '.repeat(i)}</p>`).join('\n'),
    ],
  ])('%s again and again is stopped, one copy is kept', (_name, copy) => {
    const found = detect(intro + copy.repeat(Math.ceil(40_000 / copy.length)));
    expect(found?.kind).toBe('exact');
    expect(found?.keep).toBeGreaterThanOrEqual(copy.length);
    expect(found?.keep).toBeLessThanOrEqual(intro.length + 2 * copy.length);
    expect(found?.at).toBeLessThan(20_000);
  });

  it('items that differ in a counter only are stopped, and all are kept', () => {
    const text =
      intro + Array.from({ length: 2000 }, (_, i) => `<li class="item-${i}">Item ${i}</li>\n`).join('');
    const found = detect(text, 1);
    expect(found?.kind).toBe('counting');
    expect(found?.keep).toBe(found?.at);
  });

  it('old lines in an ever new order are stopped soon after the last line that was not old', () => {
    let state = 1;
    const lines = Array.from({ length: 8 }, (_, i) => `<option value="v${'abcdefgh'[i]}">Choice</option>\n`);
    const shuffled = Array.from({ length: 600 }, () => {
      state = (state * 48271) % 2147483647;
      return lines[state % 8];
    });
    const found = detect(intro + lines.join('') + shuffled.join(''));
    expect(found?.kind).toBe('stale-lines');
    const first = intro + lines.join('');
    expect(found?.keep).toBeGreaterThanOrEqual(first.length);
    expect(found?.keep).toBeLessThan(first.length + 60 * (lines[0]?.length ?? 0));
  });
});

describe('what a page may rightly repeat', () => {
  it.each([
    [
      'the same contents at the top and at the side',
      Array.from({ length: 300 }, (_, i) => `<li><a>About ${words(i)}</a></li>\n`)
        .join('')
        .repeat(2),
    ],
    ['five stars', '<span class="star">★</span>\n'.repeat(5)],
    ['twelve equal rows', '<tr><td>–</td><td>–</td><td>–</td></tr>\n'.repeat(12)],
    ['a rule of 120 dashes', '-'.repeat(120)],
    [
      'six equal cards of 400 characters',
      `<div>${'Lorem ipsum dolor sit amet '.repeat(14)}</div>\n`.repeat(6),
    ],
    [
      'a table of 40 rows of figures',
      Array.from({ length: 40 }, (_, i) => `<tr><td>${i}</td><td>${i * i}</td></tr>\n`).join(''),
    ],
  ])('%s', (_name, text) => {
    expect(detect(`${intro}${text}</ul>\n</body>\n</html>\n`)).toBeUndefined();
  });
});

it('none of our own pages is taken for a loop', async () => {
  const folder = new URL('../fixtures/pages/', import.meta.url);
  const pages = (await readdir(folder)).filter((name) => name.endsWith('.html'));
  expect(pages.length).toBeGreaterThan(10);
  for (const name of pages)
    expect(detect(await readFile(new URL(name, folder), 'utf8')), name).toBeUndefined();
});

it('gives the same verdict however the text is cut', () => {
  const text = `${intro}${'<li><a href="#">Read more</a></li>\n'.repeat(100)}`;
  const whole = detect(text, 1);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), (step) => {
      const found = detect(text, step);
      expect(found?.keep).toBe(whole?.keep);
      expect((found?.at ?? 0) - (whole?.at ?? 0)).toBeLessThan(step);
    }),
    { numRuns: 40 },
  );
});
