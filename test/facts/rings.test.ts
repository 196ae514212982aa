/** Rings before a text are radio buttons, chosen where there is a dot in them; other round icons are none. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { PageFacts } from '../../shared/facts/index.ts';
import { at, compressedFactsOf, factsOf } from './support/text-page.ts';

const radio = (name: string, attributes: string): string =>
  `<label style="display:flex;align-items:center;gap:6px;font:15px 'DejaVu Sans';color:#10233f"><input type="radio" style="margin:0;width:16px;height:16px;accent-color:#0a57c2" ${attributes}>${name}</label>`;
const svg = (path: string): string =>
  `<svg width="16" height="16" viewBox="0 0 24 24" style="position:static" fill="none" stroke="#10233f" stroke-width="2">${path}</svg>`;
const line = "font:15px 'DejaVu Sans';color:#10233f;display:flex;align-items:center;gap:6px";

const page = [
  at(20, 20, radio('Return flight', 'checked')),
  at(200, 20, radio('One way only', '')),
  at(380, 20, radio('Several cities', '')),
  // A clock, and a ring as large as a picture.
  at(
    20,
    90,
    `${svg('<circle cx="12" cy="12" r="11"/><path d="M12 6v6l4 2"/>')}<span>Opening hours</span>`,
    line,
  ),
  at(
    20,
    150,
    '<span style="width:40px;height:40px;border:2px solid #0a57c2;border-radius:50%"></span>',
    line,
  ),
  at(90, 160, 'beside a portrait', line),
];

describe.each([
  ['clean', factsOf],
  ['compressed', compressedFactsOf],
] as const)('a %s picture', (_, measured) => {
  let facts: PageFacts;
  beforeAll(async () => {
    facts = await measured(page, 640, 220);
  });
  const ringsIn = (facts: PageFacts) =>
    facts.boxes
      .filter(({ box, radius }) => box.width <= 24 && radius >= 0.4 * box.width)
      .toSorted((a, b) => a.box.x - b.box.x);

  it('has a round box for each radio button, and for nothing else', () => {
    const rings = ringsIn(facts);
    expect(rings.map(({ box }) => [Math.round(box.x / 20), Math.round(box.y / 20)])).toEqual([
      [1, 1],
      [10, 1],
      [19, 1],
    ]);
    for (const { box, border } of rings) {
      expect(Math.abs(box.width - 16)).toBeLessThanOrEqual(1);
      expect(border.top).toBeDefined();
    }
  });

  it('has a dot in the chosen one', () => {
    const [chosen] = ringsIn(facts);
    const [red = 255, , blue = 0] = chosen?.fill ?? [];
    expect(blue - red).toBeGreaterThan(120);
    const dots = facts.pictures.filter(({ box }) => box.y < 60);
    expect(dots).toHaveLength(1);
    expect(dots[0]?.box.x).toBeGreaterThan(chosen?.box.x ?? 0);
    const words = facts.lines.filter(({ box }) => box.y < 60).toSorted((a, b) => a.box.x - b.box.x);
    expect(words.map(({ text }) => text).join(' ')).toBe('Return flight One way only Several cities');
  });
});

describe('a dot of one colour', () => {
  const dot = (color: string, size: number): string =>
    `<span style="width:${size}px;height:${size}px;border-radius:50%;background:${color}"></span>`;

  it('is a round box of that colour, on any ground', async () => {
    const facts = await factsOf([
      at(20, 20, `${dot('#34d399', 9)}<span>All systems run</span>`, line),
      at(20, 60, `${dot('#f87171', 8)}<span>One is down</span>`, line),
      at(300, 10, '', 'width:200px;height:100px;background:#16202e'),
      at(320, 40, dot('#fbbf24', 12), line),
    ]);
    const dots = facts.boxes.filter(({ box }) => box.width <= 16);
    expect(dots.map(({ box, fill, radius }) => [Math.round(box.width), fill?.join(), radius])).toEqual(
      expect.arrayContaining([
        [9, '52,211,153', 5],
        [8, '248,113,113', 4],
        [12, '251,191,36', 6],
      ]),
    );
    expect(dots).toHaveLength(3);
    expect(facts.pictures).toEqual([]);
  });

  it('is none with something in it', async () => {
    const facts = await factsOf([
      at(
        20,
        20,
        `${svg('<circle cx="12" cy="12" r="9" fill="#10233f"/><path d="M8 12h8" stroke="#fff"/>')}`,
        line,
      ),
      at(60, 20, '<span>Remove it</span>', line),
    ]);
    expect(facts.boxes).toEqual([]);
    expect(facts.pictures.map(({ kind }) => kind)).toEqual(['icon']);
  });
});
