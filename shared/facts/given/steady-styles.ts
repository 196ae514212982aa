/** Keeps the styles of a page as they were measured when some of its lines are fitted again with other words. */
import type { TextLine, Typography } from '../page-facts.ts';

/** A line that was measured before, and how it is fitted now. */
export interface Refitted {
  readonly before: TextLine;
  readonly now: Typography;
}

/** Share of the letters that must stand as they were for the old styles to count. */
const steadyShare = 0.4;

const styleOf = ({ family, size, weight, italic }: Typography): string =>
  `${family} ${size} ${weight} ${italic}`;

/**
 * A few other words can move a whole page's sizes by a pixel, where its font is not installed.
 *
 * @param kept lines whose words stand. @param letters of all lines.
 * @param advance width of a text in ems.
 * @returns what a style that was fitted now was called before.
 */
export function steadyStyles(
  kept: readonly Refitted[],
  letters: number,
  advance: (text: string) => number,
): { readonly isSteady: boolean; readonly styled: (text: string, now: Typography) => Typography } {
  const known = kept.reduce((sum, { before }) => sum + before.text.length, 0);
  if (known < steadyShare * letters) return { isSteady: false, styled: (_, now) => now };
  const votes = new Map<string, Map<string, { typography: Typography; count: number }>>();
  for (const { before, now } of kept) {
    const names = votes.get(styleOf(now)) ?? new Map();
    votes.set(styleOf(now), names);
    const key = styleOf(before.typography);
    const count = (names.get(key)?.count ?? 0) + before.text.length;
    names.set(key, { typography: before.typography, count });
  }
  const styled = (text: string, now: Typography): Typography => {
    const names = [...(votes.get(styleOf(now))?.values() ?? [])];
    const most = names.reduce((a, b) => (b.count > a.count ? b : a), { typography: now, count: 0 });
    const { size } = most.typography;
    if (styleOf(most.typography) === styleOf(now)) return now;
    // As wide as before: what the size does not give, the spacing does.
    const gaps = Math.max(1, [...text].length - 1);
    const spacing = now.letterSpacing + ((now.size - size) * advance(text)) / gaps;
    return { ...most.typography, letterSpacing: [...text].length < 2 ? 0 : Number(spacing.toFixed(2)) };
  };
  return { isSteady: true, styled };
}
