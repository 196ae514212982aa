/** How much room text takes, by rule of thumb: nothing here draws letters, and fonts differ from viewer to viewer. */

import type { GraphNode } from '../../diagram-graph.ts';

/** East Asian letters and emoji are as wide as high; the mean of the rest is about half of that. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]|\p{Extended_Pictographic}/u;
const narrow = /[iIjltf.,:;|'!()[\] ]/;

/** Pixels that a line takes in a sans-serif font of a size in pixels. */
export function textWidth(line: string, fontSize: number): number {
  let ems = 0;
  for (const letter of line) ems += wide.test(letter) ? 1 : narrow.test(letter) ? 0.33 : 0.56;
  return ems * fontSize;
}

/** The lines of a text that wraps at a width in pixels; a word that is longer stays whole. */
export function wrappedLines(text: string, width: number, fontSize: number): string[] {
  return text.split(/\r\n?|\n/).flatMap((line) => {
    const lines: string[] = [];
    let current = '';
    for (const word of line.split(' ')) {
      const longer = current === '' ? word : `${current} ${word}`;
      if (current !== '' && textWidth(longer, fontSize) > width) {
        lines.push(current);
        current = word;
      } else current = longer;
    }
    return [...lines, current];
  });
}

export const lineHeight = 1.2;

/** Room of a text as it stands, in pixels. */
export function textSize(
  text: string,
  fontSize: number,
): { readonly width: number; readonly height: number } {
  const lines = text.split(/\r\n?|\n/);
  return {
    width: Math.max(...lines.map((line) => textWidth(line, fontSize))),
    height: lines.length * fontSize * lineHeight,
  };
}

/**
 * A free text whose box has no room for two lines is one: it does not wrap where the viewer's font is wider. Nor does
 * what stands below an icon, which is wider than that.
 */
export const isOneLine = ({ shape, label, box, verticalAlign, fontSize = 12 }: GraphNode): boolean =>
  verticalAlign === 'below' || (shape === 'text' && !/[\r\n]/.test(label) && box.height < 2.2 * fontSize);
