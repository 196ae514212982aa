/** Photos, and what stands on them: white headings and buttons. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PageFacts } from '../../shared/facts/index.ts';
import { textSimilarity } from '../../shared/score/text-similarity.ts';
import { iou } from './support/compare.ts';
import { at, compressedFactsOf, factsOf, lineOf } from './support/text-page.ts';

const photo = readFileSync(new URL('../fixtures/pages/img/mountains.jpg', import.meta.url)).toString(
  'base64',
);
const white = 'color:#fff;font-weight:bold';

let facts: PageFacts;
beforeAll(async () => {
  facts = await factsOf(
    [
      `<img src="data:image/jpeg;base64,${photo}" style="left:40px;top:20px;width:560px;height:300px;object-fit:cover">`,
      at(80, 120, 'Walk from hut to hut', `${white};font-size:32px`),
      at(80, 200, 'Find a route', 'background:#f97316;color:#fff;padding:12px 24px'),
      at(40, 350, 'Text below the photo'),
    ],
    640,
    400,
  );
});

describe('a photo', () => {
  it('is found in its place', () => {
    const photos = facts.pictures.filter(({ kind }) => kind === 'photo');
    expect(photos).toHaveLength(1);
    expect(photos[0] && iou(photos[0].box, { x: 40, y: 20, width: 560, height: 300 })).toBeGreaterThan(0.8);
  });

  it('carries the text that stands on it', () => {
    const heading = facts.lines.find(({ text }) => textSimilarity(text, 'Walk from hut to hut') > 0.8);
    expect(heading?.onPicture).toBe(true);
    expect(heading?.color).toEqual([255, 255, 255]);
  });

  it('leaves a button on it to be a box', () => {
    const place = { x: 80, y: 200, width: 143, height: 43 };
    const [button] = facts.boxes.filter(({ box }) => iou(box, place) > 0.9);
    expect(button?.fill).toEqual([249, 115, 22]);
  });

  it('does not reach the text below it', () => {
    expect(lineOf(facts, 'Text below the photo').onPicture).toBe(false);
  });
});

describe('small text on a photo', () => {
  const words = 'Self-guided routes through nine ranges';

  it('is read though compression left its strokes paler than they were', async () => {
    const compressed = await compressedFactsOf(
      [
        `<img src="data:image/jpeg;base64,${photo}" style="left:0;top:0;width:640px;height:320px;object-fit:cover">`,
        at(60, 270, words, 'color:#fff;font-size:17px'),
        at(60, 340, 'Text below the photo'),
      ],
      640,
      400,
    );
    const line = compressed.lines.find(({ onPicture }) => onPicture);
    expect(textSimilarity(line?.text ?? '', words)).toBeGreaterThan(0.95);
  });
});
