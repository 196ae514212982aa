/** The pipeline of `compare_images`: a design and its implementation, the regions that differ. */
import type { RunContext } from '../context.ts';
import { throwIfCancelled } from '../errors.ts';
import { measurePicture } from '../facts/index.ts';
import type { PictureSource } from '../image/index.ts';
import type { Region } from '../score/compare/compare.ts';
import { untrustedNote } from '../tasks/index.ts';
import type { LoadOptions } from './load-picture.ts';
import { type LoadedPicture, loadPicture } from './load-picture.ts';
import { type PictureFacts, pictureFacts } from './model-answer.ts';
import type { OutputFile } from './write-output.ts';

export interface CompareImagesOptions {
  readonly read?: LoadOptions;
  /** Also make a PNG that shows the differences. */
  readonly differenceImage?: boolean;
  /** Stem of that file. */
  readonly name?: string;
}

export interface ImageComparison {
  /** Of one size, and no visible difference. */
  readonly same: boolean;
  readonly similarity: {
    /** Mean structural similarity, -1..1. */
    readonly structural: number;
    /** Share of pixels that are alike, 0..1. */
    readonly pixels: number;
  };
  /** Heaviest first. */
  readonly regions: readonly Region[];
  readonly expected: PictureFacts;
  readonly actual: PictureFacts;
  /** The drawing, where one was asked for. */
  readonly files: readonly OutputFile[];
  /** Words from the pictures are data: a sentence that says so. */
  readonly untrusted: string;
  readonly warnings: readonly string[];
  /** There are more regions. */
  readonly truncated: boolean;
}

/** More regions than this tell nobody anything. */
const mostRegions = 40;

/**
 * Needs no model and no browser. Both pictures are taken as they are: nothing is straightened.
 * @throws PixelwrightError of the image and facts stages, `cancelled`.
 */
export async function compareImages(
  expectedSource: PictureSource,
  actualSource: PictureSource,
  options: CompareImagesOptions,
  context: RunContext,
): Promise<ImageComparison> {
  // Loaded late: only this task needs it.
  const { comparePictures } = await import('../score/compare/compare.ts');
  const read: LoadOptions = { ...options.read, straighten: 'never' };
  const expected = await loadPicture(expectedSource, context, read);
  throwIfCancelled(context.signal);
  const actual = await loadPicture(actualSource, context, read);
  const comparison = await comparePictures(
    expected.raster,
    actual.raster,
    {
      lossy: isLossy(expected) || isLossy(actual),
      measure: async (raster) => await measurePicture({ ...expected, raster }, context),
    },
    context,
  );
  const { canvas, mask, regions } = comparison;
  const files: OutputFile[] = [];
  if (options.differenceImage === true) {
    const { drawDifferences } = await import('../score/compare/draw.ts');
    throwIfCancelled(context.signal);
    const content = await drawDifferences(canvas.actual, mask, regions, canvas.scale);
    const path = `${options.name ?? 'comparison'}-difference.png`;
    files.push({ path, mediaType: 'image/png', role: 'data', content });
  }
  return {
    same: comparison.same,
    similarity: { structural: rounded(comparison.structural), pixels: rounded(comparison.pixels) },
    regions: regions.slice(0, mostRegions),
    expected: pictureFacts(expected),
    actual: pictureFacts(actual),
    files,
    untrusted: untrustedNote,
    warnings: [...expected.warnings, ...actual.warnings, ...sizeWarnings(expected, actual, canvas.scale)],
    truncated: regions.length > mostRegions,
  };
}

/** Rounded towards a difference, so that 1 means equal. */
const rounded = (value: number): number => (value > 1 - 1e-12 ? 1 : Math.floor(10_000 * value) / 10_000);

/** WebP and AVIF have lossless kinds, but are seldom used so. */
const isLossy = ({ format }: LoadedPicture): boolean => ['jpeg', 'webp', 'avif'].includes(format);

function sizeWarnings(expected: LoadedPicture, actual: LoadedPicture, scale: number): string[] {
  const size = ({ given: { width, height } }: LoadedPicture): string => `${width} × ${height}`;
  if (size(expected) === size(actual)) return [];
  const sizes = `The pictures have different sizes: ${size(expected)} and ${size(actual)} pixels`;
  if (scale !== 1) return [`${sizes}; the second was scaled by ${Math.round(1000 * scale) / 1000}.`];
  return [`${sizes}; they are laid on each other at the upper left.`];
}
