/** What answers to the pointer and the keyboard: hover shades of the measured colours, and a visible focus ring. */
import { wcagContrast, wcagLuminance } from 'culori';
import { type Rgb, toHex } from '../../geometry.ts';
import type { HtmlElement } from './element.ts';
import { sidesOf } from './fluid.ts';

/** Least contrast of a focus ring against what is around it (WCAG 2.2, success criterion 1.4.11). */
const leastContrast = 3;
/** Surfaces darker than this get lighter when pointed at, all others darker (relative luminance, 0..1). */
const dark = 0.08;

const fields = new Set(['input', 'select', 'textarea']);

export const isInteractive = ({ tag, attributes }: HtmlElement): boolean =>
  tag === 'a' || tag === 'button' || tag === 'summary' || fields.has(tag) || attributes['role'] === 'button';

interface Surroundings {
  /** Colour behind the element, `#rrggbb`. */
  readonly behind: string;
  /** Colour of the text that it inherits. */
  readonly color: string;
  /** Colour of most text of the page. */
  readonly text: string;
  /** A cell of a grid of equals. */
  readonly cell: boolean;
}

const hex = (value: string | number | undefined): string | undefined =>
  /^#[0-9a-f]{6}$/.test(String(value)) ? String(value) : undefined;

const shade = (color: string, share: number): string =>
  `color-mix(in srgb, ${color} ${100 - share}%, ${wcagLuminance(color) < dark ? 'white' : 'black'})`;

/** The ring in the element's own colour where that is seen against the surroundings. */
function ringColor(candidates: readonly (string | undefined)[], behind: string): string {
  const seen = candidates.find(
    (color) => color !== undefined && wcagContrast(color, behind) >= leastContrast,
  );
  return seen ?? (wcagContrast('#000000', behind) >= wcagContrast('#ffffff', behind) ? '#000000' : '#ffffff');
}

function pointed(element: HtmlElement): void {
  const { base, hover } = element.styles;
  const fill = hex(base['background']);
  if (fields.has(element.tag)) {
    const border = /#[0-9a-f]{6}/.exec(String(base['border'] ?? ''))?.[0];
    if (border !== undefined) hover['border-color'] = shade(border, 25);
    return;
  }
  if (fill !== undefined) hover['background'] = shade(fill, 10);
  else if (base['background'] !== undefined) hover['filter'] = 'brightness(0.94)';
  else if (base['border'] !== undefined || Math.max(...sidesOf(base['padding'])) >= 6)
    hover['background'] = 'color-mix(in srgb, currentColor 8%, transparent)';
  else if (base['text-decoration'] !== undefined) hover['text-decoration'] = 'none';
  else Object.assign(hover, { 'text-decoration': 'underline', 'text-underline-offset': '0.2em' });
}

const holds = (element: HtmlElement, test: (inner: HtmlElement) => boolean): boolean =>
  test(element) || element.children.some((child) => typeof child !== 'string' && holds(child, test));

/** A card among equals with a picture or a link in it: it looks as if it led somewhere. */
function isInvitingCard(element: HtmlElement): boolean {
  const { base } = element.styles;
  const card = base['border'] !== undefined || base['box-shadow'] !== undefined;
  return card && holds(element, ({ tag }) => tag === 'img' || tag === 'a');
}

function visit(element: HtmlElement, around: Surroundings): void {
  const { base, hover, focus } = element.styles;
  const fill = hex(base['background']);
  const color = hex(base['color']) ?? around.color;
  if (isInteractive(element)) {
    pointed(element);
    focus['outline'] = `2px solid ${ringColor([fill, color, around.text], around.behind)}`;
    // A field is as wide as its column: a ring apart from it would be cut off.
    focus['outline-offset'] = fields.has(element.tag) ? '0' : '2px';
  } else if (around.cell && isInvitingCard(element)) {
    hover['box-shadow'] = '0 4px 16px rgb(0 0 0 / 14%)';
  }
  const inner = {
    behind: fill ?? around.behind,
    color,
    text: around.text,
    cell: /^repeat\(/.test(String(base['grid-template-columns'] ?? '')),
  };
  for (const child of element.children) if (typeof child !== 'string') visit(child, inner);
}

/** Fills in the layers `hover` and `focus`; nothing changes at rest. */
export function addStates(body: HtmlElement, background: Rgb, color: string): void {
  visit(body, { behind: toHex(background), color, text: color, cell: false });
}
