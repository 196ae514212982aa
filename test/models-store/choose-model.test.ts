/** The quantisation by the memory at hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue, chooseModel, neededBytes } from '../../shared/engine/models/index.ts';

const [small, , large] = catalogue;

describe('the choice', () => {
  it.each([
    ['no graphics processor', undefined, 'cpu', 'Q4_K_M', 'Q8_0'],
    ['an old one with 2 GB', 2e9, 'cpu', 'Q4_K_M', 'Q8_0'],
    ['3.9 GB free', 3.9e9, 'gpu', 'Q4_K_M', 'Q8_0'],
    ['4.3 GB free', 4.3e9, 'gpu', 'Q4_K_M', 'F16'],
    ['5 GB free', 5e9, 'gpu', 'Q8_0', 'F16'],
    ['140 GB free', 140e9, 'gpu', 'Q8_0', 'F16'],
  ])('for %s', (_, freeGpuBytes, place, quantisation, projector) => {
    const memory = { freeSystemBytes: 8e9, ...(freeGpuBytes === undefined ? {} : { freeGpuBytes }) };
    expect(chooseModel(memory)).toMatchObject({ place, quantisation, projector, fits: true });
  });

  it('tells that too little is free', () => {
    expect(chooseModel({ freeSystemBytes: 2e9 })).toMatchObject({ quantisation: 'Q4_K_M', fits: false });
  });

  it('depends on the context', () => {
    const memory = { freeGpuBytes: 5e9, freeSystemBytes: 8e9 };
    expect(chooseModel(memory, { contextTokens: 32_768 })).toMatchObject({ place: 'cpu' });
  });

  it('of a larger model needs more', () => {
    if (large === undefined) throw new Error('The catalogue is too short.');
    expect(chooseModel({ freeGpuBytes: 6e9, freeSystemBytes: 32e9 }, { entry: large })).toMatchObject({
      place: 'cpu',
      fits: true,
    });
  });

  it('with more memory never takes a smaller model, and on a processor always the smallest', () => {
    const bytes = fc.integer({ min: 0, max: 24e9 });
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const [less, more] = [a, b]
          .sort((x, y) => x - y)
          .map((freeGpuBytes) => chooseModel({ freeGpuBytes, freeSystemBytes: 8e9 }));
        const weight = (choice = chooseModel({ freeSystemBytes: 0 })) =>
          small === undefined ? 0 : neededBytes(small, choice.quantisation, choice.projector);
        expect(weight(more)).toBeGreaterThanOrEqual(weight(less));
        if (less?.place === 'cpu') expect(less).toMatchObject({ quantisation: 'Q4_K_M', projector: 'Q8_0' });
      }),
    );
  });
});

describe('the need', () => {
  it('is weights, 112 KiB a token, logits of one pass, and the tower’s buffer', () => {
    if (small === undefined) throw new Error('The catalogue is empty.');
    const need = (tokens: number) => neededBytes(small, 'Q4_K_M', 'Q8_0', tokens);
    expect(need(1001) - need(1000)).toBe(112 * 1024);
    expect(need(0) - 1_110_000_000 - 450_000_000).toBe(512 * 151_936 * 4 + 8192 * (2 * 4096 + 6 * 1024) * 4);
  });
});
