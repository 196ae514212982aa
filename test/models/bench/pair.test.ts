/** The bench's pair without writing it: its size, its types, and that its random blocks are sound numbers. */
import { describe, expect, it } from 'vitest';
import { randomFor } from '../random.ts';
import { languageTensors, shape2b, visionTensors } from '../shapes.ts';
import { bytesOf } from '../tensor-types.ts';
import { storedType } from '../tiny.ts';
import { mixedType } from './pair.ts';
import { randomPieces } from './random-blocks.ts';

describe('the sizes', () => {
  const { language, vision } = shape2b;

  it('are those of the published files', () => {
    const model = languageTensors(language, 151936).reduce(
      (sum, tensor) => sum + bytesOf(mixedType(tensor, language.layers), tensor.shape),
      0,
    );
    const projector = (type: 'q8_0' | 'f16') =>
      visionTensors(vision, language.width).reduce(
        (sum, tensor) => sum + bytesOf(storedType(tensor, type), tensor.shape),
        0,
      );
    expect(model / 1e9).toBeCloseTo(1.1, 2);
    expect(projector('q8_0') / 1e9).toBeCloseTo(0.45, 2);
    expect(projector('f16') / 1e9).toBeCloseTo(0.82, 2);
  });

  it('come from finer types in half of the layers', () => {
    const fine = (part: string) =>
      languageTensors(language, 151936).filter(
        (tensor) => tensor.name.includes(part) && mixedType(tensor, language.layers) === 'q6_k',
      ).length;
    expect({ values: fine('attn_v'), outputs: fine('ffn_down'), queries: fine('attn_q') }).toEqual({
      values: 14,
      outputs: 14,
      queries: 0,
    });
  });
});

describe('randomPieces', () => {
  const shape = [512, 64];
  const piecesOf = (type: keyof typeof readers, spread: number) =>
    Buffer.concat(
      [...randomPieces(type, shape, spread, randomFor('test'))].map((piece) => Buffer.from(piece)),
    );

  it.each(['f16', 'q8_0', 'q4_k', 'q6_k'] as const)(
    'makes %s with mean 0 and the spread asked for',
    (type) => {
      const numbers = readers[type](new DataView(new Uint8Array(piecesOf(type, 0.02)).buffer));
      const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
      const spread = Math.sqrt(numbers.reduce((sum, value) => sum + value ** 2, 0) / numbers.length);
      expect(numbers).toHaveLength(512 * 64);
      expect(Math.abs(mean)).toBeLessThan(0.0005);
      // Halves share one exponent, so that theirs is right to a factor of √2 only.
      expect(spread / 0.02).toBeGreaterThan(type === 'f16' ? 0.7 : 0.97);
      expect(spread / 0.02).toBeLessThan(type === 'f16' ? 1.42 : 1.03);
    },
  );

  it('makes the same bytes each time, and others for another seed', () => {
    expect(piecesOf('q4_k', 1).equals(piecesOf('q4_k', 1))).toBe(true);
    const other = [...randomPieces('q4_k', shape, 1, randomFor('other'))].map((piece) => Buffer.from(piece));
    expect(piecesOf('q4_k', 1).equals(Buffer.concat(other))).toBe(false);
  });
});

function half(view: DataView, at: number): number {
  const bits = view.getUint16(at, true);
  const size =
    (bits & 0x7c00) === 0
      ? (bits & 1023) * 2 ** -24
      : (1024 + (bits & 1023)) * 2 ** (((bits >> 10) & 31) - 25);
  return bits & 0x8000 ? -size : size;
}

/** Reads blocks one after another. */
function blocks(view: DataView, size: number, read: (at: number) => number[]): number[] {
  return Array.from({ length: view.byteLength / size }, (_, index) => read(index * size)).flat();
}

/** What ggml makes of the bytes (ggml-quants.c: dequantize_row_*), in any order within a block. */
const readers = {
  f16: (view: DataView) => blocks(view, 2, (at) => [half(view, at)]),
  q8_0: (view: DataView) =>
    blocks(view, 34, (at) => Array.from({ length: 32 }, (_, i) => half(view, at) * view.getInt8(at + 2 + i))),
  q4_k: (view: DataView) =>
    blocks(view, 144, (at) =>
      Array.from({ length: 256 }, (_, i) => {
        const part = Math.floor(i / 32);
        const [scale, least] = partOfQ4(view, at + 4, part);
        const byte = view.getUint8(at + 16 + 32 * Math.floor(part / 2) + (i % 32));
        const quant = part % 2 === 0 ? byte & 15 : byte >> 4;
        return half(view, at) * scale * quant - half(view, at + 2) * least;
      }),
    ),
  q6_k: (view: DataView) =>
    blocks(view, 210, (at) =>
      Array.from({ length: 256 }, (_, i) => {
        const [side, row, column] = [Math.floor(i / 128), Math.floor((i % 128) / 32), i % 32];
        const low = view.getUint8(at + 64 * side + column + (row % 2) * 32) >> (row < 2 ? 0 : 4);
        const high = view.getUint8(at + 128 + 32 * side + column) >> (2 * row);
        const scale = view.getInt8(at + 192 + 8 * side + 2 * row + Math.floor(column / 16));
        return half(view, at + 208) * scale * (((low & 15) | ((high & 3) << 4)) - 32);
      }),
    ),
};

/** Scale and minimum of one of eight parts, packed in twelve bytes. */
function partOfQ4(view: DataView, at: number, part: number): [number, number] {
  const byte = (index: number) => view.getUint8(at + index);
  if (part < 4) return [byte(part) & 63, byte(part + 4) & 63];
  return [
    (byte(part + 4) & 15) | ((byte(part - 4) >> 6) << 4),
    (byte(part + 4) >> 4) | ((byte(part) >> 6) << 4),
  ];
}
