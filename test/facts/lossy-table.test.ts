/** A compressed table: its cells, checkboxes and icons are found as on a clean picture. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { PageFacts } from '../../shared/facts/index.ts';
import { compressedFactsOf, lineOf } from './support/text-page.ts';

const names = ['Lena Fischer', 'Rail Europe', 'Kiln Co-op', 'Power & Light', 'City Swim', 'Omar Said'];
const [top, row, width] = [20, 40, 720];
const columns = [40, 60, 160, 340, 120];
const badge =
  'background:#fdeccb;color:#8a5a00;border-radius:999px;padding:2px 8px;font-size:11px;display:inline-block';

const star = (filled: boolean): string =>
  `<svg width="18" height="18" viewBox="0 0 24 24" style="display:block" fill="${filled ? '#f0a92b' : 'none'}" stroke="${filled ? '#f0a92b' : '#444'}" stroke-width="2"><path d="M12 2l3 6.5 7 .9-5 5 1.200 7L12 18l-6.200 3.400 1.200-7-5-5 7-.9z"/></svg>`;

const cells = (name: string, index: number): string =>
  [
    '<input type="checkbox" style="margin:0">',
    star(index === 0),
    name,
    'The bill is ready <span style="color:#68717d">— this month you used less</span>',
    `<span style="${badge}">In transit</span>`,
  ]
    .map((cell) => `<td style="border:1px solid #dfe5ea;padding:0 10px">${cell}</td>`)
    .join('');

const table = names
  .map(
    (name, index) =>
      `<tr style="height:${row}px;background:${index % 2 === 0 ? '#fff' : '#f3f6f9'}">${cells(name, index)}</tr>`,
  )
  .join('');

let facts: PageFacts;
beforeAll(async () => {
  facts = await compressedFactsOf(
    [
      '<div style="left:0;top:0;width:760px;height:300px;background:#fff"></div>',
      `<table style="position:absolute;left:20px;top:${top}px;width:${width}px;table-layout:fixed;border-collapse:collapse;font:13px 'DejaVu Sans';color:#222"><colgroup>${columns.map((one) => `<col style="width:${one}px">`).join('')}</colgroup>${table}</table>`,
    ],
    760,
    300,
  );
});

describe('a compressed table', () => {
  it('has a band of the whole width for each shaded row', () => {
    const bands = facts.boxes.filter(({ fill, box }) => fill && fill[0] < 0xf9 && box.height > 30);
    expect(bands).toHaveLength(3);
    for (const { box } of bands) {
      expect(Math.abs(box.width - width)).toBeLessThanOrEqual(3);
      expect(Math.abs(box.height - row)).toBeLessThanOrEqual(3);
    }
  });

  it('has rules between its columns from top to bottom', () => {
    const upright = facts.separators.filter(
      ({ orientation, box }) => orientation === 'vertical' && box.height >= 0.9 * names.length * row,
    );
    const inner = [60, 120, 280, 620];
    for (const x of inner) expect(upright.some(({ box }) => Math.abs(box.x - x) <= 1)).toBe(true);
  });

  it('has a box with a border for each checkbox', () => {
    const boxes = facts.boxes.filter(({ box }) => box.width <= 15 && box.height <= 15);
    expect(boxes.map(({ border }) => Object.keys(border).length)).toEqual(names.map(() => 4));
  });

  it('has a pill behind each pale badge', () => {
    const pills = facts.boxes.filter(({ box }) => box.x > 620 && box.width < 100);
    expect(pills).toHaveLength(names.length);
    for (const { radius, fill } of pills) {
      expect(radius).toBeGreaterThanOrEqual(6);
      expect(fill?.[2]).toBeLessThan(0xe0);
    }
  });

  it.each(names)('"%s" is read without the star beside it', (name) => {
    expect(lineOf(facts, name).box.x).toBeGreaterThan(120);
  });

  it('has an icon for each star', () => {
    const icons = facts.pictures.filter(({ box }) => box.x > 60 && box.x < 120);
    expect(icons).toHaveLength(names.length);
  });

  it('parts each subject from the snippet behind it', () => {
    const subjects = facts.lines.filter(({ text }) => text === 'The bill is ready');
    expect(subjects).toHaveLength(names.length);
    for (const { color } of subjects) expect(Math.max(...color)).toBeLessThan(0x50);
  });
});
