/** Evens out the light on a page: paper becomes white everywhere, ink keeps its colour. */
import type { RunContext } from '../../context.ts';
import { throwIfCancelled } from '../../errors.ts';
import type { Raster } from '../picture.ts';
import { pipeline, renderRaster } from '../raster.ts';
import { giveWay } from '../turn.ts';

/** Longer side of the map of the light. */
const mapSide = 96;
/** Paper, divided by the light on it, is about 1; from here on it is white. */
const white = 0.93;
const bytesPerTurn = 3_000_000;

/** Divides by the paper's own large-scale brightness and stretches what is left. @throws PixelwrightError `cancelled`. */
export async function evenLight(raster: Raster, context: RunContext): Promise<Raster> {
  const light = await lightMap(raster);
  throwIfCancelled(context.signal);
  const { width, height } = raster;
  const large = await renderRaster(pipeline(light).resize({ width, height, fit: 'fill', kernel: 'cubic' }));
  const data = new Uint8Array(raster.data.length);
  for (let from = 0; from < data.length; from += bytesPerTurn) {
    const to = Math.min(data.length, from + bytesPerTurn);
    for (let at = from; at < to; at++) {
      const value = (255 / white) * ((raster.data[at] ?? 0) / Math.max(1, large.data[at] ?? 1));
      data[at] = Math.min(255, value);
    }
    await giveWay(context.signal);
  }
  return { width, height, data };
}

/** The brightness of the paper alone: bright pixels of each block, dark drawings bridged, then blurred. */
async function lightMap(raster: Raster): Promise<Raster> {
  const step = Math.max(1, Math.ceil(Math.max(raster.width, raster.height) / mapSide));
  const blocks = brightOfBlocks(raster, step);
  const bridged = brightest(blocks, 2);
  const isTiny = Math.min(blocks.width, blocks.height) < 5;
  // The median drops single bright spots, such as glare; it needs five blocks each way.
  const calm = isTiny ? pipeline(bridged) : pipeline(bridged).median(5);
  return renderRaster(pipeline(await renderRaster(calm)).blur(2.5));
}

/**
 * The largest value within `radius` blocks, channel by channel. Own code, because sharp's `dilate` is meant for
 * black and white and joins the bits of grey values.
 */
function brightest({ width, height, data }: Raster, radius: number): Raster {
  const result = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at++) {
    const x = Math.floor(at / 3) % width;
    const y = Math.floor(at / 3 / width);
    let most = 0;
    for (let dy = Math.max(-radius, -y); dy <= Math.min(radius, height - 1 - y); dy++) {
      for (let dx = Math.max(-radius, -x); dx <= Math.min(radius, width - 1 - x); dx++) {
        most = Math.max(most, data[at + (dy * width + dx) * 3] ?? 0);
      }
    }
    result[at] = most;
  }
  return { width, height, data: result };
}

/** For each block the 85th of a hundred pixels, channel by channel. */
function brightOfBlocks({ width, height, data }: Raster, step: number): Raster {
  const columns = Math.ceil(width / step);
  const rows = Math.ceil(height / step);
  const result = new Uint8Array(columns * rows * 3);
  const counts = new Uint32Array(256);
  // A third of the pixels of a large block tells as much as all of them.
  const stride = Math.max(1, Math.floor(step / 10));
  for (let index = 0; index < result.length; index++) {
    const channel = index % 3;
    const block = (index - channel) / 3;
    const left = (block % columns) * step;
    const top = Math.floor(block / columns) * step;
    counts.fill(0);
    let total = 0;
    for (let y = top; y < Math.min(top + step, height); y += stride) {
      for (let x = left; x < Math.min(left + step, width); x += stride) {
        const value = data[(y * width + x) * 3 + channel] ?? 0;
        counts[value] = (counts[value] ?? 0) + 1;
        total += 1;
      }
    }
    let level = 255;
    for (let above = counts[255] ?? 0; above < 0.15 * total && level > 0; above += counts[level] ?? 0)
      level -= 1;
    result[index] = level;
  }
  return { width: columns, height: rows, data: result };
}
