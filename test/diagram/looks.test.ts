/** How things look that mean something: dashes, columns, diamonds and neighbours of heads, shadows, bars, bold words. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { draftGraph } from '../../shared/facts/diagram/draft.ts';
import { findDrawing, measureDiagramRaster } from '../../shared/facts/diagram/measure.ts';
import { createRecogniser } from '../../shared/facts/recogniser/index.ts';
import type { Raster } from '../../shared/image/index.ts';

async function drawn(width: number, height: number, body: string, background = '#fff'): Promise<Raster> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans" font-size="18"><rect width="100%" height="100%" fill="${background}"/>${body}</svg>`;
  const { data } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width, height, data: new Uint8Array(data) };
}

const pen = 'stroke="#333" stroke-width="2"';
const rect = (x: number, y: number, w: number, h: number, more = 'fill="#eef"'): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" ${pen} ${more}/>`;
const text = (words: string, x: number, y: number, more = ''): string =>
  `<text x="${x}" y="${y}" fill="#222" ${more}>${words}</text>`;
const line = (d: string, more = ''): string => `<path d="${d}" fill="none" ${pen} ${more}/>`;
const solid = (d: string): string => `<path d="${d}" fill="#333"/>`;

describe('dashes', () => {
  it('tell dashed shapes from plain ones, filled or not', async () => {
    const dash = 'stroke-dasharray="7 5"';
    const { outlines } = findDrawing(
      await drawn(
        700,
        160,
        `${rect(30, 40, 160, 80)}${rect(260, 40, 160, 80, `fill="#efe" ${dash}`)}<ellipse cx="570" cy="80" rx="90" ry="45" fill="none" ${pen} ${dash}/>`,
      ),
      0,
    );
    const left = outlines.toSorted((a, b) => a.box.x - b.box.x);
    expect(left.map(({ shape, dashed }) => [shape, dashed ?? false])).toEqual([
      ['rectangle', false],
      ['rectangle', true],
      ['ellipse', true],
    ]);
  });

  it('make a frame around shapes, where lines cross it too', async () => {
    const frame = rect(30, 30, 300, 260, 'fill="none" stroke-dasharray="10 7"');
    const body = `${frame}${rect(70, 90, 140, 60)}${rect(70, 200, 140, 60)}${rect(430, 90, 140, 60)}${line('M210 120 H420')}${solid('M430 120 l-12 -6 v12z')}${line('M140 150 V190')}${solid('M140 200 l-6 -12 h12z')}`;
    const { outlines, containers, connectors } = findDrawing(await drawn(620, 320, body), 0);
    const [container] = containers;
    expect(containers.size).toBe(1);
    expect(outlines[container ?? -1]).toMatchObject({ dashed: true, shape: 'rectangle' });
    expect(outlines).toHaveLength(4);
    expect(connectors.map(({ toHead }) => toHead)).toEqual(['arrow', 'arrow']);
  });
});

describe('ends of lines', () => {
  it('tell a diamond, filled or hollow, from arrows', async () => {
    const body = `${rect(30, 30, 140, 60)}${rect(400, 30, 140, 60)}${rect(30, 190, 140, 60)}${rect(400, 190, 140, 60)}${line('M190 60 H400')}${solid('M170 60 l11 -7 l11 7 l-11 7z')}${line('M192 220 H400')}<path d="M170 220 l11 -7 l11 7 l-11 7z" fill="#fff" ${pen}/>${line('M470 90 V180')}${solid('M470 190 l-7 -13 h14z')}`;
    const { connectors } = findDrawing(await drawn(580, 280, body), 0);
    const heads = connectors.map(({ fromHead, toHead }) => [fromHead, toHead].toSorted().join(' '));
    expect(heads.toSorted()).toEqual(['arrow none', 'diamond none', 'diamond-filled none']);
  });

  it('two heads side by side are two', async () => {
    const head = (x: number, y: number, angle: number): string =>
      `<path d="M0 0 l-14 -6 v12z" fill="#333" transform="translate(${x} ${y}) rotate(${angle})"/>`;
    const body = `${rect(30, 30, 120, 60)}${rect(30, 300, 120, 60)}${rect(500, 80, 120, 60)}${line('M150 60 L490 100')}${head(499, 101, 6.7)}${line('M150 320 L490 122')}${head(499, 117, -30)}`;
    const { connectors } = findDrawing(await drawn(660, 400, body), 0);
    expect(connectors.map(({ toHead }) => toHead)).toEqual(['arrow', 'arrow']);
  });
});

it('words below an icon are its own, and a head above shoulders is a person', async () => {
  const icon = (x: number, fill: string): string =>
    `<rect x="${x}" y="60" width="60" height="60" fill="${fill}"/><rect x="${x + 15}" y="75" width="30" height="30" fill="none" stroke="#fff" stroke-width="3"/>`;
  const person = `<circle cx="90" cy="70" r="18" fill="none" ${pen}/><path d="M58 130a32 32 0 0 1 64 0z" fill="none" ${pen}/>`;
  const body = `${person}${text('User', 70, 155)}${icon(300, '#ed7100')}${text('Web server', 282, 145)}${icon(300, '#c925d1').replaceAll('y="60"', 'y="240"').replaceAll('y="75"', 'y="255"')}${text('Data', 310, 325)}${line('M130 90 H290')}${solid('M300 90 l-12 -6 v12z')}${line('M330 155 V230')}${solid('M330 240 l-6 -12 h12z')}`;
  const { outlines, connectors } = findDrawing(await drawn(480, 350, body), 0);
  const shapes = outlines.map(({ shape, caption }) => [shape, caption !== undefined]);
  expect(shapes.filter(([shape]) => shape === 'actor')).toHaveLength(1);
  expect(shapes.filter(([, hasCaption]) => hasCaption)).toHaveLength(2);
  expect(outlines).toHaveLength(3);
  const names = connectors.map(({ from, to }) => [outlines[from]?.box.y, outlines[to]?.box.y]);
  expect(names.some(([from, to]) => (from ?? 0) < 100 && (to ?? 0) > 200)).toBe(true);
  expect(connectors).toHaveLength(2);
});

it('lanes may begin behind one head for all of them', async () => {
  const pool = `${rect(30, 30, 560, 300, 'fill="#fff"')}${line('M64 30 V330 M64 180 H590')}`;
  const body = `${pool}${rect(110, 70, 130, 60)}${rect(330, 220, 130, 60)}${text('Ask', 155, 107)}${text('Answer', 360, 257)}${line('M240 100 H395 V210')}${solid('M395 220 l-6 -12 h12z')}`;
  const { outlines } = findDrawing(await drawn(620, 360, body), 0);
  expect(outlines.filter(({ shape }) => shape === 'swimlane')).toHaveLength(2);
});

it('a shadow is no line, and a shape of its own kind is one all the same', async () => {
  const shadow = '<filter id="s"><feDropShadow dx="2" dy="3" stdDeviation="2" flood-opacity=".3"/></filter>';
  const wave = `<path d="M330 40h180v70q-45 24 -90 0t-90 0z" fill="#fff" ${pen}/>`;
  const shapes = `${rect(40, 40, 180, 70, 'fill="#fff" rx="6"')}${wave}<path d="M130 170l90 55l-90 55l-90 -55z" fill="#fff" ${pen}/>`;
  const body = `${shadow}<g filter="url(#s)">${shapes}</g>${text('Check', 100, 80)}${text('Report', 390, 75)}${text('Late?', 105, 231)}${line('M220 75 H320')}${solid('M330 75 l-12 -6 v12z')}${line('M130 110 V160')}${solid('M130 170 l-6 -12 h12z')}`;
  const { outlines, connectors } = findDrawing(await drawn(560, 320, body, '#f8f9fb'), 0);
  expect(outlines.map(({ shape }) => shape).toSorted()).toEqual(['diamond', 'document', 'rounded']);
  expect(connectors).toHaveLength(2);
});

it('the bars of a lifeline and the frames of alternatives are neither shapes nor messages', async () => {
  const lifeline = (x: number): string =>
    `${rect(x - 120, 40, 240, 88)}<path d="M${x} 128 V920" stroke="#888" stroke-width="2" stroke-dasharray="10 10"/>`;
  const bar = rect(808, 220, 24, 240, 'fill="#fff"');
  const message = (y: number, to: number): string =>
    `${line(`M240 ${y} H${to - 20}`)}${solid(`M${to} ${y} l-22 -10 v20z`)}`;
  const back = `${line('M808 460 H260', 'stroke-dasharray="12 8"')}${solid('M242 460 l22 -10 v20z')}`;
  const frame = `${rect(100, 540, 860, 340, 'fill="none"')}${line('M100 700 H960', 'stroke-dasharray="12 8"')}${text('[found]', 420, 590)}`;
  const body = `${lifeline(240)}${lifeline(820)}${bar}${message(224, 808)}${back}${frame}${message(640, 820)}${message(800, 820)}`;
  const { outlines, connectors } = findDrawing(await drawn(1120, 1000, body), 0);
  expect(outlines.map(({ shape }) => shape).toSorted()).toEqual(['lifeline', 'lifeline', 'rectangle']);
  expect(connectors.map(({ fromHead, toHead }) => [fromHead, toHead].toSorted().join(' '))).toEqual(
    Array.from({ length: 4 }, () => 'arrow none'),
  );
});

it('words keep their weight and their side, a table its columns, a character its parts', async () => {
  const reader = await createRecogniser();
  try {
    const table = `${rect(40, 260, 200, 90, 'fill="#fff"')}${line('M40 290 H240')}${line('M40 320 H240')}${line('M90 290 V350')}${text('Order', 110, 282)}${text('PK', 50, 312)}${text('id', 110, 312)}${text('FK', 50, 342)}${text('buyer', 110, 342)}`;
    const frame = `${rect(300, 30, 330, 320, 'fill="none"')}${text('Cloud', 312, 56, 'font-weight="bold"')}${rect(360, 120, 200, 70)}${text('Plain words', 405, 161)}`;
    const body = `${rect(40, 40, 200, 150)}${text('Left note', 52, 66)}${table}${frame}${line('M240 230 H300')}`;
    const picture = await drawn(660, 380, body);
    const signal = new AbortController().signal;
    const facts = await measureDiagramRaster(picture, { reader, signal, progress: () => {} });
    const { nodes } = draftGraph(facts);
    const find = (label: string) => nodes.find((node) => node.label === label);
    expect(find('Left note')).toMatchObject({ align: 'left', verticalAlign: 'top' });
    expect(find('Cloud')).toMatchObject({ align: 'left', bold: true });
    expect(find('Plain words')?.bold).toBeUndefined();
    expect(find('Plain words')?.align).toBeUndefined();
    expect(find('Order')?.rows?.map(({ cells }) => cells)).toEqual([
      ['PK', 'id'],
      ['FK', 'buyer'],
    ]);
  } finally {
    await reader.close?.();
  }
});
