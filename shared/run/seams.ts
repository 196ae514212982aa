/** Stages that other hands are building; each line goes when its stage lands. */
import { PixelwrightError } from '../errors.ts';
import type { PageFacts } from '../facts/page-facts.ts';
import type { Rect } from '../geometry.ts';

export interface Asset {
  readonly path: string;
  /** CSS pixels. */
  readonly box: Rect;
}

export interface ComposedPage {
  readonly html: string;
  readonly css: string;
  readonly assets: readonly Asset[];
  readonly warnings: readonly string[];
}

const absent = (what: string): never => {
  throw new PixelwrightError('engine-unavailable', `${what} is not in this version yet.`);
};

export const composeMeasured = async (
  _facts: PageFacts,
  _options: { readonly name: string; readonly inlineCss?: boolean },
): Promise<ComposedPage> => absent('Composing a page');
