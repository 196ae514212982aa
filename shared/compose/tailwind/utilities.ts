/** Declarations → utility classes. */
import { backgroundClasses } from './background.ts';
import type { Colors } from './colors.ts';
import type { Tailwind } from './design-system.ts';
import { type Longhands, words } from './longhands.ts';
import { arbitrary, lengthClass, pixelsOf, rootSize, upward } from './scale.ts';
import { shadowClass } from './shadow.ts';
import { borderClasses, gapClasses, marginClasses, paddingClasses, radiusClasses } from './sides.ts';
import type { ThemeNames } from './theme-names.ts';

export interface UtilityContext {
  readonly tailwind: Tailwind;
  readonly colors: Colors;
  readonly theme: ThemeNames;
}

/** Families that take lengths. */
const lengths: Readonly<Record<string, string>> = {
  width: 'w',
  height: 'h',
  'min-width': 'min-w',
  'min-height': 'min-h',
  'max-width': 'max-w',
  'max-height': 'max-h',
  'flex-basis': 'basis',
  top: 'top',
  right: 'right',
  bottom: 'bottom',
  left: 'left',
  inset: 'inset',
  'scroll-margin-top': 'scroll-mt',
  'text-indent': 'indent',
};

const numbers: Readonly<Record<string, string>> = {
  'flex-grow': 'grow',
  'flex-shrink': 'shrink',
  'z-index': 'z',
  order: 'order',
  'grid-column-start': 'col-start',
  'grid-column-end': 'col-end',
  'grid-row-start': 'row-start',
  'grid-row-end': 'row-end',
  'line-clamp': 'line-clamp',
};

const tinted: Readonly<Record<string, string>> = {
  color: 'text',
  'accent-color': 'accent',
  'outline-color': 'outline',
  'text-decoration-color': 'decoration',
  'caret-color': 'caret',
  fill: 'fill',
  stroke: 'stroke',
};

const tracks: Readonly<Record<string, string>> = {
  'grid-template-columns': 'grid-cols',
  'grid-template-rows': 'grid-rows',
  'grid-auto-columns': 'auto-cols',
  'grid-auto-rows': 'auto-rows',
};

const equalTracks = /^repeat\((\d+),\s*minmax\(0,\s*1fr\)\)$/;

function tracksClass(root: string, value: string): string {
  const [, count] = equalTracks.exec(value) ?? [];
  if (count !== undefined) return `${root}-${count}`;
  return value.replace(/\s+/g, '') === 'minmax(0,1fr)' ? `${root}-1` : `${root}-${arbitrary(value)}`;
}

/** `1 / 1` and the like, which set four lines at once. */
function areaClasses(value: string): string[] {
  const [row, column] = value.split('/').map((part) => part.trim());
  return /^\d+$/.test(row ?? '') && /^\d+$/.test(column ?? '') && value.split('/').length === 2
    ? [`col-start-${column}`, `row-start-${row}`]
    : [`[grid-area:${arbitrary(value).slice(1)}`];
}

function flexClasses(found: Longhands, bare: boolean): string[] {
  const grow = found.get('flex-grow');
  const shrink = found.get('flex-shrink');
  const basis = found.get('flex-basis');
  if (grow === '1' && shrink === '1' && basis !== undefined && pixelsOf(basis.replace('%', 'px')) === 0)
    return ['flex-1'];
  if (basis === 'auto' && grow === shrink && grow !== undefined)
    return [grow === '0' ? 'flex-none' : 'flex-auto'];
  const count = (root: string, value: string | undefined, usual: string): string[] =>
    value === undefined || (bare && value === usual) ? [] : [value === '1' ? root : `${root}-${value}`];
  return [
    ...count('grow', grow, '0'),
    ...count('shrink', shrink, '1'),
    ...(basis === undefined ? [] : lengthClass('basis', basis, upward)),
  ];
}

function sizeClasses(found: Longhands): string[] {
  const width = found.get('width');
  const height = found.get('height');
  if (width !== undefined && height !== undefined) {
    const both = lengthClass('size', width);
    if (pixelsOf(width) !== undefined && both[0] === lengthClass('size', height)[0]) return both;
  }
  return [
    ...(width === undefined ? [] : lengthClass('w', width, upward)),
    ...(height === undefined ? [] : lengthClass('h', height)),
  ];
}

const isUsual = (property: string, value: string): boolean =>
  (property === 'min-width' || property === 'min-height') && /^0(px)?$/.test(value);

