/** Words that run upwards: columns of letters, each of which looks like a line of its own. */
import type { InkLine } from '../text/group-lines.ts';
import { widthOf } from './strokes.ts';

/** Lines, and columns of single letters taken for one line that runs upwards. */
export function turnedLines(lines: readonly InkLine[]): { line: InkLine; turned: boolean }[] {
  const narrow = lines
    .filter((line) => widthOf(line) <= 48 && line.blobs.length <= 3)
    .sort((a, b) => a.top - b.top);
  const columns: InkLine[][] = [];
  for (const line of narrow) {
    const column = columns.find((one) => {
      const last = one.at(-1);
      if (!last || last.surface !== line.surface) return false;
      const [left, right] = [
        Math.min(...one.map((each) => each.left)),
        Math.max(...one.map((each) => each.right)),
      ];
      const overlap = Math.min(right, line.right) - Math.max(left, line.left) + 1;
      return (
        overlap >= 0.6 * Math.min(right - left + 1, widthOf(line)) &&
        line.top - last.bottom <= 0.55 * (right - left + 1) + 2
      );
    });
    if (column) column.push(line);
    else columns.push([line]);
  }
  const turned = columns.filter((column) => {
    const [left, right] = [
      Math.min(...column.map((one) => one.left)),
      Math.max(...column.map((one) => one.right)),
    ];
    const [top, bottom] = [
      Math.min(...column.map((one) => one.top)),
      Math.max(...column.map((one) => one.bottom)),
    ];
    return column.length >= 3 && bottom - top > 2.2 * (right - left);
  });
  const used = new Set(turned.flat());
  return [
    ...lines.filter((line) => !used.has(line)).map((line) => ({ line, turned: false })),
    ...turned.map((column) => ({ line: together(column), turned: true })),
  ];
}

function together(column: readonly InkLine[]): InkLine {
  return {
    left: Math.min(...column.map((one) => one.left)),
    right: Math.max(...column.map((one) => one.right)),
    top: Math.min(...column.map((one) => one.top)),
    bottom: Math.max(...column.map((one) => one.bottom)),
    tall: Math.max(...column.map((one) => one.tall)),
    surface: column[0]?.surface ?? -1,
    blobs: column.flatMap((one) => one.blobs),
  };
}

/** Puts all that stands in a narrow upright head together as one line that runs upwards. */
export function turnedIn(
  lines: readonly { readonly line: InkLine; readonly turned: boolean }[],
  heads: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[],
): { line: InkLine; turned: boolean }[] {
  let rest = [...lines];
  const found: { line: InkLine; turned: boolean }[] = [];
  for (const head of heads) {
    const inside = rest.filter(({ line }) => {
      const [x, y] = [(line.left + line.right) / 2, (line.top + line.bottom) / 2];
      return x > head.x && x < head.x + head.width && y > head.y && y < head.y + head.height;
    });
    if (inside.length === 0) continue;
    const line = together(inside.map((one) => one.line));
    if (line.bottom - line.top < 1.3 * (line.right - line.left)) continue;
    rest = rest.filter((one) => !inside.includes(one));
    found.push({ line, turned: true });
  }
  return [...rest, ...found];
}

/** Single letters one above the other, of which this one is the next. */
export function endsColumn(line: InkLine, texts: readonly InkLine[]): boolean {
  const wide = Math.max(10, widthOf(line));
  const column = texts.filter((other) => {
    const overlap = Math.min(other.right, line.right) - Math.max(other.left, line.left) + 1;
    return (
      widthOf(other) <= 48 &&
      other.blobs.length === 1 &&
      overlap >= 0.6 * Math.min(widthOf(line), widthOf(other)) &&
      gapBetween(line, other) <= 4 * wide
    );
  });
  return column.length >= 2 && column.some((other) => gapBetween(line, other) <= 0.55 * wide + 2);
}

const gapBetween = (a: InkLine, b: InkLine): number => Math.max(a.top - b.bottom, b.top - a.bottom);
