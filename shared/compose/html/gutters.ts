/** Below the picture's width nothing but surfaces and pictures may touch the edges of the viewport. */
import { type Declarations, type HtmlElement, layerNames } from './element.ts';
import { pixelsOf, sidesOf } from './fluid.ts';

/** Least distance of words and controls from an edge, CSS pixels: what phones' own programs keep. */
const gutter = '16px';
/** A measured distance that counts as one. */
const enough = 10;

/** How an element bears the edge: it wants room, it means to touch, or either. */
type Bearing = 'inset' | 'bleed' | 'any';

interface Sides {
  readonly left: boolean;
  readonly right: boolean;
}

const controls = new Set(['input', 'button', 'select', 'textarea', 'table']);

/** What holds on a phone. */
const narrow = ({ styles }: HtmlElement): Declarations =>
  Object.assign({}, ...layerNames.filter((name) => narrowLayers.has(name)).map((name) => styles[name]));

const narrowLayers = new Set(['base', 'relaxed', 'collapsed', 'phone']);

const isRoom = (value: string | number | undefined): boolean =>
  value !== undefined &&
  (/^(?:max|min|clamp|calc)\(/.test(String(value)) || (pixelsOf(value) ?? 0) >= enough);

/** Whether the element keeps its content away from where it stands, by padding or margin. */
function roomOf(style: Declarations): Sides {
  const [, right, , left] = sidesOf(style['padding']);
  const inline = style['padding-inline'];
  const [before, after = before] =
    inline === undefined ? [left, right] : (String(inline).match(/\w+\([^)]*\)+|\S+/g) ?? []);
  const margin = isRoom(style['margin-inline']);
  return {
    left: margin || isRoom(style['padding-left'] ?? before) || isRoom(style['margin-left']),
    right: margin || isRoom(style['padding-right'] ?? after) || isRoom(style['margin-right']),
  };
}

const hasPaint = (style: Declarations): boolean =>
  /^(?!transparent|none)/.test(String(style['background'] ?? 'none'));

/** A card, as against a band across the page. */
const isBox = (style: Declarations): boolean =>
  style['border'] !== undefined ||
  style['border-left'] !== undefined ||
  (style['border-radius'] !== undefined && (hasPaint(style) || style['box-shadow'] !== undefined));

/** Keeps text off the edges inside `element`. @param open sides at which nothing around it keeps a distance. */
function settle(element: HtmlElement, open: Sides): Bearing {
  const style = narrow(element);
  const leaf = element.children.every((child) => typeof child === 'string' || isInline(child));
  if (element.tag === 'img' || element.tag === 'hr') return 'any';
  if (controls.has(element.tag) || style['overflow-x'] !== undefined) return 'inset';
  const own = roomOf(style);
  const inner: Sides = { left: open.left && !own.left, right: open.right && !own.right };
  const surface = hasPaint(style) || isBox(style);
  if (!inner.left && !inner.right) return surface && !isBox(style) ? 'bleed' : 'any';
  if (leaf) {
    if (element.children.length === 0) return surface && !isBox(style) ? 'bleed' : 'any';
    return surface && !isBox(style) && element.tag !== 'a' ? 'bleed' : 'inset';
  }
  const bearings = descend(element, inner);
  const wanting = bearings.filter(([, bearing]) => bearing === 'inset');
  const line = style['display'] === 'flex' && style['flex-direction'] === undefined;
  const whole = wanting.length > 0 && (line || bearings.every(([, bearing]) => bearing !== 'bleed'));
  if (whole && !surface && element.tag !== 'body') {
    // Room at one side only would put things off the middle: the other side is given as much.
    if (inner.left === open.left && inner.right === open.right) return 'inset';
    keepRoom(element, inner, 'padding');
  } else if (whole) keepRoom(element, inner, 'padding');
  else for (const [child] of wanting) keepRoom(child, inner, 'margin');
  return isBox(style) ? 'inset' : surface || bearings.some(([, b]) => b === 'bleed') ? 'bleed' : 'any';
}

const isInline = (element: HtmlElement): boolean =>
  ['br', 'em', 'strong', 'a', 'span', 'img'].includes(element.tag) &&
  !element.children.some((child) => typeof child !== 'string' && !isInline(child));

function keepRoom({ styles }: HtmlElement, at: Sides, what: 'padding' | 'margin'): void {
  const layer = styles.relaxed;
  if (at.left && at.right) layer[`${what}-inline`] = gutter;
  else layer[`${what}-${at.left ? 'left' : 'right'}`] = gutter;
  if (what === 'margin' && styles.base['width'] !== undefined) layer['width'] = 'auto';
}

function descend(element: HtmlElement, open: Sides): [HtmlElement, Bearing][] {
  return element.children.flatMap((child): [HtmlElement, Bearing][] =>
    typeof child === 'string' ? [] : [[child, settle(child, open)]],
  );
}

/** Fills in the layer `relaxed`. */
export function keepGutters(body: HtmlElement): void {
  if (settle(body, { left: true, right: true }) === 'inset')
    keepRoom(body, { left: true, right: true }, 'padding');
}
