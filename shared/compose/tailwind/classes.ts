/** Writes the classes onto the elements: text styles by the cascade, all else declaration by declaration. */
import { type Declarations, type HtmlElement, layerNames } from '../html/element.ts';
import { longhands } from './longhands.ts';
import { type TextStyle, type TextStyles, type TextToken, textStyleOf } from './text-styles.ts';
import { type UtilityContext, utilities } from './utilities.ts';
import type { Variants } from './variants.ts';

export interface ClassContext extends UtilityContext {
  readonly texts: TextStyles;
  readonly variants: Variants;
  /** Name of a family in the theme by its stack: `sans`. */
  readonly families: ReadonlyMap<string, string>;
}

/** What an element has from above. */
interface Inherited {
  /** Its text as the declarations have it. */
  readonly text: TextStyle;
  /** Its text as the classes have it. */
  readonly shown: TextToken & { readonly weight: number };
  readonly family: string;
}

const ofText = new Set(['font-size', 'line-height', 'letter-spacing', 'font-weight', 'font-family']);

/** What Tailwind's reset leaves as the browser has it, but our pages do not. */
const unreset: Readonly<Record<string, Declarations>> = {
  th: { 'text-align': 'left' },
  fieldset: { 'min-width': '0' },
  legend: { 'min-width': '0' },
};

/** Names for the weights of Tailwind's scale; others stand in brackets. */
function weightClass(weight: number, { tailwind }: ClassContext): string {
  const named = [...tailwind.namespace('--font-weight')].find(([, value]) => Number(value) === weight);
  return `font-${named?.[0] ?? `[${weight}]`}`;
}

/** True where the text style of an element itself is seen. */
const isWritten = (element: HtmlElement): boolean =>
  element.children.some((child) => typeof child === 'string' && child.trim() !== '') ||
  ['body', 'button', 'input', 'select', 'textarea'].includes(element.tag);

/** Weight that a browser gives these, whatever is around them. */
const isBold = (tag: string): boolean => tag === 'th' || tag === 'strong' || tag === 'b';

/** @param shown what the text has without these classes. @returns the classes, and what it has with them. */
function textClasses(
  style: TextStyle,
  shown: Inherited['shown'],
  context: ClassContext,
): { classes: string[]; shown: Inherited['shown'] } {
  const token = context.texts.token(style);
  const classes: string[] = [];
  let { weight } = shown;
  if (token.name !== shown.name) {
    classes.push(`text-${token.name}`);
    weight = token.weight ?? weight;
    if (!token.spaced && shown.spaced) classes.push('tracking-normal');
  }
  if (style.weight !== weight) classes.push(weightClass(style.weight, context));
  return { classes, shown: { ...token, weight: style.weight } };
}

/** `hr` draws its own upper border: its colour and thickness are that border's. */
function ruleDeclarations(element: HtmlElement): Declarations {
  const { background, height, ...rest } = element.styles.base;
  if (element.tag !== 'hr' || background === undefined || height === undefined) return element.styles.base;
  return {
    ...rest,
    ...(height !== '1px' && { 'border-top': `${height} solid` }),
    'border-color': background,
  };
}

/** Classes of an element, and what its children have from it. */
function classesOf(
  element: HtmlElement,
  inherited: Inherited,
  context: ClassContext,
): { classes: string[]; passed: Inherited } {
  const { variants } = context;
  const base: Declarations = { ...unreset[element.tag], ...ruleDeclarations(element) };
  const text = textStyleOf(element.tag, base, inherited.text);
  const before = isBold(element.tag) ? { ...inherited.shown, weight: 700 } : inherited.shown;
  // The page is set in what most of its text has, so that this text needs no class.
  const own = element.tag === 'body' ? { ...(context.texts.common ?? text), weight: text.weight } : text;
  const written = isWritten(element) ? textClasses(own, before, context) : { classes: [], shown: before };
  const family = `${base['font-family'] ?? inherited.family}`;
  const classes: string[] = [...written.classes];
  for (const layer of layerNames) {
    const declared = layer === 'base' ? base : element.styles[layer];
    const rest = Object.fromEntries(Object.entries(declared).filter(([property]) => !ofText.has(property)));
    const found = utilities(longhands(rest), layer === 'base', context);
    if (layer !== 'base' && Object.keys(declared).some((property) => ofText.has(property)))
      found.push(...textClasses(textStyleOf('', declared, text), written.shown, context).classes);
    classes.push(...found.map((name) => `${variants.prefix[layer]}${name}`));
  }
  if (family !== inherited.family) classes.push(`font-${context.families.get(family) ?? 'sans'}`);
  if ('placeholder' in element.attributes && element.styles.placeholder['color'] === undefined)
    classes.push('placeholder:text-inherit');
  return { classes, passed: { text, shown: written.shown, family } };
}

/** @param inherited what the page has from Tailwind's reset. */
export function writeClasses(element: HtmlElement, inherited: Inherited, context: ClassContext): void {
  const { classes, passed } = classesOf(element, inherited, context);
  const { class: _, ...attributes } = element.attributes;
  element.attributes = { ...(classes.length > 0 && { class: classes.join(' ') }), ...attributes };
  for (const child of element.children) if (typeof child !== 'string') writeClasses(child, passed, context);
}
