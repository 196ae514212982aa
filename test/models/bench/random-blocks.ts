/** Random weights made directly in the form in which they are stored, a piece at a time. */
import type { Random } from '../random.ts';
import { bytesOf, halfOf, type TensorType } from '../tensor-types.ts';

/** Bytes of a piece, about: 2^12 blocks of the largest kind. */
const blocksOfPiece = 4096;

/** Makes one block of random bytes mean numbers around 0 with the spread that was asked for. */
type Finish = (block: DataView) => void;

/**
 * The bytes of a random tensor whose numbers have mean 0 and about the standard deviation `spread`.
 * @throws RangeError when its rows are no whole number of blocks.
 */
export function* randomPieces(
  type: Exclude<TensorType, 'f32'>,
  shape: readonly number[],
  spread: number,
  random: Random,
): Generator<Uint8Array> {
  const { size, finish } = kinds[type](spread);
  const total = bytesOf(type, shape);
  const words = new Uint32Array((blocksOfPiece * size) / 4);
  for (let done = 0; done < total; ) {
    const length = Math.min(total - done, words.byteLength);
    for (let index = 0; index * 4 < length; index++) words[index] = random();
    for (let at = 0; at < length; at += size) finish(new DataView(words.buffer, at, size));
    yield new Uint8Array(words.buffer, 0, length);
    done += length;
  }
}

/** Bytes of a block, and what turns random bytes into one (ggml-quants.c: dequantize_row_*). */
const kinds: Readonly<
  Record<Exclude<TensorType, 'f32'>, (spread: number) => { readonly size: number; readonly finish: Finish }>
> = {
  f16: halves,
  q8_0: blocksOfQ8,
  q4_k: blocksOfQ4,
  q6_k: blocksOfQ6,
};

/** Any sign and any digits behind one exponent: sizes are even between 2^n and 2^(n+1), 1.53 · 2^n in the mean square. */
function halves(spread: number): { size: number; finish: Finish } {
  const exponent = (Math.round(Math.log2(spread / 1.53)) + 15) << 10;
  return {
    size: 2,
    finish: (block) => block.setUint16(0, (block.getUint16(0, true) & 0x83ff) | exponent, true),
  };
}

/** One scale, 32 bytes with sign; the standard deviation of such bytes is 256 / √12. */
function blocksOfQ8(spread: number): { size: number; finish: Finish } {
  const scale = halfOf(spread / (256 / Math.sqrt(12)));
  return { size: 34, finish: (block) => block.setUint16(0, scale, true) };
}

/** Scales of the eight parts of a block, in 6 bits; their mean square is 45². */
const partScales = [45, 43, 47, 44, 46, 42, 48, 45];

/**
 * `scale · part · quant - least · part`, quants of 4 bits: with `least` at 7.5 scales the mean is 0; the
 * standard deviation of the quants is 16 / √12. Parts and minima share twelve bytes (get_scale_min_k4).
 */
function blocksOfQ4(spread: number): { size: number; finish: Finish } {
  const scale = spread / (45 * (16 / Math.sqrt(12)));
  const header = new Uint8Array(16);
  const view = new DataView(header.buffer);
  view.setUint16(0, halfOf(scale), true);
  view.setUint16(2, halfOf(7.5 * scale), true);
  for (let part = 0; part < 4; part++) {
    const [low = 0, high = 0] = [partScales[part], partScales[part + 4]];
    header[4 + part] = low | ((high >> 4) << 6);
    header[8 + part] = low | ((high >> 4) << 6);
    header[12 + part] = (high & 15) | ((high & 15) << 4);
  }
  return {
    size: 144,
    finish: (block) => new Uint8Array(block.buffer, block.byteOffset, header.length).set(header),
  };
}

/** `scale · part · (quant - 32)`, quants of 6 bits; the sixteen parts take turns in sign, so that the mean is 0. */
function blocksOfQ6(spread: number): { size: number; finish: Finish } {
  const scale = halfOf(spread / (96 * (64 / Math.sqrt(12))));
  return {
    size: 210,
    finish: (block) => {
      for (let part = 0; part < 16; part++) block.setInt8(192 + part, part % 2 === 0 ? 96 : -96);
      block.setUint16(208, scale, true);
    },
  };
}
