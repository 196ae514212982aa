/** Boxes with borders as a browser draws them: their outer edge, colour, width, and what neighbours share. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawBox } from '../../shared/facts/boxes/raw-box.ts';
import { unpack } from '../../shared/facts/pixels.ts';
import type { RawFacts } from '../../shared/facts/raw-facts.ts';
import { measured, place } from './support/drawing.ts';
import { openPageShots, type PageShots } from './support/page-shots.ts';

let shots: PageShots;
beforeAll(async () => {
  shots = await openPageShots();
});
afterAll(() => shots.close());

const base = 'body{margin:0;background:#f4f5f7} div,table{position:absolute;box-sizing:border-box}';

async function draw(body: string): Promise<RawFacts> {
  const page = `<!doctype html><style>${base}</style>${body}`;
  return measured((await shots.shotOf(page, { width: 400, height: 200 })).raster);
}

const at = (x: number, y: number, width: number, height: number, style: string): string =>
  `<div style="left:${x}px;top:${y}px;width:${width}px;height:${height}px;${style}"></div>`;

/** Width and colour of each side that has a border. */
const sides = (box: RawBox | undefined) =>
  Object.fromEntries(
    Object.entries(box?.border ?? {}).map(([side, { width, color }]) => [side, [width, ...unpack(color)]]),
  );

const allAround = (...side: number[]) => ({ top: side, right: side, bottom: side, left: side });

describe('a bordered box', () => {
  it.each([
    ['1px', 1, '#c8ccd2', [200, 204, 210]],
    ['2px', 2, '#2563eb', [37, 99, 235]],
    ['3px', 3, '#7f1d1d', [127, 29, 29]],
  ] as const)('of %s', async (_name, width, color, rgb) => {
    const { boxes, rules } = await draw(
      at(20, 20, 160, 60, `background:#fff;border:${width}px solid ${color}`),
    );
    expect(boxes.map(place)).toEqual([[20, 20, 160, 60]]);
    expect(unpack(boxes[0]?.fill ?? 0)).toEqual([255, 255, 255]);
    expect(sides(boxes[0])).toEqual(allAround(width, ...rgb));
    expect(rules).toEqual([]);
  });

  it('that is rounded', async () => {
    const { boxes } = await draw(
      at(20, 20, 160, 60, 'background:#fff;border:1px solid #c8ccd2;border-radius:8px'),
    );
    expect(boxes.map(place)).toEqual([[20, 20, 160, 60]]);
    expect(sides(boxes[0])).toEqual(allAround(1, 200, 204, 210));
    expect(Math.abs((boxes[0]?.radius ?? 0) - 8)).toBeLessThanOrEqual(2);
  });

  it('that is a pill', async () => {
    const { boxes } = await draw(
      at(20, 20, 160, 40, 'background:#fff;border:1px solid #9aa0a8;border-radius:20px'),
    );
    expect(boxes).toHaveLength(1);
    const [x = 0, y = 0, width = 0, height = 0] = boxes[0] ? place(boxes[0]) : [];
    expect([y, height]).toEqual([20, 40]);
    expect(Math.abs(x - 20)).toBeLessThanOrEqual(1);
    expect(Math.abs(width - 160)).toBeLessThanOrEqual(2);
    expect(sides(boxes[0])).toEqual(allAround(1, 154, 160, 168));
    expect(Math.abs((boxes[0]?.radius ?? 0) - 20)).toBeLessThanOrEqual(2);
  });

  it('whose inside is the page', async () => {
    const { boxes } = await draw(at(20, 20, 160, 60, 'border:1px solid #888;border-radius:6px'));
    expect(boxes.map(place)).toEqual([[20, 20, 160, 60]]);
    expect(sides(boxes[0])).toEqual(allAround(1, 136, 136, 136));
  });

  it('with an accent on the left alone', async () => {
    const { boxes } = await draw(at(20, 20, 160, 60, 'background:#fff;border-left:4px solid #16a34a'));
    expect(boxes.map(place)).toEqual([[20, 20, 160, 60]]);
    expect(sides(boxes[0])).toEqual({ left: [4, 22, 163, 74] });
  });

  it('without any', async () => {
    const { boxes } = await draw(at(20, 20, 160, 60, 'background:#fff'));
    expect(boxes.map(place)).toEqual([[20, 20, 160, 60]]);
    expect(sides(boxes[0])).toEqual({});
  });
});

describe('neighbours', () => {
  const card = 'background:#fff;border:1px solid #d0d4da;border-radius:12px';

  it('with a gap are two boxes', async () => {
    const { boxes } = await draw(at(20, 20, 170, 100, card) + at(210, 20, 170, 100, card));
    expect(boxes.map(place)).toEqual([
      [20, 20, 170, 100],
      [210, 20, 170, 100],
    ]);
  });

  it('that share a line are one box with a rule', async () => {
    const button = 'background:#fff;border:1px solid #aab';
    const { boxes, rules } = await draw(at(20, 20, 100, 40, button) + at(119, 20, 100, 40, button));
    expect(boxes.map(place)).toEqual([[20, 20, 199, 40]]);
    expect(rules.map(place)).toEqual([[119, 20, 1, 40]]);
  });

  it('of a list are one box with the rules between its rows', async () => {
    const { boxes, rules } = await draw(
      at(20, 10, 300, 181, 'background:#fff;border:1px solid #bbc;border-radius:10px') +
        at(21, 70, 298, 1, 'background:#dde') +
        at(21, 130, 298, 1, 'background:#dde'),
    );
    expect(boxes.map(place)).toEqual([[20, 10, 300, 181]]);
    expect(rules.map(place)).toEqual([
      [21, 70, 298, 1],
      [21, 130, 298, 1],
    ]);
  });

  it('of a table are one box and the lines of its grid', async () => {
    const cells = '<tr><td><td><td></tr>'.repeat(2);
    const { boxes, rules } = await draw(
      `<style>td{border:1px solid #b0b8c0;width:90px;height:40px;padding:0}</style>
       <table style="left:20px;top:20px;border-collapse:collapse;background:#fff">${cells}</table>`,
    );
    expect(boxes.map(place)).toEqual([[20, 20, 274, 83]]);
    expect(rules.filter(({ orientation }) => orientation === 'horizontal').map(place)).toEqual([
      [20, 61, 274, 1],
    ]);
    expect(rules.filter(({ orientation }) => orientation === 'vertical').map(place)).toEqual([
      [111, 20, 1, 83],
      [202, 20, 1, 83],
    ]);
  });
});