/** Classes of one property that stands for itself. */
function single(property: string, value: string, { tailwind, colors, theme }: UtilityContext): string[] {
  const fixed = tailwind.fixed.get(`${property}: ${value}`);
  if (fixed !== undefined && !isUsual(property, value)) return [fixed];
  const track = tracks[property];
  if (track !== undefined) return [tracksClass(track, value)];
  const tint = tinted[property];
  const color = tint === undefined ? undefined : colors.name(value);
  if (tint !== undefined && color !== undefined) return [`${tint}-${color}`];
  if (tint === 'text' || tint === 'outline' || tint === 'accent') return [`${tint}-${arbitrary(value)}`];
  if (property === 'max-width') {
    const pixels = pixelsOf(value);
    const named = [...tailwind.namespace('--container')].find(
      ([, size]) => pixels !== undefined && Math.abs(rootSize * Number.parseFloat(size) - pixels) <= 0.5,
    );
    return named === undefined ? lengthClass('max-w', value, upward) : [`max-w-${named[0]}`];
  }
  const length = lengths[property];
  if (length !== undefined) return lengthClass(length, value);
  const number = numbers[property];
  if (number !== undefined && /^-?\d+$/.test(value))
    return [value.startsWith('-') ? `-${number}-${value.slice(1)}` : `${number}-${value}`];
  switch (property) {
    case 'grid-area':
      return areaClasses(value);
    case 'aspect-ratio':
      return [
        `aspect-${/^[\d.]+\s*\/\s*[\d.]+$/.test(value) ? value.replace(/\s+/g, '') : arbitrary(value)}`,
      ];
    case 'box-shadow':
      return [shadowClass(value, tailwind.namespace('--shadow'), theme)];
    case 'opacity':
      return [`opacity-${Math.round(100 * Number(value))}`];
    case 'outline': {
      const [width = '1px', , tone = ''] = words(value);
      const pixels = pixelsOf(width);
      if (pixels === undefined)
        return [value === 'none' ? 'outline-none' : `[outline:${arbitrary(value).slice(1)}`];
      return [`outline-${Math.round(pixels)}`, `outline-${colors.name(tone) ?? 'current'}`];
    }
    case 'outline-offset':
    case 'text-underline-offset': {
      const root = property === 'outline-offset' ? 'outline-offset' : 'underline-offset';
      const pixels = pixelsOf(value);
      return [`${root}-${pixels === undefined ? arbitrary(value) : Math.round(pixels)}`];
    }
    case 'filter': {
      const [, name, amount] = /^(brightness|contrast|saturate)\(([\d.]+)\)$/.exec(value) ?? [];
      return name === undefined
        ? [`[filter:${arbitrary(value).slice(1)}`]
        : [`${name}-${Math.round(100 * Number(amount))}`];
    }
    case 'align-items':
    case 'align-self':
    case 'justify-items':
      // In a grid these are the same as their forms without "flex-".
      return [
        tailwind.fixed.get(`${property}: flex-${value}`) ?? `[${property}:${arbitrary(value).slice(1)}`,
      ];
    case 'border-spacing':
      return lengthClass('border-spacing', words(value)[0] ?? '0');
    case 'text-decoration-line':
      return words(value).map(
        (line) => tailwind.fixed.get(`text-decoration-line: ${line}`) ?? 'no-underline',
      );
    default:
      return [`[${property}:${arbitrary(value).slice(1)}`];
  }
}

const grouped =
  /^(padding|margin)-(top|right|bottom|left)$|^(row|column)-gap$|^border-.*(width|style|color|radius)$|^background-(color|image|position|size|repeat)$|^flex-(grow|shrink|basis)$|^(width|height)$/;

/**
 * @param bare they stand alone, over nothing but Tailwind's reset: what that says already needs no class.
 */
export function utilities(found: Longhands, bare: boolean, context: UtilityContext): string[] {
  const { tailwind, colors, theme } = context;
  const radii = [...tailwind.namespace('--radius')].map(
    ([name, size]) => [name, rootSize * Number.parseFloat(size)] as const,
  );
  return [
    ...paddingClasses(found, bare),
    ...marginClasses(found, bare),
    ...gapClasses(found, bare),
    ...borderClasses(found, colors, bare),
    ...radiusClasses(found, radii, bare),
    ...backgroundClasses(found, colors, theme, tailwind.fixed, bare),
    ...flexClasses(found, bare),
    ...sizeClasses(found),
    ...[...found]
      .filter(([property]) => !grouped.test(property))
      .flatMap(([property, value]) => single(property, value, context)),
  ];
}
