/** Takes from the rules those that are part of text: underlines, and strokes through old prices. */
import type { Segment } from '../regions/lines.ts';
import type { TextRun } from './read-lines.ts';

export interface Decorated {
  readonly underline: boolean;
  readonly strike: boolean;
}

/** @param used receives the rules that are decorations. */
export function decorationOf(
  run: TextRun,
  rules: readonly Segment[],
  used: Set<Segment>,
  scale: number,
): Decorated {
  const height = run.bottom - run.top + 1;
  const width = run.right - run.left + 1;
  let underline = false;
  let strike = false;
  for (const rule of rules) {
    if (rule.orientation !== 'horizontal') continue;
    const overlap = Math.min(rule.right, run.right) - Math.max(rule.left, run.left) + 1;
    const length = rule.right - rule.left + 1;
    if (overlap < 0.8 * Math.min(length, width) || length > width + 6 * scale || overlap < 0.3 * width)
      continue;
    const middle = (rule.top + rule.bottom) / 2;
    const depth = (middle - run.top) / height;
    if (depth > 0.3 && depth < 0.75) strike = true;
    else if (depth >= 0.75 && middle <= run.bottom + 3 * scale && length >= 0.85 * width) underline = true;
    else continue;
    used.add(rule);
  }
  return { underline, strike };
}
