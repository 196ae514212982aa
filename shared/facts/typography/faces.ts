/** The font families worth trying, and the faces of them that are installed. */
import { GlobalFonts } from '@napi-rs/canvas';

export type FontKind = 'sans' | 'serif' | 'mono';

export interface Family {
  readonly name: string;
  readonly kind: FontKind;
  /** Holds Han characters. */
  readonly han: boolean;
  /** Upright CSS weights that have a face of their own, ascending. */
  readonly weights: readonly number[];
}

export interface Face {
  readonly family: Family;
  readonly weight: number;
  readonly italic: boolean;
}

/** Families that pages are commonly set in, by kind; what a machine lacks is skipped. */
const common: readonly (readonly [kind: FontKind, han: boolean, names: readonly string[]])[] = [
  [
    'sans',
    false,
    [
      'Inter',
      'Roboto',
      'Open Sans',
      'Noto Sans',
      'Lato',
      'Montserrat',
      'Poppins',
      'Source Sans 3',
      'Segoe UI',
    ],
  ],
  [
    'sans',
    false,
    ['SF Pro Text', 'SF Pro', 'Helvetica Neue', 'Helvetica', 'Arial', 'Liberation Sans', 'Verdana', 'Tahoma'],
  ],
  ['sans', false, ['Ubuntu', 'Cantarell', 'DejaVu Sans', 'Nimbus Sans', 'Geist', 'IBM Plex Sans']],
  [
    'serif',
    false,
    ['Georgia', 'Times New Roman', 'Times', 'Liberation Serif', 'Noto Serif', 'DejaVu Serif', 'Merriweather'],
  ],
  ['serif', false, ['Playfair Display', 'Nimbus Roman', 'Cambria']],
  [
    'mono',
    false,
    ['Menlo', 'SF Mono', 'Consolas', 'Courier New', 'Liberation Mono', 'DejaVu Sans Mono', 'Noto Sans Mono'],
  ],
  ['mono', false, ['Roboto Mono', 'Ubuntu Mono', 'JetBrains Mono', 'Fira Code', 'Source Code Pro']],
  [
    'sans',
    true,
    [
      'Noto Sans CJK SC',
      'Noto Sans SC',
      'Source Han Sans SC',
      'PingFang SC',
      'Microsoft YaHei',
      'Hiragino Sans GB',
    ],
  ],
  ['sans', true, ['WenQuanYi Micro Hei', 'WenQuanYi Zen Hei', 'Droid Sans Fallback', 'SimHei']],
  ['serif', true, ['Noto Serif CJK SC', 'Noto Serif SC', 'Source Han Serif SC', 'Songti SC', 'SimSun']],
];

/** @returns the installed families of the list, in its order. */
export function installedFamilies(): Family[] {
  const weightsOf = new Map<string, Set<number>>();
  for (const { family, styles } of GlobalFonts.families) {
    const upright = styles.filter(({ style, width }) => style === 'normal' && width === 'normal');
    weightsOf.set(family, new Set(upright.map(({ weight }) => weight)));
  }
  return common.flatMap(([kind, han, names]) =>
    names.flatMap((name) => {
      const weights = weightsOf.get(name);
      if (weights === undefined) return [];
      const known = [...weights].filter((weight) => weight >= 100 && weight <= 900).sort((a, b) => a - b);
      return [{ name, kind, han, weights: known.length > 0 ? known : [400] }];
    }),
  );
}

/** The weights to tell apart: regular to bold, as far as the family has faces for them. */
export function triedWeights(family: Family): number[] {
  const tried = family.weights.filter((weight) => weight >= 400 && weight <= 700 && weight % 100 === 0);
  if (!tried.includes(400)) tried.unshift(400);
  // A browser thickens the regular face where there is no bold one, as the canvas does.
  if (!tried.includes(700)) tried.push(700);
  return tried;
}
