/** Distances that repeat down the page: what rounding would let add up gets a name in the theme instead. */
import type { HtmlElement } from '../html/element.ts';
import { longhands } from './longhands.ts';
import { named, onScale, pixelsOf, rootSize } from './scale.ts';
import type { ThemeNames } from './theme-names.ts';

/** What may add up unnoticed, CSS pixels. */
const mostDrift = 1;

const downwards = [
  'padding-top',
  'padding-bottom',
  'margin-top',
  'margin-bottom',
  'row-gap',
  'height',
  'min-height',
];

/** Its children stand below each other. */
function stacks(element: HtmlElement): boolean {
  const { display, 'flex-direction': direction } = element.styles.base;
  if (display === 'flex' || display === 'inline-flex') return direction === 'column';
  return element.tag !== 'tr';
}

/** @param repeats how many like this one stand below each other. */
function visit(element: HtmlElement, repeats: number, theme: ThemeNames): void {
  const base = Object.fromEntries(longhands(element.styles.base));
  element.styles.base = base;
  const children = element.children.filter((child) => typeof child !== 'string');
  for (const property of downwards) {
    const pixels = pixelsOf(base[property] ?? '');
    if (pixels === undefined || pixels <= 0) continue;
    const times = property === 'row-gap' ? Math.max(repeats, children.length) : repeats;
    if (Math.abs(onScale(pixels) - pixels) * (times - 1) <= mostDrift) continue;
    base[property] = named(theme.name('spacing', 'row', `${pixels / rootSize}rem`));
  }
  for (const child of children) {
    const alike = children.filter(({ tag, name }) => tag === child.tag && name === child.name).length;
    visit(child, stacks(element) ? Math.max(repeats, alike) : repeats, theme);
  }
}

/** Names the distances of the base layer that need it, in place; its shorthands are taken apart. */
export function nameRhythm(body: HtmlElement, theme: ThemeNames): void {
  visit(body, 1, theme);
}
