/** The forms in which a screenshot reaches the converter. */
import sharp from 'sharp';
import type { RunContext } from '../../shared/context.ts';
import type { Rect } from '../../shared/geometry.ts';
import type { Quadrilateral } from '../../shared/image/photo/quadrilateral.ts';
import type { Browser } from '../../shared/score/browser.ts';
import { type ScoreReference, withPicture } from '../../shared/score/reference.ts';
import type { BenchPage } from './pages.ts';
import { cornersOf, photoOf } from './photo.ts';
import { decode, referenceOf } from './references.ts';
import { placeIn, type Seen, seenIn } from './seen.ts';

export const variantNames = ['png', 'jpeg', 'scaled', 'dpr2', 'photo'] as const;
export type VariantName = (typeof variantNames)[number];

export interface Variant {
  readonly extension: 'png' | 'jpg';
  /** The file that is converted. */
  readonly picture: Buffer;
  /** What the result is compared with: always the page as rendered, in the picture's own scale. */
  readonly reference: ScoreReference;
  readonly seen: Seen;
  /** From CSS pixels of the page to those of what is seen. */
  readonly place: (rect: Rect) => Rect;
}

/**
 * Makes one variant of a page.
 * @param root folder whose files the page may read.
 * @param worker the built program that measures.
 */
export async function makeVariant(
  browser: Browser,
  page: BenchPage,
  name: VariantName,
  root: string,
  worker: string,
  context: RunContext,
): Promise<Variant> {
  const ratio = name === 'dpr2' ? 2 : 1;
  const { reference, png } = await referenceOf(browser, page, ratio, root, context);
  const { width, height } = reference;
  const { picture, corners } = await pictureOf(png, name, page.name, context);
  const seen = await seenIn(picture, worker, context);
  const place = placeIn(seen, { width, height }, corners);
  const extension = name === 'jpeg' || name === 'photo' ? 'jpg' : 'png';
  const variant = { extension, picture, seen, place } as const;
  if (name === 'scaled') return { ...variant, reference: withPicture(reference, await decode(picture), 0.8) };
  if (name !== 'photo') return { ...variant, reference };
  // What a perfect photo stage would make of it: the page itself at the size that was found.
  const [found] = [{ width: Math.round(seen.facts.width), height: Math.round(seen.facts.height) }];
  const ideal = await decode(
    await sharp(png).resize(found.width, found.height, { fit: 'fill' }).png().toBuffer(),
  );
  const scaled = withPicture(reference, ideal, found.width / width);
  return {
    ...variant,
    reference: {
      ...scaled,
      blocks: reference.blocks.map((block) => ({ ...block, box: place(block.box) })),
    },
  };
}

async function pictureOf(
  png: Buffer,
  name: VariantName,
  page: string,
  context: RunContext,
): Promise<{ readonly picture: Buffer; readonly corners: Quadrilateral }> {
  if (name === 'photo') return await photoOf(png, page, context);
  const picture =
    name === 'jpeg'
      ? await sharp(png).jpeg({ quality: 80 }).toBuffer()
      : name === 'scaled'
        ? await shrunk(png, 0.8)
        : png;
  const { width = 0, height = 0 } = await sharp(picture).metadata();
  return { picture, corners: cornersOf({ width, height }) };
}

async function shrunk(png: Buffer, factor: number): Promise<Buffer> {
  const { width = 0 } = await sharp(png).metadata();
  return await sharp(png)
    .resize({ width: Math.round(width * factor), kernel: 'lanczos3' })
    .png()
    .toBuffer();
}
