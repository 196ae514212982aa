/** What the compiler carries through the tree: page facts, text defaults, assets. */
import type { Rect } from '../../geometry.ts';
import { type UiNode, type UiTree, walk } from '../../ui-tree.ts';
import type { HtmlElement } from './element.ts';
import { colorOf, fontStack, ratio, type TextDefaults } from './values.ts';

/** A crop that the caller saves beside the page. */
export interface Asset {
  /** Relative to the page: `NAME-assets/picture-1.png`. */
  readonly path: string;
  /** What to cut out, in CSS pixels. */
  readonly box: Rect;
  readonly kind: 'photo' | 'drawing' | 'icon';
  /** Text to paint out of the crop first, because the page sets it as text on top; CSS pixels. */
  readonly erase: readonly Rect[];
}

export interface CompileContext {
  readonly width: number;
  readonly height: number;
  readonly defaults: TextDefaults;
  readonly assets: Asset[];
  /** What each element was compiled from. */
  readonly origins: Map<HtmlElement, UiNode>;
  /** Registers a crop and returns its address. */
  addAsset(asset: NonNullable<UiNode['asset']>): string;
}

function mostOf<T>(entries: readonly (readonly [T, number])[], fallback: T): T {
  const sums = new Map<T, number>();
  for (const [value, weight] of entries) sums.set(value, (sums.get(value) ?? 0) + weight);
  return [...sums].sort((a, b) => b[1] - a[1])[0]?.[0] ?? fallback;
}

export function createCompileContext(tree: UiTree, name: string): CompileContext {
  const texts = [...walk(tree.root)].filter(
    (node) => node.style?.font !== undefined && node.text !== undefined,
  );
  const weighed = <T>(of: (node: UiNode) => T | undefined): (readonly [T, number])[] =>
    texts.flatMap((node) => {
      const value = of(node);
      return value === undefined ? [] : [[value, node.text?.length ?? 0] as const];
    });
  const size = mostOf(
    weighed((node) => node.style?.font?.size),
    16,
  );
  const body = texts.filter((node) => node.style?.font?.size === size);
  const assets: Asset[] = [];
  return {
    width: tree.width,
    height: tree.height,
    assets,
    origins: new Map(),
    defaults: {
      size,
      family: mostOf(
        weighed((node) => node.style?.font && fontStack(node.style.font)),
        '"DejaVu Sans", system-ui, sans-serif',
      ),
      lineHeight: mostOf(
        body.flatMap((node) =>
          node.style?.font ? [[ratio(node.style.font), node.text?.length ?? 0] as const] : [],
        ),
        1.4,
      ),
      color: mostOf(
        weighed((node) => node.style?.color && colorOf(node.style.color)),
        '#000000',
      ),
    },
    addAsset(asset) {
      const noun = asset.kind === 'icon' ? 'icon' : 'picture';
      const number = assets.filter((other) => (other.kind === 'icon') === (asset.kind === 'icon')).length + 1;
      const path = `${name}-assets/${noun}-${number}.png`;
      assets.push({ path, box: asset.box, kind: asset.kind, erase: asset.erase });
      return path;
    },
  };
}
