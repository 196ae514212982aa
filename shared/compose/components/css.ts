/** Rules of components as CSS: the layers of the html target, a reset for the elements that occur, variables for colours. */
import type { PaletteColor } from '../../facts/page-facts.ts';
import { toHex } from '../../geometry.ts';
import { breakpointsOf } from '../html/breakpoints.ts';
import type { Declarations, LayerName } from '../html/element.ts';
import { reset, variables } from '../html/style-sheet.ts';
import { px } from '../html/values.ts';
import type { PageElements } from '../page-elements.ts';
import type { Condition, StyleRule } from './rules.ts';
import type { View } from './view.ts';

/** Class of the page's own root. */
export const pageClass = 'page';

/** How a framework keeps classes apart. */
export interface SheetDialect {
  /** Name of a class as it stands in the sheet. */
  readonly className: (name: string) => string;
  /** Selector of a reset, given the elements that it is for, '*' and pseudo-elements among them. */
  readonly reset: (selectors: readonly string[]) => string;
  /** All resets come before all classes and are weaker, or as weak. */
  readonly resetIsWeaker: boolean;
}

const pseudo: Readonly<Partial<Record<LayerName, string>>> = {
  placeholder: '::placeholder',
  hover: ':hover',
  focus: ':focus-visible',
};

const block = (selector: string, declarations: Declarations): string => {
  const lines = Object.entries(declarations).map(([property, value]) => `${property}: ${value};`);
  return lines.length === 0 ? '' : `${selector} { ${lines.join(' ')} }\n`;
};

/** Conditions have no weight, so that the order of rules decides as it does without them. */
function selectorOf({ className, when }: StyleRule, name: SheetDialect['className']): string {
  const own = `.${name(className)}`;
  if (when === undefined) return own;
  const state = stateOf(when, name);
  if (when.root !== className) return `:where(.${name(when.root)}${state}) ${own}`;
  return when.has === undefined ? `${own}:where(${state})` : state;
}

function stateOf({ place, not, has, lacks = [] }: Condition, name: SheetDialect['className']): string {
  if (place !== undefined) return not ? `:not(:${place})` : `:${place}`;
  return has === undefined ? `:not(${lacks.map((one) => `.${name(one)}`).join(', ')})` : `.${name(has)}`;
}

export interface SheetInput {
  readonly rules: readonly StyleRule[];
  /** Tags of the elements that the sheet is for. */
  readonly tags: ReadonlySet<string>;
  /** Given for the sheet that holds the page's root. */
  readonly page?: PageElements;
  /** Of the pictured page, CSS pixels. */
  readonly width: number;
  readonly dialect: SheetDialect;
}

/** Not yet formatted, and without variables. */
export function sheetText({ rules, tags, page, width, dialect }: SheetInput): string {
  const all = page === undefined ? rules : [pageRule(page), ...rules];
  const layer = (name: LayerName): string =>
    all
      .map((rule) =>
        block(
          `${selectorOf(rule, dialect.className)}${pseudo[name] ?? ''}`,
          declarationsOf(rule, name, dialect),
        ),
      )
      .join('');
  const media = (query: string, text: string): string =>
    text.trim() === '' ? '' : `@media (${query}) { ${text} }\n`;
  const { wideFrom, relaxedTo, collapsedTo, phoneTo } = breakpointsOf(width);
  const narrow =
    page === undefined ? '' : block(`.${dialect.className(pageClass)}`, { 'overflow-wrap': 'anywhere' });
  return [
    resetText(tags, dialect),
    layer('base'),
    layer('placeholder'),
    // Touch screens would keep the shade after a tap.
    media('hover: hover', layer('hover')),
    layer('focus'),
    media(`min-width: ${wideFrom}px`, layer('wide')),
    media(
      `max-width: ${relaxedTo}px`,
      `${narrow}${block(dialect.reset(['*']), { 'min-width': 0 })}${layer('relaxed')}`,
    ),
    media(`max-width: ${collapsedTo}px`, layer('collapsed')),
    media(`max-width: ${phoneTo}px`, layer('phone')),
  ].join('\n');
}

/** Where the reset is not weaker than classes, a width that a class sets must be said again after it. */
function declarationsOf({ layers }: StyleRule, name: LayerName, dialect: SheetDialect): Declarations {
  const least = layers.base['min-width'];
  if (name !== 'relaxed' || least === undefined || dialect.resetIsWeaker) return layers[name];
  return { 'min-width': least, ...layers[name] };
}

function pageRule({ tree, context, body }: PageElements): StyleRule {
  const { defaults } = context;
  const base: Declarations = {
    'min-height': '100vh',
    background: toHex(tree.background),
    color: defaults.color,
    'font-family': defaults.family,
    'font-size': px(defaults.size),
    'line-height': defaults.lineHeight,
    'overflow-wrap': 'break-word',
    '-webkit-text-size-adjust': '100%',
    ...body.styles.base,
  };
  return { className: pageClass, layers: { ...body.styles, base } };
}

const ruleInReset = /(@media[^{]+)\{\s*([^{]+)\{([^}]*)\}\s*\}|([^{}@]+)\{([^}]*)\}/g;

/** What the html target's reset says of these elements. */
function resetText(tags: ReadonlySet<string>, dialect: SheetDialect): string {
  const concerns = (selector: string): boolean => {
    if (selector === '::placeholder') return tags.has('input') || tags.has('textarea');
    if (selector.startsWith('[')) return tags.has(selector);
    const [tag, ...others] = selector.match(/^[a-z][a-z0-9]*|(?<=:has\()[a-z]+/g) ?? [];
    return tag === undefined || (tags.has(tag) && others.every((other) => tags.has(other)));
  };
  return [...reset.matchAll(ruleInReset)]
    .map(([, media, within, inner, plain, outer]) => {
      const wanted = (within ?? plain ?? '')
        .split(',')
        .map((selector) => selector.trim())
        .filter(concerns);
      if (wanted.length === 0) return '';
      const rule = `${dialect.reset(wanted)} {${inner ?? outer ?? ''}}\n`;
      return media === undefined ? rule : `${media}{ ${rule} }\n`;
    })
    .join('');
}

/** Tags of a component's own elements. */
export function tagsOf(view: View, found: Set<string> = new Set()): Set<string> {
  if (view.type === 'element') {
    if (view.tag !== '') found.add(view.tag);
    for (const { name, value } of view.attributes)
      if (name === 'role' && value.type === 'literal' && value.data.type === 'text')
        found.add(`[role="${value.data.text}"]`);
    for (const child of view.children) tagsOf(child, found);
  } else if (view.type === 'when') tagsOf(view.body, found);
  else if (view.type === 'each' && view.body !== undefined) tagsOf(view.body, found);
  return found;
}

/** Gives colours that are used more than once a name, declared on the page's root in the first sheet. */
export function withVariables(
  sheets: readonly string[],
  page: PageElements,
  palette: readonly PaletteColor[],
  rootSelector: string,
): string[] {
  const names = variables(palette, page.tree.background, sheets.join('\n'));
  const declared = [...names].map(([hex, name]) => `${name}: ${hex};`).join(' ');
  return sheets.map((sheet, index) => {
    const text = sheet.replace(/#[0-9a-f]{6}\b/g, (hex) => {
      const name = names.get(hex);
      return name === undefined ? hex : `var(${name})`;
    });
    return index === 0 ? `${rootSelector} { ${declared} }\n${text}` : text;
  });
}
