/** Elements with their declarations, before classes are named and shared. */

/** CSS property → value. Numbers are pixels. */
export type Declarations = Record<string, string | number>;

/**
 * Where declarations apply. `base` reproduces the picture at its own width; `wide` applies at that width and
 * above, `relaxed` below it, `collapsed` where columns have no room side by side (tablets), `phone` where
 * hardly two words have; `hover` and `focus` while the element is pointed at or has the keyboard.
 */
export const layerNames = [
  'base',
  'placeholder',
  'hover',
  'focus',
  'wide',
  'relaxed',
  'collapsed',
  'phone',
] as const;

export type LayerName = (typeof layerNames)[number];

export type StyleLayers = Record<LayerName, Declarations>;

export interface HtmlElement {
  tag: string;
  /** Class name that is wanted; a number is added where styles differ. */
  name: string;
  attributes: Record<string, string>;
  styles: StyleLayers;
  children: (HtmlElement | string)[];
}

export const noStyles = (): StyleLayers => ({
  base: {},
  placeholder: {},
  hover: {},
  focus: {},
  wide: {},
  relaxed: {},
  collapsed: {},
  phone: {},
});

export function createElement(
  tag: string,
  name: string,
  children: (HtmlElement | string)[] = [],
): HtmlElement {
  return { tag, name, attributes: {}, styles: noStyles(), children };
}

/** All elements, parents first. */
export function* elementsOf(element: HtmlElement): Generator<HtmlElement> {
  yield element;
  for (const child of element.children) if (typeof child !== 'string') yield* elementsOf(child);
}

/** True where free space inside is what keeps things apart: such an element has no width of its own. */
export const hasSpring = (element: HtmlElement): boolean =>
  element.styles.base['justify-content'] === 'space-between' ||
  element.children.some((child) => typeof child !== 'string' && hasSpring(child));
