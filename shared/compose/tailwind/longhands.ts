/** Declarations taken apart into single properties, so that a later one overrides exactly what it should. */
import type { Declarations } from '../html/element.ts';

/** Property → value; shorthands are gone. */
export type Longhands = ReadonlyMap<string, string>;

export const edges = ['top', 'right', 'bottom', 'left'] as const;
export type Edge = (typeof edges)[number];

export const corners = ['top-left', 'top-right', 'bottom-right', 'bottom-left'] as const;

/** Splits at blanks that no bracket and no quotation mark encloses. */
export function words(value: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let quote = '';
  let word = '';
  for (const letter of value.trim()) {
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '(') depth += 1;
    else if (letter === ')') depth -= 1;
    if (/\s/.test(letter) && depth === 0 && quote === '') {
      if (word !== '') found.push(word);
      word = '';
    } else word += letter;
  }
  return word === '' ? found : [...found, word];
}

/** Values of four sides as CSS fills them in. */
function four(value: string): [string, string, string, string] {
  const [first = '0', second = first, third = first, fourth = second] = words(value);
  return [first, second, third, fourth];
}

const isColor = (word: string): boolean =>
  /^(#|rgba?\(|hsla?\(|oklch\(|color-mix\(|transparent$|currentcolor$|white$|black$)/i.test(word);

type Entries = (readonly [string, string])[];

function border(edge: Edge, value: string): Entries {
  const parts = words(value);
  const width = parts.find((part) => /^-?[\d.]/.test(part));
  const style = parts.find((part) => /^(solid|dashed|dotted|double|none|hidden)$/.test(part));
  const color = parts.find(isColor);
  return [
    [`border-${edge}-width`, style === 'none' ? '0' : (width ?? '0')],
    ...(style !== undefined && style !== 'none' ? [[`border-${edge}-style`, style] as const] : []),
    ...(color === undefined ? [] : [[`border-${edge}-color`, color] as const]),
  ];
}

/** Color, picture, its place, size and repetition. */
function background(value: string): Entries {
  const parts = words(value);
  const image = parts.find((part) => /^(url|(repeating-)?(linear|radial|conic)-gradient)\(/.test(part));
  const color = parts.find(isColor);
  const repeat = parts.find((part) => /^(no-repeat|repeat(-[xy])?)$/.test(part));
  const rest = parts.filter((part) => part !== image && part !== color && part !== repeat && part !== 'none');
  const slash = rest.indexOf('/');
  const position = slash < 0 ? rest : rest.slice(0, slash);
  const size = slash < 0 ? [] : rest.slice(slash + 1);
  return [
    ['background-color', color ?? 'transparent'],
    ['background-image', image ?? 'none'],
    ...(position.length > 0 ? [['background-position', position.join(' ')] as const] : []),
    ...(size.length > 0 ? [['background-size', size.join(' ')] as const] : []),
    ...(repeat === undefined ? [] : [['background-repeat', repeat] as const]),
  ];
}

function flex(value: string): Entries {
  const [grow = '0', shrink = '1', basis = '0%'] = words(value);
  if (grow === 'none') return flex('0 0 auto');
  if (grow === 'auto') return flex('1 1 auto');
  return [
    ['flex-grow', grow],
    ['flex-shrink', shrink],
    ['flex-basis', basis],
  ];
}

const around = (name: string, value: string): Entries => {
  const sides = four(value);
  return edges.map((edge, index) => [`${name}-${edge}`, sides[index] ?? '0'] as const);
};

const along = (name: string, first: Edge, second: Edge, value: string): Entries => {
  const [start = '0', end = start] = words(value);
  return [
    [`${name}-${first}`, start],
    [`${name}-${second}`, end],
  ];
};

function longhandsOf(property: string, value: string): Entries {
  switch (property) {
    case 'padding':
    case 'margin':
      return around(property, value);
    case 'padding-inline':
    case 'margin-inline':
      return along(property.slice(0, -7), 'left', 'right', value);
    case 'padding-block':
    case 'margin-block':
      return along(property.slice(0, -6), 'top', 'bottom', value);
    case 'gap': {
      const [row = '0', column = row] = words(value);
      return [
        ['row-gap', row],
        ['column-gap', column],
      ];
    }
    case 'border':
      return edges.flatMap((edge) => border(edge, value));
    case 'border-top':
    case 'border-right':
    case 'border-bottom':
    case 'border-left':
      return border(edges.find((edge) => property.endsWith(edge)) ?? 'top', value);
    case 'border-color':
      return edges.map((edge) => [`border-${edge}-color`, value] as const);
    case 'border-radius': {
      const radii = four(value);
      return corners.map((corner, index) => [`border-${corner}-radius`, radii[index] ?? '0'] as const);
    }
    case 'background':
      return background(value);
    case 'flex':
      return flex(value);
    case 'flex-flow':
      return words(value).map((part) => [/wrap/.test(part) ? 'flex-wrap' : 'flex-direction', part] as const);
    case 'text-decoration':
      return [['text-decoration-line', value]];
    default:
      return [[property, value]];
  }
}

export function longhands(declarations: Declarations): Longhands {
  const result = new Map<string, string>();
  for (const [property, value] of Object.entries(declarations)) {
    for (const [name, part] of longhandsOf(property, `${value}`.trim())) result.set(name, part);
  }
  return result;
}
