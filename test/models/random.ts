/** Random numbers that are the same on every machine: integers only, no transcendental functions. */

/** Gives the next number: an integer of 32 bits, 0 and 2^32 - 1 included. */
export type Random = () => number;

/** A stream of its own for every text: xoshiro128** (https://prng.di.unimi.it), seeded by splitmix32 of FNV-1a. */
export function randomFor(text: string): Random {
  let seed = 0x811c9dc5;
  for (const byte of Buffer.from(text)) seed = Math.imul(seed ^ byte, 0x01000193);
  const state = Uint32Array.from({ length: 4 }, () => {
    seed = (seed + 0x9e3779b9) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  });
  let [a = 0, b = 0, c = 0, d = 0] = state;
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** Standard deviation of the sum of eight uniform integers below 2^16. */
const spread = Math.sqrt((8 * (2 ** 32 - 1)) / 12);

/**
 * Bell-shaped, mean 0, standard deviation 1, within ±4.9: eight 16-bit integers summed (Irwin-Hall), so
 * that every step but the last division is exact.
 */
export function bell(random: Random): number {
  let sum = 0;
  for (let draw = 0; draw < 4; draw++) {
    const bits = random();
    sum += (bits & 0xffff) + (bits >>> 16);
  }
  return (sum - 4 * 65535) / spread;
}
