/** Font size from the height of a line's ink and the letters in it, with no font at hand. */
import type { FittedLine, LineToFit } from './reading.ts';

/** Share of the em: capitals, x-height, descent of common sans-serif fonts. */
const capital = 0.73;
const small = 0.54;
const descent = 0.21;

export function roughFit(lines: readonly LineToFit[]): FittedLine[] {
  return lines.map(({ text, box }) => {
    const tall = /[A-Z0-9bdfhklt$€£%&@#!?()[\]{}|/\\]/.test(text) ? capital : /\p{Script=Han}/u.test(text) ? 0.88 : small;
    const deep = /[gjpqy,;()[\]{}|/@$]/.test(text) ? descent : 0;
    const size = box.height / (tall + deep);
    return {
      typography: { kind: 'sans', family: 'sans-serif', size, weight: 400, italic: false, letterSpacing: 0 },
      baseline: box.y + box.height - deep * size,
    };
  });
}
