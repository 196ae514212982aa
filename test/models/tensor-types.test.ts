/** Conversion of floats to what ggml stores. */
import { describe, expect, it } from 'vitest';
import { bytesOf, encode, halfOf } from './tensor-types.ts';

/** The other way round, for all finite halves. */
function floatOf(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const digits = bits & 1023;
  const size = exponent === 0 ? digits * 2 ** -24 : (1024 + digits) * 2 ** (exponent - 25);
  return bits & 0x8000 ? -size : size;
}

describe('halfOf', () => {
  it('keeps every number that a half can be', () => {
    const wrong: number[] = [];
    for (let bits = 0; bits < 0x10000; bits++) {
      if ((bits & 0x7c00) !== 0x7c00 && halfOf(floatOf(bits)) !== bits) wrong.push(bits);
    }
    expect(wrong).toEqual([]);
  });

  it('rounds ties to even', () => {
    expect(halfOf(1 + 2 ** -11)).toBe(0x3c00);
    expect(halfOf(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(halfOf(2 ** -25)).toBe(0);
    expect(halfOf(3 * 2 ** -25)).toBe(2);
  });

  it('carries into the next power of two, and into infinity', () => {
    expect(halfOf(2 - 2 ** -12)).toBe(0x4000);
    expect(halfOf(2 ** -14 - 2 ** -26)).toBe(0x0400);
    expect(halfOf(65519)).toBe(0x7bff);
    expect(halfOf(65520)).toBe(0x7c00);
    expect(halfOf(-1e9)).toBe(0xfc00);
  });
});

describe('encode', () => {
  it('stores floats in little endian', () => {
    expect([...encode('f32', Float32Array.of(1, -2))]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
    expect([...encode('f16', Float32Array.of(1, -2))]).toEqual([0, 0x3c, 0, 0xc0]);
  });

  it('stores blocks of 32 within half a step of their scale', () => {
    const values = Float32Array.from({ length: 64 }, (_, index) =>
      index < 32 ? index - 15.5 : (index - 40) / 100,
    );
    const bytes = encode('q8_0', values);
    const view = new DataView(bytes.buffer);
    expect(bytes.length).toBe(68);
    for (const [index, value] of values.entries()) {
      const block = Math.floor(index / 32) * 34;
      const scale = floatOf(view.getUint16(block, true));
      const stored = scale * view.getInt8(block + 2 + (index % 32));
      expect(Math.abs(stored - value)).toBeLessThanOrEqual(scale * 0.6);
    }
  });

  it('stores a block of zeros', () => {
    expect([...encode('q8_0', new Float32Array(32))]).toEqual(new Array(34).fill(0));
  });
});

describe('bytesOf', () => {
  it('counts whole blocks', () => {
    expect(bytesOf('f32', [5])).toBe(20);
    expect(bytesOf('q8_0', [64, 3])).toBe(204);
    expect(bytesOf('q4_k', [512, 2])).toBe(576);
    expect(() => bytesOf('q6_k', [128, 2])).toThrow(RangeError);
    expect(() => bytesOf('f32', [])).toThrow(RangeError);
  });
});
