/** One style sheet: palette variables, a short reset, one class for each distinct look. */
import type { PaletteColor } from '../../facts/page-facts.ts';
import { type Rgb, toHex } from '../../geometry.ts';
import { breakpointsOf } from './breakpoints.ts';
import type { CompileContext } from './context.ts';
import { type Declarations, elementsOf, type HtmlElement, layerNames, type StyleLayers } from './element.ts';
import { px } from './values.ts';

export interface StyleSheetInput {
  readonly body: HtmlElement;
  readonly background: Rgb;
  readonly palette: readonly PaletteColor[];
  readonly context: CompileContext;
  /** Whether a script hides things. */
  readonly scripted?: boolean;
}

const block = (selector: string, declarations: Declarations): string => {
  const lines = Object.entries(declarations).map(([property, value]) => `${property}: ${value};`);
  return lines.length === 0 ? '' : `${selector} { ${lines.join(' ')} }\n`;
};

const layerKey = (styles: StyleLayers): string => JSON.stringify(layerNames.map((name) => styles[name]));

const isEmpty = (styles: StyleLayers): boolean =>
  Object.values(styles).every((layer: Declarations) => Object.keys(layer).length === 0);

/** Gives every styled element a class; equal looks under one name share it. */
function assignClasses(body: HtmlElement): Map<string, StyleLayers> {
  const classes = new Map<string, StyleLayers>();
  const known = new Map<string, string>();
  const used = new Map<string, number>();
  for (const element of elementsOf(body)) {
    if (element === body || element.name === '' || isEmpty(element.styles)) continue;
    const key = `${element.name}|${layerKey(element.styles)}`;
    let name = known.get(key);
    if (name === undefined) {
      const number = (used.get(element.name) ?? 0) + 1;
      used.set(element.name, number);
      name = number === 1 ? element.name : `${element.name}-${number}`;
      known.set(key, name);
      classes.set(name, element.styles);
    }
    element.attributes['class'] = name;
  }
  return classes;
}

