/** Tells a screen from paper by what it shows: large plain areas that are coloured or dark. */
import type { Raster } from '../../picture.ts';

const blockSize = 16;
/** Standard deviation of a channel up to which a block is plain, in grey levels. */
const plain = 8;
/** Share of the blocks that is darker than the page's ground. */
const ground = 0.8;
/** Of the ground's brightness: darker is no shadow, and so much between channels is a colour. */
const darkest = 0.47;
const coloured = 0.09;

/** Share of the plain blocks of an evenly lit page that differ from white or its ground as no shadow does, 0..1. */
export function panelShare(raster: Raster): number {
  const blocks = plainBlocks(raster).sort((a, b) => Math.max(...a) - Math.max(...b));
  const white = blocks[Math.floor(ground * blocks.length)];
  if (white === undefined) return 0;
  if (Math.max(...white) < darkest * 255) return 1;
  const panels = blocks.filter((color) => {
    const shares = color.map((level, channel) => level / Math.max(1, white[channel] ?? 1));
    const [high, low] = [Math.max(...shares), Math.min(...shares)];
    return high < darkest || high - low > coloured * high;
  });
  return panels.length / blocks.length;
}

/** Mean colours of the blocks in which nothing is to be seen. */
function plainBlocks({ width, height, data }: Raster): number[][] {
  const blocks: number[][] = [];
  for (let top = 0; top + blockSize <= height; top += blockSize) {
    for (let left = 0; left + blockSize <= width; left += blockSize) {
      const colors = [0, 1, 2].map((channel) => {
        let [sum, squares, count] = [0, 0, 0];
        for (let y = top; y < top + blockSize; y += 2) {
          for (let x = left; x < left + blockSize; x += 2) {
            const value = data[(y * width + x) * 3 + channel] ?? 0;
            sum += value;
            squares += value * value;
            count += 1;
          }
        }
        const mean = sum / count;
        return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
      });
      if (colors.every(({ deviation }) => deviation <= plain)) blocks.push(colors.map(({ mean }) => mean));
    }
  }
  return blocks;
}
