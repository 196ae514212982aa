/** Pictures made in code, the same bytes on every machine: a gradient, shapes and a little noise. */
import sharp from 'sharp';

export interface PictureRecipe {
  readonly width: number;
  readonly height: number;
  /** Whole number; chooses the shapes, so that two pictures of one size differ. */
  readonly seed: number;
}

/** 8-bit RGB rows; whole-number arithmetic alone, so that no rounding differs between machines. */
export function pixelsOf({ width, height, seed }: PictureRecipe): Uint8Array {
  const pixels = new Uint8Array(width * height * 3);
  let state = (seed * 2654435761 + 1) >>> 0;
  const radius = Math.floor(Math.min(width, height) / 4);
  const [centreX, centreY] = [Math.floor(((seed % 5) + 1) * (width / 6)), Math.floor(height / 2)];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const isDisc = (x - centreX) ** 2 + (y - centreY) ** 2 < radius ** 2;
      const isBar = (Math.floor(x / 16) + seed) % 7 === 0;
      const at = (y * width + x) * 3;
      pixels[at] = isDisc ? 230 : Math.floor((x * 255) / width);
      pixels[at + 1] = isBar ? 20 : Math.floor((y * 255) / height);
      pixels[at + 2] = (isDisc ? 40 : 90 + ((seed * 37) % 120)) + (state >>> 27);
    }
  }
  return pixels;
}

/** The picture as PNG, which keeps every pixel. */
export async function pngOf(recipe: PictureRecipe): Promise<Buffer> {
  const raw = { width: recipe.width, height: recipe.height, channels: 3 } as const;
  return await sharp(pixelsOf(recipe), { raw }).png({ compressionLevel: 9 }).toBuffer();
}
