/** The size at which Qwen3-VL sees a picture: whole tokens within a budget, the aspect kept, the rest black. */
import { PixelwrightError } from '../../../errors.ts';

/** Bounds on the tokens of one picture, as `--image-min-tokens` and `--image-max-tokens` of llama-server. */
export interface ImageBudget {
  readonly minTokens: number;
  readonly maxTokens: number;
}

/** What llama.cpp takes for Qwen-VL projectors unless told otherwise. */
export const defaultImageBudget: ImageBudget = { minTokens: 8, maxTokens: 4096 };

/** Where a picture of other proportions lies on the model's canvas. All in pixels of that canvas. */
export interface ModelFit {
  readonly width: number;
  readonly height: number;
  /** The scaled picture; what surrounds it is black. */
  readonly content: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

/** Four times what is usual: memory and time grow with it, and the latter with its square. */
const mostTokens = 16_384;

/** @throws PixelwrightError `option-invalid` unless 1 ≤ minTokens ≤ maxTokens ≤ 16384, whole numbers. */
export function checkBudget({ minTokens, maxTokens }: ImageBudget): void {
  const areWhole = Number.isInteger(minTokens) && Number.isInteger(maxTokens);
  if (areWhole && minTokens >= 1 && minTokens <= maxTokens && maxTokens <= mostTokens) return;
  throw new PixelwrightError(
    'option-invalid',
    `Expected a budget of image tokens with 1 ≤ least ≤ most ≤ ${mostTokens}, but got ${minTokens} and ${maxTokens}.`,
    { next: `Use whole numbers, as ${defaultImageBudget.minTokens} and ${defaultImageBudget.maxTokens}.` },
  );
}

const float = Math.fround;

/**
 * The canvas of a picture, computed in single precision, because that is how llama.cpp does it
 * (`calc_size_preserved_ratio` and `resize` with `PAD_CEIL` in tools/mtmd/mtmd-image.cpp) and the last bit
 * decides between two sizes. One thing differs: a strip so narrow that its one row of tokens is more than the
 * budget is shortened to it.
 * @param side of one token in pixels: patch size × merge size.
 */
export function fitPicture(width: number, height: number, budget: ImageBudget, side: number): ModelFit {
  const canvas = alignedSize(width, height, budget, side);
  const content =
    canvas.width === width && canvas.height === height ? canvas : scaledInto(canvas, width, height);
  return {
    ...canvas,
    content: {
      x: Math.trunc((canvas.width - content.width) / 2),
      y: Math.trunc((canvas.height - content.height) / 2),
      width: content.width,
      height: content.height,
    },
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function alignedSize(width: number, height: number, budget: ImageBudget, side: number): Size {
  const floorAligned = (length: number) => Math.max(side, Math.floor(float(length / side)) * side);
  const ceilAligned = (length: number) => Math.ceil(float(length / side)) * side;
  const nearest = (length: number) => Math.max(side, Math.round(float(length / side)) * side);
  const most = budget.maxTokens * side * side;
  const least = budget.minTokens * side * side;
  const plain = { width: nearest(width), height: nearest(height) };
  const area = float(float(height) * width);
  if (plain.width * plain.height > most) {
    const shrink = float(Math.sqrt(float(area / most)));
    const longest = (across: number) => Math.max(1, Math.floor(budget.maxTokens / (across / side))) * side;
    const shrunk = {
      width: floorAligned(float(width / shrink)),
      height: floorAligned(float(height / shrink)),
    };
    return {
      width: Math.min(shrunk.width, longest(shrunk.height)),
      height: Math.min(shrunk.height, longest(shrunk.width)),
    };
  }
  if (plain.width * plain.height < least) {
    const grow = float(Math.sqrt(float(least / area)));
    return { width: ceilAligned(float(width * grow)), height: ceilAligned(float(height * grow)) };
  }
  return plain;
}

function scaledInto(canvas: Size, width: number, height: number): Size {
  const scale = Math.min(float(canvas.width / width), float(canvas.height / height));
  return {
    width: Math.min(Math.ceil(float(width * scale)), canvas.width),
    height: Math.min(Math.ceil(float(height * scale)), canvas.height),
  };
}
