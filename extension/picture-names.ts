/** The names that pictures have; the manifest's menus say the same. */

/** What the core reads, without the dot. */
export const pictureExtensions = [
  'png',
  'jpg',
  'jpeg',
  'webp',
  'gif',
  'bmp',
  'avif',
  'tif',
  'tiff',
  'svg',
] as const;

/** @param name a file's name or path. */
export function isPictureName(name: string): boolean {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase();
  return pictureExtensions.some((known) => known === extension);
}
