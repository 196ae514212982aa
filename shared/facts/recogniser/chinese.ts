/** Marks of Chinese text that the engine gives as their Western look-alikes. */
import type { Glyph } from './line-image.ts';

const han = /\p{Script=Han}/u;
const fullWidth: Readonly<Record<string, string>> = {
  ',': '\uff0c',
  ':': '\uff1a',
  ';': '\uff1b',
  '?': '\uff1f',
  '!': '\uff01',
};
/** What the yuan sign in front of an amount is taken for. */
const yuan = /^[\u534a\u9769\u7f8a\u5e74\uffe5Y]$/u;

/** @param gapAfter blank after a glyph, in ems; a full-width mark leaves half of its square blank. */
export function westernToChinese(glyphs: readonly Glyph[], gapAfter: (index: number) => number): Glyph[] {
  return glyphs.map((glyph, index) => {
    const [before, after] = [glyphs[index - 1], glyphs[index + 1]];
    const mark = fullWidth[glyph.text];
    if (mark !== undefined && before !== undefined && han.test(before.text)) {
      const isWide = after === undefined || gapAfter(index) > 0.25 || han.test(after.text);
      return isWide ? { ...glyph, text: mark } : glyph;
    }
    const isAmount =
      after !== undefined && /\d/.test(after.text) && (before === undefined || !han.test(before.text));
    return isAmount && yuan.test(glyph.text) ? { ...glyph, text: '\u00a5' } : glyph;
  });
}
