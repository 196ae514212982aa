/** Elements with their declarations, before classes are named and shared. */

/** CSS property → value. Numbers are pixels. */
export type Declarations = Record<string, string | number>;

/**
 * `base` reproduces the picture at its own width; `relaxed` applies below that width, `collapsed` where
 * columns have no room side by side; `wide` at the picture's width and above.
 */
export interface StyleLayers {
  base: Declarations;
  relaxed: Declarations;
  collapsed: Declarations;
  wide: Declarations;
  placeholder: Declarations;
}

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
  relaxed: {},
  collapsed: {},
  wide: {},
  placeholder: {},
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
