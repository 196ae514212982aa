/** Lines that cross aslant, or leave one place together: each goes on as it was drawn; corners and bars of shapes. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { findDrawing } from '../../shared/facts/diagram/measure.ts';
import type { Raster } from '../../shared/image/index.ts';

async function drawn(width: number, height: number, body: string): Promise<Raster> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${body}</svg>`;
  const { data } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width, height, data: new Uint8Array(data) };
}

const box = (x: number, y: number, radius = 0): string =>
  `<rect x="${x}" y="${y}" width="160" height="70" rx="${radius}" fill="#eef" stroke="#333" stroke-width="2"/>`;

/** A line with a head at its second end. */
function arrow(x1: number, y1: number, x2: number, y2: number): string {
  const angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  return `<path d="M${x1} ${y1} L${x2} ${y2}" stroke="#333" stroke-width="2"/><path d="M0 0 l-12 -5 v10 z" fill="#333" transform="translate(${x2} ${y2}) rotate(${angle})"/>`;
}

/** Places from left to right, then from top to bottom, of what each connector joins. */
async function joined(body: string, height: number): Promise<string[]> {
  const { outlines, connectors } = findDrawing(await drawn(800, height, body), 0);
  const order = outlines.toSorted((a, b) => a.box.x - b.box.x || a.box.y - b.box.y);
  const name = (index: number): string => {
    const outline = outlines[index];
    return outline === undefined ? '?' : String(order.indexOf(outline));
  };
  expect(outlines.every(({ shape }) => shape === 'rectangle')).toBe(true);
  return connectors
    .map(({ from, to, toHead }) => {
      const ends = [name(from), name(to)];
      return (toHead === 'none' ? ends.toSorted() : ends).join(` ${toHead} `);
    })
    .toSorted();
}

describe('lines that cross', () => {
  it('at a flat angle go straight on', async () => {
    const boxes = [box(20, 20), box(20, 220), box(620, 20), box(620, 220)].join('');
    expect(await joined(`${boxes}${arrow(181, 55, 619, 255)}${arrow(181, 255, 619, 55)}`, 320)).toEqual([
      '0 arrow 3',
      '1 arrow 2',
    ]);
  });

  it('close no shape in, though they and a third one enclose a triangle', async () => {
    const boxes = [box(20, 20), box(20, 220), box(620, 20), box(620, 220)].join('');
    const lines = `${arrow(181, 55, 619, 245)}${arrow(181, 245, 619, 55)}${arrow(619, 262, 181, 262)}`;
    expect(await joined(`${boxes}${lines}`, 320)).toEqual(['0 arrow 3', '1 arrow 2', '3 arrow 1']);
  });

  it('and lines that leave one place are all connectors', async () => {
    const boxes = [box(20, 220), box(620, 20), box(620, 220), box(620, 420)].join('');
    const lines = [55, 255, 455].map((y) => arrow(181, 255, 619, y)).join('');
    expect(await joined(`${boxes}${lines}`, 520)).toEqual(['0 arrow 1', '0 arrow 2', '0 arrow 3']);
  });

  it('but a trunk has branches to both sides, and straight ahead', async () => {
    const boxes = [box(320, 20), box(20, 220), box(320, 220), box(620, 220)].join('');
    const line = (way: string): string => `<path d="${way}" fill="none" stroke="#333" stroke-width="2"/>`;
    const tree = `${line('M400 90 V220')}${line('M100 220 V155 H700 V220')}`;
    expect(await joined(`${boxes}${tree}`, 320)).toEqual(['0 none 1', '1 none 2', '1 none 3']);
    const cross = `${line('M400 90 V220')}${line('M180 155 H620')}`;
    const beside = [box(320, 20), box(20, 120), box(320, 220), box(620, 120)].join('');
    expect(await joined(`${beside}${cross}`, 320)).toEqual(['0 none 3', '1 none 2']);
  });

  it('or end at a lifeline keep their heads', async () => {
    const lifeline = (x: number): string =>
      `${box(x, 20)}<path d="M${x + 80} 90 V400" stroke="#888" stroke-width="2" stroke-dasharray="8 6"/>`;
    const open = (x1: number, x2: number, y: number): string => {
      const back = x2 > x1 ? -12 : 12;
      return `<path d="M${x1} ${y} H${x2} m${back} -7 l${-back} 7 l${back} 7" fill="none" stroke="#333" stroke-width="2"/>`;
    };
    const body = `${[20, 320, 620].map(lifeline).join('')}${open(100, 400, 160)}${open(400, 100, 230)}${open(400, 700, 300)}`;
    const { outlines, connectors } = findDrawing(await drawn(800, 420, body), 0);
    const name = (index: number): string => `${Math.round((outlines[index]?.box.x ?? 0) / 300)}`;
    const found = connectors.map(({ from, to, toHead }) => [name(from), name(to), toHead].join(' '));
    expect(found.toSorted()).toEqual(['0 1 open', '1 0 open', '1 2 open']);
  });
});

describe('shapes', () => {
  it('have the radius of their corners, half of the height where they are pills', async () => {
    const body = `${box(20, 20)}${box(220, 20, 8)}${box(420, 20, 16)}${box(620, 20, 35)}`;
    const { outlines } = findDrawing(await drawn(800, 110, body), 0);
    const found = outlines.toSorted((a, b) => a.box.x - b.box.x);
    expect(found.map(({ shape }) => shape)).toEqual(['rectangle', 'rounded', 'rounded', 'rounded']);
    for (const [index, radius] of [8, 16, 35].entries()) {
      const share = (found[index + 1]?.radius ?? 0) / (found[index + 1]?.box.height ?? 1);
      expect(Math.abs(share - radius / 72)).toBeLessThan(0.05);
    }
  });

  it('with a bar for their title have the colours of both parts', async () => {
    const table = `<rect x="40" y="40" width="240" height="40" fill="#cfe2ff"/><rect x="40" y="80" width="240" height="120" fill="#fffbe6"/><path d="M40 80 h240 M40 120 h240 M40 160 h240" stroke="#333" stroke-width="2"/><rect x="40" y="40" width="240" height="160" fill="none" stroke="#333" stroke-width="2"/>`;
    const { outlines } = findDrawing(await drawn(800, 240, table), 0);
    const hex = (color: number | undefined) => color?.toString(16).padStart(6, '0');
    expect(outlines.map(({ fill, bodyFill }) => [hex(fill), hex(bodyFill)])).toEqual([['cfe2ff', 'fffbe6']]);
  });
});

describe('words without an outline', () => {
  it('are what lines end at, also where two of them leave one place', async () => {
    const word = (text: string, y: number): string =>
      `<text x="520" y="${y}" font-size="18" font-family="sans-serif" fill="#222">${text}</text>`;
    const twig = (y: number): string =>
      `<path d="M181 155 C 320 155 320 ${y} 500 ${y}" fill="none" stroke="#c33" stroke-width="2"/>`;
    const body = `${box(20, 120, 12)}${twig(60)}${twig(250)}${word('Cloud', 66)}${word('On-site', 256)}${word('A title', 20)}`;
    const { outlines, connectors } = findDrawing(await drawn(800, 320, body), 0);
    const shapes = outlines.map(({ shape }) => shape);
    expect(shapes.toSorted()).toEqual(['rounded', 'text', 'text']);
    const ends = connectors.map(({ from, to, fromHead, toHead }) => [
      [shapes[from], shapes[to]].toSorted(),
      fromHead,
      toHead,
    ]);
    expect(ends).toEqual([
      [['rounded', 'text'], 'none', 'none'],
      [['rounded', 'text'], 'none', 'none'],
    ]);
  });
});
