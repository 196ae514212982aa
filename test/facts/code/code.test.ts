/** Code on a panel is one text with its rows, blanks and colours; prose beside it stays prose. */
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileTree } from '../../../shared/compose/compile.ts';
import { planMeasured } from '../../../shared/compose/measured/index.ts';
import { rowsOfCode } from '../../../shared/facts/given/rows-of-code.ts';
import type { PageFacts, TextLine } from '../../../shared/facts/index.ts';
import { openPageShots } from '../support/page-shots.ts';
import { at, head, measure } from '../support/text-page.ts';

const rows = [
  'function total(items) {',
  '  let sum = 0;',
  '',
  '  for (const item of items) {',
  '    sum += item.price;',
  '  }',
  '  return sum;',
  '}',
];
const keywords = /\b(function|let|for|const|of|return)\b/g;
const source = rows.join('\n').replace(keywords, '<b>$1</b>');
const page = [
  '<style>pre { margin: 0; font: 15px/24px "DejaVu Sans Mono" } b { font-weight: 400; color: #ff9a76 }</style>',
  at(
    20,
    20,
    `<pre>${source}</pre>`,
    'background:#1b2230;color:#dfe7f3;padding:16px 20px;width:400px;height:200px',
  ),
  at(460, 20, 'Plain words on a card<br>that are set below<br>each other', 'background:#eef2f7;padding:16px'),
  at(
    460,
    140,
    'Words of a note that wrap<br>are no code at all even<br>where letters are even',
    'background:#eef2f7;padding:16px;font:14px/24px "DejaVu Sans Mono"',
  ),
];

const codeOf = (facts: PageFacts): TextLine[] => facts.lines.filter(({ code }) => code !== undefined);

let exact: PageFacts;
let lossy: PageFacts;
beforeAll(async () => {
  const shots = await openPageShots();
  try {
    const shot = await shots.shotOf(head + page.join(''), { width: 760, height: 280 });
    exact = await measure(shot);
    const { data, width, height } = shot.raster;
    const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 80 })
      .toBuffer();
    const decoded = await sharp(jpeg).raw().toBuffer();
    lossy = await measure({ ...shot, raster: { width, height, data: decoded } });
  } finally {
    await shots.close();
  }
}, 60_000);

describe('a block of code', () => {
  it('has its rows and their blanks', () => {
    const written = rows.flatMap((text, row) =>
      text === '' ? [] : [[row, text.length - text.trimStart().length]],
    );
    for (const facts of [exact, lossy])
      expect(codeOf(facts).map(({ code }) => [code?.row, code?.column])).toEqual(written);
  });

  it('is read with its words', () => {
    const read = codeOf(exact).map(({ text }) => text);
    const alike = rows.filter((text) => text !== '' && read.includes(text.trim()));
    expect(alike.length).toBeGreaterThanOrEqual(5);
  });

  it('has the colours of its words', () => {
    const line = codeOf(exact).find(({ text }) => text.startsWith('let'));
    expect(line?.code?.spans).toEqual([
      { start: 0, length: 3, color: [255, 154, 118] },
      { start: 4, length: 8, color: [223, 231, 243] },
    ]);
    const colors = new Set(codeOf(lossy).flatMap(({ code }) => code?.spans.map(({ color }) => color.join())));
    expect(colors.size).toBe(2);
  });

  it('knows prose, also where its letters are of one width', () => {
    for (const facts of [exact, lossy]) expect(codeOf(facts).every(({ box }) => box.x < 440)).toBe(true);
  });

  it('takes perceived words at its own places', () => {
    const line = codeOf(exact).find(({ text }) => text.startsWith('let'));
    const index = exact.lines.findIndex(({ text }) => text === line?.text);
    const [told] = rowsOfCode({ text: 'let summe = 0;', lines: [index], pictures: [] }, exact.lines) ?? [];
    expect(told?.text).toBe('let summe = 0;');
    expect(told?.box).toEqual(line?.box);
    expect(told?.code?.spans.map(({ start, length }) => [start, length])).toEqual([
      [0, 3],
      [4, 10],
    ]);
  });
});

describe('its page', () => {
  it.each(['html', 'html-tailwind', 'vue', 'react'] as const)('keeps its rows in %s', async (target) => {
    const { tree } = planMeasured(exact);
    const { files } = await compileTree(tree, target, { name: 'page', palette: exact.palette });
    const text = files.find(({ role }) => role === 'page')?.content ?? '';
    const [, code = ''] = /<pre[^>]*>([\s\S]*)<\/pre/.exec(text) ?? [];
    const plain = code.replace(/<[^>]*>/g, '');
    if (target === 'react') {
      expect(code.match(/\\n/g)?.length).toBeGreaterThanOrEqual(rows.length - 1);
    } else {
      expect(plain.split('\n')).toHaveLength(rows.length);
      expect(plain.split('\n').map((row) => row.length - row.trimStart().length)).toEqual(
        rows.map((row) => row.length - row.trimStart().length),
      );
    }
    expect(code.match(/<span/g)?.length).toBe(6);
  });
});
