/** What is measured, in which unit, and whether more of it is better. */

export const figures = {
  prefill: { title: 'prompt, 512 tokens', unit: 'tok/s', digits: 1, more: true },
  prefillWork: { title: 'processor time for that prompt', unit: 's', digits: 2, more: false },
  decode: { title: 'answer, 64 tokens', unit: 'tok/s', digits: 1, more: true },
  decodeWork: { title: 'processor time for that answer', unit: 's', digits: 2, more: false },
  encodeSmall: { title: 'picture encoding, 1024×768', unit: 's', digits: 2, more: false },
  freshSmall: { title: 'first token, new picture, 1024×768', unit: 's', digits: 2, more: false },
  freshSmallWork: { title: 'processor time until then', unit: 's', digits: 2, more: false },
  again: { title: 'first token, second question on that picture', unit: 's', digits: 2, more: false },
  encodeLarge: { title: 'picture encoding, 1920×1080', unit: 's', digits: 2, more: false },
  freshLarge: { title: 'first token, new picture, 1920×1080', unit: 's', digits: 2, more: false },
  four: { title: 'four answers at once', unit: 'tok/s', digits: 1, more: true },
  code: { title: 'code with speculation, against plain decoding', unit: 'tok/s', digits: 1, more: true },
  codeWork: { title: 'processor time for that code', unit: 's', digits: 2, more: false },
  cold: { title: 'start of the process to first token', unit: 's', digits: 2, more: false },
  coldWork: { title: 'processor time of that start', unit: 's', digits: 2, more: false },
  memory: { title: 'peak memory', unit: 'MB', digits: 0, more: false },
} as const;

export type FigureName = keyof typeof figures;

export type Figures = Partial<Record<FigureName, number>>;

/** How many times better `ours` is than `theirs`; above 1 we lead. */
export function advantage(name: FigureName, ours: number, theirs: number): number {
  return figures[name].more ? ours / theirs : theirs / ours;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [
    sorted[sorted.length % 2 === 0 ? middle - 1 : middle],
    sorted[middle],
  ];
  return (low + high) / 2;
}
