/** The page's text styles: Tailwind's own where they agree, else entries of the theme named after the size. */
import type { Declarations, HtmlElement } from '../html/element.ts';
import { pixelsOf, rootSize } from './scale.ts';

/** What a class like `text-sm` sets. */
export interface TextStyle {
  /** CSS pixels. */
  readonly size: number;
  /** Line height over size. */
  readonly ratio: number;
  /** Letter-spacing, CSS pixels. */
  readonly spacing: number;
  readonly weight: number;
}

/** A name of the type scale, and what it sets beside size and line height. */
export interface TextToken {
  readonly name: string;
  readonly weight?: number;
  readonly spaced: boolean;
}

export interface TextStyles {
  /** The style that most of the text has; none on a page without text. */
  readonly common: TextStyle | undefined;
  token(style: TextStyle): TextToken;
  /** Variables of the theme, by name. */
  readonly variables: ReadonlyMap<string, string>;
}

/** Differences that move no edge of a text by more than this count as none, CSS pixels. */
const unseen = 1.5;
/** A size of the scale gives its name to sizes this near, CSS pixels. */
const near = 0.55;

/** Elements whose letter-spacing a browser sets back. */
const resets = new Set(['button', 'input', 'select', 'textarea']);

/** The text style of an element by the cascade, from its parent's. */
export function textStyleOf(tag: string, declarations: Declarations, parent: TextStyle): TextStyle {
  const size = pixelsOf(`${declarations['font-size'] ?? ''}`) ?? parent.size;
  const height = `${declarations['line-height'] ?? ''}`;
  const pixels = height.endsWith('px') ? pixelsOf(height) : undefined;
  const ratio = pixels === undefined ? Number(height || parent.ratio) : pixels / size;
  const spacing = declarations['letter-spacing'];
  const weight = Number(declarations['font-weight'] ?? Number.NaN);
  return {
    size,
    ratio: Number.isFinite(ratio) ? ratio : parent.ratio,
    spacing: spacing === undefined ? (resets.has(tag) ? 0 : parent.spacing) : (pixelsOf(`${spacing}`) ?? 0),
    weight: Number.isFinite(weight) ? weight : tag === 'strong' || tag === 'b' ? 700 : parent.weight,
  };
}

/** What Tailwind's reset gives the page. */
export const resetStyle: TextStyle = { size: rootSize, ratio: 1.5, spacing: 0, weight: 400 };

interface Use {
  readonly style: TextStyle;
  readonly weights: Set<number>;
  /** Characters in this style; of its longest text. */
  readonly total: number;
  readonly longest: number;
}

const keyOf = (style: TextStyle): string => `${style.size}|${style.ratio}|${style.spacing}`;

function collect(element: HtmlElement, parent: TextStyle, uses: Map<string, Use>): void {
  const style = textStyleOf(element.tag, element.styles.base, parent);
  const own = element.children.filter((child) => typeof child === 'string').join('');
  const text = `${own}${element.attributes['value'] ?? ''}${element.attributes['placeholder'] ?? ''}`;
  if (text.trim() !== '') {
    const known = uses.get(keyOf(style));
    uses.set(keyOf(style), {
      style: known?.style ?? style,
      weights: new Set([...(known?.weights ?? []), style.weight]),
      total: (known?.total ?? 0) + text.length,
      longest: Math.max(known?.longest ?? 0, text.length),
    });
  }
  for (const child of element.children) if (typeof child !== 'string') collect(child, style, uses);
}

const rem = (pixels: number): string => `${Math.round((pixels / rootSize) * 1e5) / 1e5}rem`;

/** `1.25rem`, `calc(1.25 / 0.875)`, `1.5`: all that Tailwind's type scale holds. */
function numberOf(value: string): number {
  const fraction = /^calc\(([\d.]+)\s*\/\s*([\d.]+)\)$/.exec(value);
  return fraction === null ? Number.parseFloat(value) : Number(fraction[1]) / Number(fraction[2]);
}

interface Step {
  readonly name: string;
  readonly size: number;
  readonly ratio: number;
}

/** @param scale Tailwind's type scale: `sm` → `0.875rem`, `sm--line-height` → `calc(1.25 / 0.875)`. */
export function createTextStyles(
  scale: ReadonlyMap<string, string>,
  body: HtmlElement,
  page: TextStyle,
): TextStyles {
  const steps = [...scale].flatMap(([name, value]): Step[] => {
    const height = scale.get(`${name}--line-height`);
    return height === undefined ? [] : [{ name, size: rootSize * numberOf(value), ratio: numberOf(height) }];
  });
  const uses = new Map<string, Use>();
  collect(body, page, uses);
  const tokens = new Map<string, TextToken & { readonly style: TextStyle }>();
  const variables = new Map<string, string>();
  const taken = new Set<string>();
  const sorted = [...uses.values()].sort((a, b) => b.total - a.total);
  const alike = (a: TextStyle, b: TextStyle, longest: number): boolean =>
    Math.abs(a.size - b.size) * 0.55 * longest <= unseen &&
    Math.abs(a.spacing - b.spacing) * longest <= unseen &&
    Math.abs(a.ratio * a.size - b.ratio * b.size) <= 0.05;
  const define = ({ style, weights, longest }: Use): void => {
    const plain = steps.find((step) => alike(style, { ...style, ...step, spacing: 0 }, longest));
    if (plain !== undefined && !variables.has(`--text-${plain.name}`)) {
      taken.add(plain.name);
      tokens.set(keyOf(style), { style, name: plain.name, spaced: false });
      return;
    }
    const joined = [...tokens.values()].find(
      (token) =>
        alike(style, token.style, longest) &&
        (token.weight === undefined || (weights.size === 1 && weights.has(token.weight))),
    );
    if (joined !== undefined) {
      tokens.set(keyOf(style), joined);
      return;
    }
    const named = steps.find((step) => Math.abs(step.size - style.size) <= near);
    const base = named?.name ?? `${Math.round(style.size)}`;
    const [weight] = weights.size === 1 ? weights : [];
    const bold = taken.has(base) && weight !== undefined && weight >= 600;
    let name = bold ? `${base}-bold` : base;
    for (let number = 2; taken.has(name); number += 1) name = `${base}${bold ? '-bold' : ''}-${number}`;
    taken.add(name);
    tokens.set(keyOf(style), { style, name, spaced: style.spacing !== 0, ...(bold && { weight }) });
    variables.set(`--text-${name}`, rem(style.size));
    variables.set(`--text-${name}--line-height`, `${Math.round(style.ratio * 1000) / 1000}`);
    if (style.spacing !== 0)
      variables.set(
        `--text-${name}--letter-spacing`,
        `${Math.round((style.spacing / style.size) * 1e4) / 1e4}em`,
      );
    if (bold) variables.set(`--text-${name}--font-weight`, `${weight}`);
  };
  for (const use of sorted) define(use);
  return {
    variables,
    common: sorted[0]?.style,
    token: (style) => {
      if (!tokens.has(keyOf(style)))
        define({ style, weights: new Set([style.weight]), total: 0, longest: 20 });
      return tokens.get(keyOf(style)) ?? { name: 'base', spaced: false };
    },
  };
}
