/** Characters become words by the gaps that are really in the ink. */
import { describe, expect, it } from 'vitest';
import type { Glyph, LineImage } from '../../shared/facts/recogniser/line-image.ts';
import { toWords } from '../../shared/facts/recogniser/words.ts';

interface Drawn {
  readonly image: LineImage;
  readonly glyphs: Glyph[];
}

/** Bars eight pixels wide and 16 high for the characters; `|` is where the engine put a space, `_` widens a gap. */
function drawn(pattern: string, gap = 2, wide = 8): Drawn {
  const glyphs: Glyph[] = [];
  let x = 1;
  let startsWord = true;
  for (const text of pattern) {
    if (text === '_') x += wide;
    else if (text === '|') startsWord = true;
    else {
      glyphs.push({ text, left: x, right: x + 8, certainty: 99, wordCertainty: 95, startsWord });
      startsWord = false;
      x += 8 + gap;
    }
  }
  const [width, height] = [x + 1, 18];
  const ink = new Uint8Array(width * height);
  for (const { left } of glyphs) {
    for (let y = 1; y < 17; y += 1) ink.fill(255, y * width + left, y * width + left + 8);
  }
  return { image: { ink, width, height }, glyphs };
}

const read = (pattern: string, gap?: number, wide?: number): string => {
  const { image, glyphs } = drawn(pattern, gap, wide);
  return toWords(image, glyphs).text;
};

describe('toWords', () => {
  it('keeps the spaces of the engine', () => {
    expect(read('Save_|all')).toBe('Save all');
  });

  it('adds a space where a gap is much wider than the others', () => {
    expect(read('Save_all')).toBe('Save all');
    expect(read('tracked', 6)).toBe('tracked');
  });

  it('does not believe a gap beside a narrow letter of a monospaced font', () => {
    expect(read('fi_le', 3, 3)).toBe('file');
  });

  it('joins addresses that a dot seems to part', () => {
    expect(read('www.north.|dev')).toBe('www.north.dev');
    expect(read('End.|Next')).toBe('End. Next');
  });

  it('puts no spaces between Chinese characters, but around figures that stand off', () => {
    expect(read('忘|记|密|码')).toBe('忘记密码');
    expect(read('共_3_|件')).toBe('共 3 件');
    expect(read('忘记?')).toBe('忘记？');
    expect(read('半199')).toBe('¥199');
    expect(read('一半')).toBe('一半');
  });

  it('gives each word the box of its ink', () => {
    const { image, glyphs } = drawn('ab_|c');
    expect(toWords(image, glyphs).words.map(({ box }) => box)).toEqual([
      { x: 1, y: 1, width: 18, height: 16 },
      { x: 29, y: 1, width: 8, height: 16 },
    ]);
  });

  it('is as sure as the least sure character', () => {
    const { image, glyphs } = drawn('abc');
    const unsure = glyphs.map((glyph, index) => (index === 1 ? { ...glyph, certainty: 90 } : glyph));
    expect(toWords(image, glyphs).confidence).toBeGreaterThan(0.95);
    expect(toWords(image, unsure).confidence).toBeLessThan(0.3);
  });
});

describe('a bar', () => {
  /** Letters of 16 rows, and `=` drawn as one bar, `+` as a plus on a bar. */
  const barred = (pattern: string): string => {
    const { image, glyphs } = drawn(pattern);
    const ink = image.ink.slice();
    for (const { text, left } of glyphs) {
      if (text !== '=' && text !== '+') continue;
      const rows: readonly (readonly [from: number, to: number, left: number, right: number])[] =
        text === '='
          ? [[8, 10, 0, 8]]
          : [
              [2, 5, 3, 5],
              [5, 7, 0, 8],
              [7, 10, 3, 5],
              [12, 14, 0, 8],
            ];
      for (let y = 0; y < image.height; y += 1)
        ink.fill(0, y * image.width + left, y * image.width + left + 8);
      for (const [from, to, x0, x1] of rows)
        for (let y = from; y < to; y += 1)
          ink.fill(255, y * image.width + left + x0, y * image.width + left + x1);
    }
    return toWords({ ...image, ink }, glyphs).text;
  };

  it('that was read as an equals sign is a dash, with spaces on both sides or on none', () => {
    expect(barred('12_|=_|19')).toBe('12 – 19');
    expect(barred('2_|=_9')).toBe('2 – 9');
    expect(barred('e=mail')).toBe('e-mail');
  });

  it('under a plus makes it plus or minus', () => {
    expect(barred('+_|3')).toBe('± 3');
  });
});
