/** Cuts a page's pictures out of the source, and puts page, style and pictures together as files. */
import path from 'node:path';
import type { Asset } from '../compose/compile.ts';
import { fileStem } from '../compose/components/identifiers.ts';
import type { RunContext } from '../context.ts';
import { throwIfCancelled } from '../errors.ts';
import { bottom, type Rect, right } from '../geometry.ts';
import { crop, cropRaster, type Raster, type SourcePicture } from '../image/index.ts';
import type { PageTarget } from '../tasks/ui-to-code.ts';
import { erase } from './erase.ts';
import type { OutputFile } from './write-output.ts';

/** Encoded pieces of the picture, in the order of `assets`. @param pixelRatio source pixels per CSS pixel. */
export async function cropAssets(
  picture: SourcePicture,
  pixelRatio: number,
  assets: readonly Asset[],
  context: RunContext,
): Promise<OutputFile[]> {
  const files: OutputFile[] = [];
  for (const asset of assets) {
    throwIfCancelled(context.signal);
    const jpeg = /\.jpe?g$/i.test(asset.path);
    const box = toSourcePixels(asset.box, pixelRatio, picture.raster);
    const content = await encodeCrop(picture.raster, box, asset, pixelRatio, jpeg ? 'jpeg' : 'png');
    files.push({ path: asset.path, mediaType: jpeg ? 'image/jpeg' : 'image/png', role: 'asset', content });
  }
  return files;
}

async function encodeCrop(
  raster: Raster,
  box: Rect,
  asset: Asset,
  pixelRatio: number,
  format: 'png' | 'jpeg',
) {
  if (asset.erase.length === 0) return await crop(raster, box, { format });
  const rects = asset.erase.map((rect) => ({
    x: rect.x * pixelRatio - box.x,
    y: rect.y * pixelRatio - box.y,
    width: rect.width * pixelRatio,
    height: rect.height * pixelRatio,
  }));
  const cleaned = erase(await cropRaster(raster, box), rects);
  return await crop(cleaned, { x: 0, y: 0, width: box.width, height: box.height }, { format });
}

/** Whole source pixels around a box in CSS pixels; never outside the picture, never empty. */
export function toSourcePixels(box: Rect, pixelRatio: number, raster: Raster): Rect {
  const left = clamp(Math.round(box.x * pixelRatio), 0, raster.width - 1);
  const top = clamp(Math.round(box.y * pixelRatio), 0, raster.height - 1);
  return {
    x: left,
    y: top,
    width: clamp(Math.round(right(box) * pixelRatio), left + 1, raster.width) - left,
    height: clamp(Math.round(bottom(box) * pixelRatio), top + 1, raster.height) - top,
  };
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * Paths of the text files of a page that are known before it is made, the main one first; components of their own
 * are not. @param script whether it may have one.
 */
export function expectedPaths(name: string, target: PageTarget, inline: boolean, script = false): string[] {
  const component = fileStem(name);
  if (target === 'vue') return [`${component}.vue`];
  if (target === 'react') return [`${component}.tsx`, `${component}.module.css`];
  if (inline) return [`${name}.html`];
  const source = target === 'html-tailwind' ? [`${name}.input.css`] : [];
  return [`${name}.html`, `${name}.css`, ...source, ...(script ? [`${name}.js`] : [])];
}

/** Source files with their pictures inside; styles must be inside already. */
export function inlineFiles<File extends OutputFile>(
  files: readonly File[],
  assets: readonly OutputFile[],
): File[] {
  return files.map((file) =>
    typeof file.content === 'string' ? { ...file, content: withPictures(file.content, assets) } : file,
  );
}

function withPictures(source: string, assets: readonly OutputFile[]): string {
  let text = source;
  for (const { path: asset, mediaType, content } of assets) {
    const data = `data:${mediaType};base64,${Buffer.from(content).toString('base64')}`;
    // Folder and name stand in the page as a URL; a name with letters beyond ASCII may be escaped there.
    for (const form of new Set([asset, encodeURI(asset), path.posix.join('.', asset)])) {
      for (const quote of ['"', "'", '(']) text = text.replaceAll(`${quote}${form}`, () => `${quote}${data}`);
    }
  }
  return text;
}
