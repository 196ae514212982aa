/** What a model read and pointed at, measured on a page of known texts, colours and places. */
import { beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '../../shared/context.ts';
import {
  type Given,
  type GivenFacts,
  type GivenText,
  measureGivenIn,
  type PageFacts,
  type TextLine,
} from '../../shared/facts/index.ts';
import type { Rect } from '../../shared/geometry.ts';
import type { SourcePicture } from '../../shared/image/index.ts';
import { openPageShots } from './support/page-shots.ts';
import { at, head, lineOf, measure } from './support/text-page.ts';

const parts = [
  at(20, 20, 'Create account', 'color:#2563eb;font-size:18px'),
  at(300, 20, 'Opening hours', 'font-size:16px;font-weight:700'),
  at(20, 60, 'Home'),
  at(120, 60, 'Prices'),
  at(20, 110, 'The first line of a paragraph<br>and the second one below', 'line-height:24px;color:#991b1b'),
  at(300, 110, 'Read the terms', 'text-decoration:underline'),
  at(20, 200, '', 'width:200px;height:36px;border:1px solid #9ca3af;border-radius:6px'),
  at(
    300,
    180,
    '<svg width="24" height="24"><path d="M2 12h20M12 2v20" stroke="#000" stroke-width="3"/></svg>',
  ),
  at(420, 180, '', 'width:80px;height:60px;background:linear-gradient(90deg,#f00,#00f)'),
];

let picture: SourcePicture;
let facts: PageFacts;
let found: GivenFacts;
const indexOf = (text: string): number => facts.lines.indexOf(lineOf(facts, text));

/** Off by a few pixels, as a model's boxes are. */
const rough = ({ x, y, width, height }: Rect): Rect => ({
  x: x - 3,
  y: y + 3,
  width: width + 4,
  height: height + 2,
});

const signal = new AbortController().signal;
const given = (one: Partial<GivenText> & { text: string }): GivenText => ({
  lines: [],
  pictures: [],
  ...one,
});
let read: PageFacts;
let texts: readonly (readonly string[])[];

beforeAll(async () => {
  const shots = await openPageShots();
  try {
    picture = await shots.shotOf(head + parts.join(''), { width: 640, height: 300 });
  } finally {
    await shots.close();
  }
  facts = await measure(picture);
  const misread = (line: TextLine): TextLine =>
    line.text === 'Opening hours'
      ? {
          ...line,
          text: 'Operning',
          confidence: 0.4,
          words: [{ text: 'Operning', box: line.box, confidence: 0.4 }],
        }
      : line;
  read = { ...facts, lines: facts.lines.map(misread) };
  const paragraph = ['The first line of a paragraph', 'and the second one below'].map(indexOf);
  const unread = new Set([...paragraph, indexOf('Read the terms')]);
  // As if none of these had been read: their ink is on the page all the same.
  const known = { ...read, lines: read.lines.filter((_, index) => !unread.has(index)) };
  const place = (text: string): number => known.lines.findIndex((line) => line.text === text);
  const ask: Given = {
    texts: [
      given({
        text: 'Cretae account',
        box: rough(lineOf(facts, 'Create account').box),
        lines: [place('Create account')],
      }),
      given({
        text: 'Opening hours',
        box: rough(lineOf(facts, 'Opening hours').box),
        lines: [place('Operning')],
      }),
      given({
        text: 'The first line of a paragraph\nand the second one below',
        box: rough({ x: 20, y: 114, width: 236, height: 40 }),
      }),
      given({ text: 'Read the terms', box: rough(lineOf(facts, 'Read the terms').box) }),
      given({ text: 'Nothing is written here', box: { x: 400, y: 260, width: 180, height: 16 } }),
    ],
    things: [
      { kind: 'box', box: rough({ x: 20, y: 200, width: 202, height: 38 }) },
      { kind: 'icon', box: rough({ x: 300, y: 180, width: 24, height: 24 }) },
      { kind: 'picture', box: rough({ x: 420, y: 180, width: 80, height: 60 }) },
      { kind: 'picture', box: { x: 520, y: 200, width: 60, height: 60 } },
    ],
  };
  found = await measureGivenIn(picture, known, ask, createContext(signal));
  texts = found.texts.map((lines) => lines.map((line) => line.text));
}, 60_000);

describe('given words', () => {
  it('yield to what was surely read and looks more like the ink', () => {
    expect(texts[0]).toEqual(['Create account']);
  });

  it('replace what was misread, and are fitted anew', () => {
    expect(texts[1]).toEqual(['Opening hours']);
    const truth = lineOf(facts, 'Opening hours');
    expect(found.texts[1]?.[0]?.typography).toMatchObject({
      size: truth.typography.size,
      weight: truth.typography.weight,
    });
    expect(found.texts[1]?.[0]?.words.map(({ text }) => text)).toEqual(['Opening', 'hours']);
  });

  it('that nobody read are found by their place, line by line, with their exact colour', () => {
    expect(texts[2]).toEqual(['The first line of a paragraph', 'and the second one below']);
    for (const line of found.texts[2] ?? []) {
      expect(line.color).toEqual([153, 27, 27]);
      const truth = lineOf(facts, line.text);
      expect(line.box).toEqual(truth.box);
      expect(line.baseline).toBe(truth.baseline);
    }
  });

  it('have their underlines', () => {
    expect(texts[3]).toEqual(['Read the terms']);
    expect(found.texts[3]?.[0]?.underline).toBe(true);
  });

  it('without ink are dropped', () => {
    expect(texts[4]).toEqual([]);
  });

  it('leave other lines as they were', () => {
    const kept = found.lines.flatMap((line) => (line ? [line.text] : []));
    expect(kept).toEqual(expect.arrayContaining(['Home', 'Prices']));
    expect(kept).not.toContain('Operning');
  });

  it('part a line that was measured as one', async () => {
    const [home, prices] = [lineOf(facts, 'Home'), lineOf(facts, 'Prices')];
    const box = { ...home.box, width: prices.box.x + prices.box.width - home.box.x };
    const words = [...home.words, ...prices.words];
    const joined: TextLine = { ...home, text: 'Home Prices', box, words };
    const lines = [...facts.lines.filter((line) => line !== home && line !== prices), joined];
    const shared = lines.length - 1;
    const ask: Given = {
      texts: [
        given({ text: 'Home', box: rough(home.box), lines: [shared] }),
        given({ text: 'Prices', box: rough(prices.box), lines: [shared] }),
      ],
      things: [],
    };
    const parted = await measureGivenIn(picture, { ...facts, lines }, ask, createContext(signal));
    expect(parted.texts.map((own) => own.map(({ text, box: place }) => [text, place]))).toEqual([
      [['Home', home.box]],
      [['Prices', prices.box]],
    ]);
  });
});

describe('given things', () => {
  it('are refined to the pixels that are there', () => {
    const boxes = found.things.map((thing) => thing?.item.box);
    expect(boxes[0]).toEqual({ x: 20, y: 200, width: 202, height: 38 });
    expect(boxes[1]).toEqual({ x: 302, y: 182, width: 20, height: 20 });
    expect(boxes[2]).toEqual({ x: 420, y: 180, width: 80, height: 60 });
  });

  it('are what they look like', () => {
    expect(found.things.map((thing) => thing?.list)).toEqual(['boxes', 'pictures', 'pictures', undefined]);
    const frame = found.things[0]?.list === 'boxes' ? found.things[0].item : undefined;
    expect(frame?.border.top).toEqual({ width: 1, color: [156, 163, 175] });
  });
});

it('is cancelled', async () => {
  const stopped = AbortSignal.abort();
  const nothing: Given = { texts: [], things: [] };
  await expect(measureGivenIn(picture, facts, nothing, createContext(stopped))).rejects.toMatchObject({
    code: 'cancelled',
  });
  const soon = new AbortController();
  const running = measureGivenIn(picture, facts, nothing, createContext(soon.signal));
  soon.abort();
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
});
