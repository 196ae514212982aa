/** The forms in which a screenshot reaches the converter. */
import sharp from 'sharp';
import type { RunContext } from '../../shared/context.ts';
import type { Browser } from '../../shared/score/browser.ts';
import { type ScoreReference, withPicture } from '../../shared/score/reference.ts';
import type { BenchPage } from './pages.ts';
import { decode, referenceOf } from './references.ts';

export const variantNames = ['png', 'jpeg', 'scaled', 'dpr2'] as const;
export type VariantName = (typeof variantNames)[number];

export interface Variant {
  readonly extension: 'png' | 'jpg';
  /** The file that is converted. */
  readonly picture: Buffer;
  /** What the result is compared with: always the page as rendered, in the picture's own scale. */
  readonly reference: ScoreReference;
}

/** Makes one variant of a page. @param root folder whose files the page may read. */
export async function makeVariant(
  browser: Browser,
  page: BenchPage,
  name: VariantName,
  root: string,
  context: RunContext,
): Promise<Variant> {
  const { reference, png } = await referenceOf(browser, page, name === 'dpr2' ? 2 : 1, root, context);
  if (name === 'jpeg')
    return { extension: 'jpg', picture: await sharp(png).jpeg({ quality: 80 }).toBuffer(), reference };
  if (name !== 'scaled') return { extension: 'png', picture: png, reference };
  const picture = await sharp(png)
    .resize({ width: Math.round(reference.raster.width * 0.8), kernel: 'lanczos3' })
    .png()
    .toBuffer();
  return { extension: 'png', picture, reference: withPicture(reference, await decode(picture), 0.8) };
}
