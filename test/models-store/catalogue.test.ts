/** Names of models and of their files. */
import { describe, expect, it } from 'vitest';
import { catalogue, parseName, parseProjector } from '../../shared/engine/models/catalogue.ts';
import { isPart, pickFile, quantisationIn } from '../../shared/engine/models/pick-file.ts';

describe('a name', () => {
  it.each([
    ['qwen3-vl-2b', 'qwen3-vl-2b', undefined],
    ['Qwen3-VL-2B-Instruct', 'qwen3-vl-2b', undefined],
    ['qwen3-vl-2b:q4_k_m', 'qwen3-vl-2b', 'Q4_K_M'],
    [' qwen3-vl-8b:F16 ', 'qwen3-vl-8b', 'F16'],
  ])('%s is known', (text, name, quantisation) => {
    const found = parseName(text);
    expect(found.entry.name).toBe(name);
    expect(found.quantisation).toBe(quantisation);
  });

  it.each([
    ['qwen3-vl-3b', /Did you mean qwen3-vl-\db\?$/],
    ['qwen3-vl-2b:Q5_K_M', /^Expected one of Q4_K_M, Q8_0, F16 after "qwen3-vl-2b:"; got "Q5_K_M"/],
    ['qwen3-vl-2b:Q8_0:F16', /got "qwen3-vl-2b:Q8_0:F16"/],
    ['', /got ""/],
  ])('"%s" is refused with what would do', (text, message) => {
    expect(() => parseName(text)).toThrow(message);
    expect(() => parseName(text)).toThrow(expect.objectContaining({ code: 'option-invalid' }));
  });

  it('of a projector is a quantisation; a path is none', () => {
    expect(parseProjector('q8_0')).toBe('Q8_0');
    expect(parseProjector('./mmproj-Q8_0.gguf')).toBeUndefined();
  });

  it('is unique, and the default has been tested', () => {
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
    expect(catalogue[0]).toMatchObject({ name: 'qwen3-vl-2b', tested: true });
  });
});

describe('a file', () => {
  it.each([
    ['Qwen3VL-2B-Instruct-F16.gguf', true],
    ['qwen3vl-2b-instruct-f16.gguf', true],
    ['Qwen3VL-2B-Instruct.F16.gguf', true],
    ['Qwen3VL-2B-Instruct-BF16.gguf', false],
    ['mmproj-Qwen3VL-2B-Instruct-F16.gguf', false],
    ['Qwen3VL-2B-Instruct-F16-00001-of-00002.gguf', false],
    ['Qwen3VL-2B-Instruct-F16.gguf.part', false],
  ])('%s is the model in F16: %s', (name, expected) => {
    expect(isPart(name, { role: 'model', quantisation: 'F16' })).toBe(expected);
  });

  it.each([
    ['mmproj-Qwen3VL-2B-Instruct-Q8_0.gguf', true],
    ['Qwen3VL-2B-Instruct-mmproj-q8_0.gguf', true],
    ['mmproj-F16.gguf', false],
    ['Qwen3VL-2B-Instruct-Q8_0.gguf', false],
  ])('%s is the projector in Q8_0: %s', (name, expected) => {
    expect(isPart(name, { role: 'mmproj', quantisation: 'Q8_0' })).toBe(expected);
  });

  it('of several the plain one is taken', () => {
    const files = ['a-imatrix-Q8_0.gguf', 'a-Q8_0.gguf', 'a-Q4_K_M.gguf'].map((name) => ({ name }));
    expect(pickFile(files, { role: 'model', quantisation: 'Q8_0' })).toEqual({ name: 'a-Q8_0.gguf' });
    expect(pickFile(files, { role: 'model', quantisation: 'F16' })).toBeUndefined();
  });

  it.each([
    ['a-Q4_K_M.gguf', 'Q4_K_M'],
    ['a.q5_1.gguf', 'Q5_1'],
    ['a-IQ4_XS.gguf', 'IQ4_XS'],
    ['a-bf16.gguf', 'BF16'],
    ['a.gguf', undefined],
  ])('%s tells its quantisation: %s', (name, expected) => {
    expect(quantisationIn(name)).toBe(expected);
  });
});
