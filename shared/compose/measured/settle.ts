/** Letter-spacing that makes the fonts at hand as wide as the ones in the picture, the same for all text of a style. */
import { cleanText } from '../../facts/layout/clean-text.ts';
import type { PageFacts, TextLine } from '../../facts/page-facts.ts';
import type { MetricsOf } from './metrics.ts';

/** Ink boxes are cut outwards to whole pixels: on average this much too wide, in pixels. */
const inkBias = 0.8;
/** Widths within this share of the measured ones are believed as they were fitted. */
const fitShare = 0.008;
/** Spacing under this share of the font size is a measuring error, not a style. */
const leastShare = 0.008;
/** Largest spacing that is believed, as a share of the font size. */
const mostShare = 0.12;
/** A line that would still be wider than this share of its measured width is set smaller. */
const widestShare = 1.02;

interface Measure {
  readonly line: TextLine;
  /** Measured ink width less that of the font without spacing, in pixels. */
  readonly excess: number;
  readonly gaps: number;
}

function measure(line: TextLine, metrics: MetricsOf): Measure | undefined {
  const plain = metrics({ ...line.typography, letterSpacing: 0 });
  const text = cleanText(line.text);
  const advance = plain.advance(text);
  const gaps = [...text].length - 1;
  if (advance === undefined || gaps < 1) return undefined;
  const ink = advance - plain.bearingLeft(text) - plain.bearingRight(text);
  return { line, excess: line.box.width - inkBias - ink, gaps };
}

/** Sums over the lines of one style, in pixels. */
interface Style {
  readonly excess: number;
  /** What the facts' own letter-spacing adds up to. */
  readonly fitted: number;
  readonly gaps: number;
  readonly width: number;
}

const keyOf = ({ typography }: TextLine): string =>
  `${typography.family}|${Math.round(typography.size * 2)}|${typography.weight}|${typography.italic}`;

const clamp = (value: number, size: number): number => {
  const bounded = Math.max(-mostShare * size, Math.min(mostShare * size, value));
  return Math.abs(bounded) < leastShare * size ? 0 : Math.round(bounded * 100) / 100;
};

/** The facts with one letter-spacing for each style; a line that is far off keeps one of its own. */
export function settleSpacing(facts: PageFacts, metrics: MetricsOf): PageFacts {
  const measures = facts.lines.map((line) => measure(line, metrics));
  const styles = new Map<string, Style>();
  for (const found of measures) {
    if (found === undefined) continue;
    const sum = styles.get(keyOf(found.line)) ?? { excess: 0, fitted: 0, gaps: 0, width: 0 };
    styles.set(keyOf(found.line), {
      excess: sum.excess + found.excess,
      fitted: sum.fitted + found.gaps * found.line.typography.letterSpacing,
      gaps: sum.gaps + found.gaps,
      width: sum.width + found.line.box.width,
    });
  }
  const lines = facts.lines.map((line, index): TextLine => {
    const found = measures[index];
    const style = styles.get(keyOf(line));
    if (found === undefined || style === undefined) return line;
    const { size } = line.typography;
    const fits = Math.abs(style.excess - style.fitted) <= fitShare * style.width;
    const shared = clamp((fits ? style.fitted : style.excess) / style.gaps, size);
    const left = found.excess - shared * found.gaps;
    const own = Math.abs(left) > Math.max(2.5, 0.03 * line.box.width);
    const letterSpacing = own ? clamp(found.excess / found.gaps, size) : shared;
    const width = line.box.width - found.excess + letterSpacing * found.gaps - inkBias;
    const shrink = Math.max(0.5, Math.min(1, (widestShare * line.box.width + 1) / Math.max(1, width)));
    const scaled = { size: size * shrink, letterSpacing: letterSpacing * shrink };
    return { ...line, typography: { ...line.typography, ...(shrink < 1 ? scaled : { letterSpacing }) } };
  });
  return { ...facts, lines };
}
