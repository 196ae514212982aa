/** A page's elements with their classes, and the source of the theme that the classes need. */
import type { PaletteColor } from '../../facts/page-facts.ts';
import { toHex } from '../../geometry.ts';
import { elementsOf, layerNames } from '../html/element.ts';
import { px } from '../html/values.ts';
import type { PageElements } from '../page-elements.ts';
import { writeClasses } from './classes.ts';
import { createColors } from './colors.ts';
import type { Tailwind } from './design-system.ts';
import { roundLengths } from './drift.ts';
import { nameRhythm } from './rhythm.ts';
import { createTextStyles, resetStyle } from './text-styles.ts';
import { familyNames, sourceSheet } from './theme.ts';
import { createThemeNames } from './theme-names.ts';
import { createVariants } from './variants.ts';

/** What the page itself has beside what its elements declare. */
function layBody({ body, tree, context: { defaults } }: PageElements): void {
  body.styles.base = {
    'background-color': toHex(tree.background),
    color: defaults.color,
    'font-family': defaults.family,
    'font-size': px(defaults.size),
    'line-height': defaults.lineHeight,
    'overflow-wrap': 'break-word',
    ...body.styles.base,
  };
  body.styles.relaxed = { 'overflow-wrap': 'anywhere', ...body.styles.relaxed };
}

function* valuesOf(page: PageElements): Generator<string> {
  for (const element of elementsOf(page.body))
    for (const layer of layerNames)
      for (const value of Object.values(element.styles[layer])) yield `${value}`;
}

/**
 * Writes the classes onto the elements, not yet in order.
 *
 * @param tailwind with its own theme.
 * @returns the source style sheet.
 */
export function classify(page: PageElements, palette: readonly PaletteColor[], tailwind: Tailwind): string {
  layBody(page);
  const { body } = page;
  const families = familyNames(
    [...elementsOf(body)].flatMap(({ styles }) => styles.base['font-family'] ?? []).map(String),
  );
  const variants = createVariants(tailwind.namespace('--breakpoint'), page.context.width);
  const colors = createColors(tailwind.namespace('--color'), palette, valuesOf(page));
  const texts = createTextStyles(tailwind.namespace('--text'), body, resetStyle);
  const theme = createThemeNames();
  nameRhythm(body, theme);
  roundLengths(body, page.context.origins);
  // The reset sets the page in `sans`, which the theme says is the family named so.
  const family = [...families].find(([, name]) => name === 'sans')?.[0] ?? '';
  const shown = { name: '', spaced: false, weight: resetStyle.weight };
  writeClasses(
    body,
    { text: resetStyle, shown, family },
    { tailwind, colors, texts, theme, variants, families },
  );
  const fonts = new Map([...families].map(([stack, name]) => [`--font-${name}`, stack]));
  return sourceSheet(
    [fonts, variants.variables, colors.variables, texts.variables, theme.variables],
    variants.prefix.relaxed.slice(0, -1),
  );
}

/** All classes of a page, each once. */
export function classesIn({ body }: PageElements): Set<string> {
  return new Set([...elementsOf(body)].flatMap(({ attributes }) => attributes['class']?.split(' ') ?? []));
}