/** Variable names of the palette's colours, by hex. */
export function variables(
  palette: readonly PaletteColor[],
  background: Rgb,
  css: string,
): Map<string, string> {
  const names = new Map<string, string>([[toHex(background), '--page']]);
  const counts = new Map<string, number>([['page', 1]]);
  const put = (hex: string, role: string): void => {
    if (names.has(hex)) return;
    const number = (counts.get(role) ?? 0) + 1;
    counts.set(role, number);
    names.set(hex, number === 1 ? `--${role}` : `--${role}-${number}`);
  };
  const uses = new Map<string, number>();
  for (const match of css.matchAll(/#[0-9a-f]{6}\b/g)) uses.set(match[0], (uses.get(match[0]) ?? 0) + 1);
  for (const entry of palette) if (uses.has(toHex(entry.color))) put(toHex(entry.color), entry.role);
  for (const [hex, count] of [...uses].sort((a, b) => b[1] - a[1])) if (count >= 2) put(hex, 'color');
  return names;
}

/** One rule for all classes that say the same in a layer. */
function grouped(
  classes: readonly (readonly [string, StyleLayers])[],
  pick: (styles: StyleLayers) => Declarations,
  state: string,
): string {
  const groups = new Map<string, string[]>();
  for (const [name, styles] of classes) {
    const text = block('', pick(styles)).trim();
    if (text !== '') groups.set(text, [...(groups.get(text) ?? []), `.${name}${state}`]);
  }
  return [...groups].map(([text, names]) => `${names.join(', ')} ${text}\n`).join('');
}

/** The ring that most have is everyone's; those on other surfaces have their own. */
function focusRules(classes: readonly (readonly [string, StyleLayers])[]): string {
  const counts = new Map<string, number>();
  for (const [, { focus }] of classes) {
    const text = JSON.stringify(focus);
    if (text !== '{}') counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const [common] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  if (common === undefined) return '';
  const own = classes.filter(([, { focus }]) => JSON.stringify(focus) !== common);
  // What was written by JSON.stringify just above.
  const declarations = JSON.parse(common) as Declarations;
  return block(':focus-visible', declarations) + grouped(own, ({ focus }) => focus, ':focus-visible');
}

/** Other targets pick from it what their elements need. */
export const reset = `*, *::before, *::after { box-sizing: border-box; }
h1, h2, h3, h4, p, ul, dl, dd, blockquote, pre, hr, input, fieldset { margin: 0; }
code { font: inherit; }
h1, h2, h3, h4, th { font-size: inherit; font-weight: inherit; }
ul { padding: 0; list-style: none; }
a { color: inherit; text-decoration: none; }
button, input, select, textarea { border: 0; padding: 0; background: none; color: inherit; font: inherit; text-overflow: ellipsis; }
textarea { resize: vertical; }
th, td { padding: 0; text-align: left; }
hr, fieldset { border: 0; }
fieldset, legend { padding: 0; min-width: 0; }
img { display: block; max-width: 100%; }
::placeholder { color: inherit; opacity: 1; }
a, button, select, summary, [role="button"], label:has(input) { cursor: pointer; }
@media (prefers-reduced-motion: no-preference) {
  a, button, input, select, textarea, summary {
    transition: color 0.15s, background-color 0.15s, border-color 0.15s, box-shadow 0.15s;
  }
}
`;

/** Classes are written onto the elements; the text of the sheet is returned, not yet formatted. */
export function styleSheet({ body, background, palette, context, scripted }: StyleSheetInput): string {
  const classes = [...assignClasses(body)];
  const { defaults, width } = context;
  const page: Declarations = {
    margin: 0,
    background: toHex(background),
    color: defaults.color,
    'font-family': defaults.family,
    'font-size': px(defaults.size),
    'line-height': defaults.lineHeight,
    'overflow-wrap': 'break-word',
    '-webkit-text-size-adjust': '100%',
    ...body.styles.base,
  };
  const rules = classes
    .map(
      ([name, styles]) => block(`.${name}`, styles.base) + block(`.${name}::placeholder`, styles.placeholder),
    )
    .join('');
  const layer = (pick: (styles: StyleLayers) => Declarations): string =>
    classes.map(([name, styles]) => block(`.${name}`, pick(styles))).join('');
  const wide = grouped(classes, (styles) => styles.wide, '');
  const hover = grouped(classes, (styles) => styles.hover, ':hover');
  const { wideFrom, relaxedTo, collapsedTo, phoneTo } = breakpointsOf(width);
  const phone = layer((styles) => styles.phone);
  const sheet = [
    reset,
    scripted === true ? '[hidden] { display: none !important; }\n' : '',
    block('body', page),
    rules,
    // Touch screens would keep the shade after a tap.
    hover === '' ? '' : `@media (hover: hover) { ${hover} }\n`,
    focusRules(classes),
    wide === '' ? '' : `@media (min-width: ${wideFrom}px) { ${wide} }\n`,
    `@media (max-width: ${relaxedTo}px) { body { overflow-wrap: anywhere; } * { min-width: 0; } ${block('body', body.styles.relaxed)}${layer((styles) => styles.relaxed)} }\n`,
    `@media (max-width: ${collapsedTo}px) { ${block('body', body.styles.collapsed)}${layer((styles) => styles.collapsed)} }\n`,
    phone === '' ? '' : `@media (max-width: ${phoneTo}px) { ${phone} }\n`,
  ].join('\n');
  const names = variables(palette, background, sheet);
  const root = [...names].map(([hex, name]) => `${name}: ${hex};`).join(' ');
  return `:root { ${root} }\n${sheet.replace(/#[0-9a-f]{6}\b/g, (hex) => (names.has(hex) ? `var(${names.get(hex)})` : hex))}`;
}
