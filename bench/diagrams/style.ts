/** How a diagram looks: fonts, colours, strokes; chosen by seed, so that no two look the same. */
import type { EdgeHead } from '../../shared/diagram-graph.ts';
import type { Plan } from './plans/plan.ts';
import type { Random } from './random.ts';

export interface Style {
  readonly font: string;
  readonly fontSize: number;
  readonly background: string;
  /** Text and lines. */
  readonly ink: string;
  readonly edgeColor: string;
  /** By tint; `none` for see-through. */
  readonly fills: readonly string[];
  /** By tint; `none` for shapes that are a fill alone. */
  readonly strokes: readonly string[];
  /** Of text on each fill. */
  readonly inks: readonly string[];
  readonly strokeWidth: number;
  readonly edgeWidth: number;
  readonly arrow: EdgeHead;
  readonly line: 'straight' | 'orthogonal' | 'curved';
  readonly radius: number;
  /** Bends of orthogonal edges are rounded. */
  readonly roundedBends: boolean;
  /** Labels of edges stand on a patch of background in the line, or beside it. */
  readonly labelInLine: boolean;
  /** Picture pixels per unit. */
  readonly ratio: number;
}

const fonts = ['Arimo', 'Roboto', 'DejaVu Sans', 'DejaVu Serif', 'Arimo', 'Roboto'];
export const handwriting = ['Caveat', 'Kalam', 'Patrick Hand'];

/** Fill, stroke, text; pale sets as diagram editors offer them, strong ones, none. */
const palettes: readonly (readonly (readonly [fill: string, stroke: string, ink: string])[])[] = [
  [
    ['#ffffff', '#000000', '#000000'],
    ['#dae8fc', '#6c8ebf', '#000000'],
    ['#fff2cc', '#d6b656', '#000000'],
    ['#d5e8d4', '#82b366', '#000000'],
    ['#f8cecc', '#b85450', '#000000'],
  ],
  [['#ececff', '#9370db', '#333333']],
  [['none', '#1e1e1e', '#1e1e1e']],
  [
    ['none', '#1971c2', '#1e1e1e'],
    ['none', '#2f9e44', '#1e1e1e'],
    ['none', '#e03131', '#1e1e1e'],
  ],
  [
    ['#2563eb', 'none', '#ffffff'],
    ['#16a34a', 'none', '#ffffff'],
    ['#f59e0b', 'none', '#1f2937'],
    ['#7c3aed', 'none', '#ffffff'],
    ['#e5e7eb', 'none', '#1f2937'],
  ],
  [
    ['#ffffff', '#333333', '#222222'],
    ['#eeeeee', '#333333', '#222222'],
  ],
  [
    ['#e0f2fe', '#0284c7', '#0c4a6e'],
    ['#fef3c7', '#d97706', '#78350f'],
    ['#ffe4e6', '#e11d48', '#881337'],
  ],
]; // prettier-ignore

const darkPalettes: typeof palettes = [
  [
    ['#1f2937', '#9ca3af', '#f3f4f6'],
    ['#1e3a8a', '#60a5fa', '#eff6ff'],
    ['#14532d', '#4ade80', '#f0fdf4'],
  ],
  [['none', '#e5e7eb', '#e5e7eb']],
  [
    ['#374151', 'none', '#f9fafb'],
    ['#6d28d9', 'none', '#ffffff'],
  ],
]; // prettier-ignore

export function styleOf(random: Random, plan: Plan): Style {
  const dark = random.chance(0.2);
  const palette = random.pick(dark ? darkPalettes : palettes);
  const background = dark
    ? random.pick(['#111827', '#1e1e1e', '#0f172a'])
    : random.pick(['#ffffff', '#ffffff', '#ffffff', '#fafafa', '#fdf6e3']);
  const plain = dark ? '#e5e7eb' : '#000000';
  const column = (index: 0 | 1 | 2): string[] => palette.map((entry) => entry[index]);
  // Lanes and open tables need an outline to be told apart at all.
  const bare = ['swimlane', 'er', 'class', 'sequence', 'network'].includes(plan.kind);
  const strokes = column(1).map((stroke) => (stroke === 'none' && bare ? plain : stroke));
  return {
    font: random.pick(fonts),
    fontSize: random.pick([12, 13, 14, 14, 16, 18]),
    background,
    ink: plain,
    edgeColor: random.pick(
      dark ? ['#e5e7eb', '#9ca3af'] : ['#000000', '#333333', '#555555', '#1d4ed8', '#7f8c8d'],
    ),
    fills: column(0),
    strokes,
    inks: column(2),
    strokeWidth: random.pick([1, 1, 1.5, 2, 3]),
    edgeWidth: random.pick([1, 1, 1.5, 2]),
    arrow: random.pick(['arrow', 'arrow', 'open']),
    line: random.pick(plan.lines),
    radius: random.pick([6, 10, 14]),
    roundedBends: random.chance(0.4),
    labelInLine: random.chance(0.5),
    ratio: random.pick([1, 1, 1.5, 2]),
  };
}

/** The same drawing as a hand would do it: one pen or a few, a wide line, letters that are larger. */
export function handStyle(random: Random, style: Style): Style {
  const pens = random.pick([['#1e1e1e'], ['#1e1e1e', '#1971c2', '#2f9e44', '#e03131'], ['#1d3a8a']]);
  const filled = random.chance(0.3);
  return {
    ...style,
    font: random.pick(handwriting),
    fontSize: style.fontSize + 6,
    background: '#ffffff',
    ink: pens[0] ?? '#1e1e1e',
    edgeColor: pens[0] ?? '#1e1e1e',
    fills: filled ? ['none', '#a5d8ff', '#ffec99', '#b2f2bb', '#ffc9c9'] : ['none'],
    strokes: pens,
    inks: [pens[0] ?? '#1e1e1e'],
    strokeWidth: random.pick([1.5, 2, 2.5]),
    edgeWidth: random.pick([1.5, 2]),
    roundedBends: false,
    ratio: random.pick([1, 1.5]),
  };
}
