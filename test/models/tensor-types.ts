/** The forms in which ggml stores numbers: their sizes, and conversion from 32-bit floats. */

export type TensorType = 'f32' | 'f16' | 'q8_0' | 'q4_k' | 'q6_k';

/** The types to which `encode` converts. */
export type PlainType = 'f32' | 'f16' | 'q8_0';

/** Elements and bytes of one block (ggml-common.h: block_q8_0, block_q4_K, block_q6_K). */
const blocks: Readonly<Record<TensorType, { readonly elements: number; readonly bytes: number }>> = {
  f32: { elements: 1, bytes: 4 },
  f16: { elements: 1, bytes: 2 },
  q8_0: { elements: 32, bytes: 34 },
  q4_k: { elements: 256, bytes: 144 },
  q6_k: { elements: 256, bytes: 210 },
};

/**
 * Bytes that a tensor takes in a file.
 * @throws RangeError when its rows are no whole number of blocks.
 */
export function bytesOf(type: TensorType, shape: readonly number[]): number {
  const block = blocks[type];
  const row = shape[0] ?? 0;
  if (row === 0 || row % block.elements !== 0) {
    throw new RangeError(`Rows of ${type} have a multiple of ${block.elements} elements; these have ${row}.`);
  }
  return (shape.reduce((product, side) => product * side, 1) / block.elements) * block.bytes;
}

/** The bytes of `values` in little endian, rounded to `type`. */
export function encode(type: PlainType, values: Float32Array): Uint8Array {
  if (type === 'q8_0') return encodeQ8(values);
  const bytes = new Uint8Array(values.length * blocks[type].bytes);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) {
    if (type === 'f32') view.setFloat32(4 * index, value, true);
    else view.setUint16(2 * index, halfOf(value), true);
  }
  return bytes;
}

/** Blocks of 32: a half-precision scale, then bytes that it multiplies; the largest becomes ±127. */
function encodeQ8(values: Float32Array): Uint8Array {
  const { elements, bytes: size } = blocks.q8_0;
  const bytes = new Uint8Array((values.length / elements) * size);
  const view = new DataView(bytes.buffer);
  for (let block = 0; block * elements < values.length; block++) {
    const part = values.subarray(block * elements, (block + 1) * elements);
    const scale = part.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127;
    view.setUint16(block * size, halfOf(scale), true);
    for (const [index, value] of part.entries()) {
      view.setInt8(block * size + 2 + index, scale === 0 ? 0 : Math.round(value / scale));
    }
  }
  return bytes;
}

/** The bits of the IEEE 754 half nearest to `value`, ties to even; what is too large becomes infinite. */
export function halfOf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size >= 65520) return sign | 0x7c00;
  // Below 2^-14 halves are 2^-24 apart; above, a power of two holds 1024 of them.
  let exponent = -14;
  while (size >= 2 ** (exponent + 1)) exponent++;
  const steps = roundToEven(size / 2 ** (exponent - 10));
  return sign | (((exponent + 14) << 10) + steps);
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
