/** Makes true facts as imperfect as measured ones: jitter, lost lines, wrong words, missing boxes. */
import type { PageFacts } from '../../shared/facts/page-facts.ts';
import type { Rect } from '../../shared/geometry.ts';

export interface Damage {
  /** Seed of the random choices; the same seed gives the same damage. */
  readonly seed: number;
  /** Largest shift of an edge, in pixels. */
  readonly jitter?: number;
  /** Share of lines, boxes, pictures that are lost, 0..1. */
  readonly lostLines?: number;
  readonly lostBoxes?: number;
  readonly lostPictures?: number;
  /** Share of words in which one letter is wrong, 0..1. */
  readonly wrongWords?: number;
  /** Boxes that are not there, each of random size. */
  readonly strayBoxes?: number;
  /** Ink boxes and baselines in whole pixels, as pictures have them. */
  readonly wholePixels?: boolean;
}

/** Mulberry32: small, seeded, good enough for tests. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Facts with the damage done; the input is left as it is. */
export function degrade(facts: PageFacts, damage: Damage): PageFacts {
  const random = randomOf(damage.seed);
  const shift = (): number => (random() * 2 - 1) * (damage.jitter ?? 0);
  const whole = (value: number): number => (damage.wholePixels === true ? Math.round(value) : value);
  const move = (box: Rect): Rect => {
    const [x, y] = [whole(box.x + shift()), whole(box.y + shift())];
    const width = Math.max(1, whole(box.width + shift()));
    return { x, y, width, height: Math.max(1, whole(box.height + shift())) };
  };
  const stays = (share: number | undefined): boolean => random() >= (share ?? 0);
  const spoil = (text: string): string => {
    if (random() >= (damage.wrongWords ?? 0) || text.length < 2) return text;
    const at = Math.floor(random() * text.length);
    return `${text.slice(0, at)}${'lrneo'[Math.floor(random() * 5)] ?? 'l'}${text.slice(at + 1)}`;
  };
  const stray = Array.from({ length: damage.strayBoxes ?? 0 }, () => ({
    box: {
      x: random() * facts.width * 0.8,
      y: random() * facts.height * 0.9,
      width: 20 + random() * facts.width * 0.3,
      height: 10 + random() * 200,
    },
    fill: [230, 230, 240] as const,
    border: {},
    radius: 0,
    confidence: 0.5,
  }));
  return {
    ...facts,
    lines: facts.lines
      .filter(() => stays(damage.lostLines))
      .map((line) => {
        const words = line.words.map((word) => ({ ...word, text: spoil(word.text), box: move(word.box) }));
        return {
          ...line,
          words,
          text: line.words.length > 0 ? words.map((word) => word.text).join(' ') : line.text,
          box: move(line.box),
          baseline: whole(line.baseline + shift()),
        };
      }),
    boxes: [
      ...facts.boxes.filter(() => stays(damage.lostBoxes)).map((box) => ({ ...box, box: move(box.box) })),
      ...stray,
    ],
    pictures: facts.pictures
      .filter(() => stays(damage.lostPictures))
      .map((picture) => ({ ...picture, box: move(picture.box) })),
    separators: facts.separators.filter(() => stays(damage.lostBoxes)),
  };
}
