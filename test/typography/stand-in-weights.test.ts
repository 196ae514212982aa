/** Weights and styles of lines in a font that is not installed: from stroke thickness, equal for equal lines. */
import { GlobalFonts } from '@napi-rs/canvas';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Family } from '../../shared/facts/typography/faces.ts';
import { fitTypography } from '../../shared/facts/typography/index.ts';
import { type LineSpec, renderLines, testFonts } from '../recogniser/rendered-lines.ts';

const stand: Family[] = [{ name: 'DejaVu Sans', kind: 'sans', han: false, weights: [400, 700] }];
const body = [
  'Linen duvet cover',
  'Oak bedside table',
  'Wool throw',
  'Living room',
  'Kitchen',
  'Bedroom',
  'Furniture',
  'Stoneware mug',
  '€27,768',
  '148',
];
const headings = [
  'Best-selling products',
  'Revenue by week',
  'Where visitors come from',
  'Brightwell',
  '2.7%',
];

beforeAll(() => {
  for (const { path, family } of testFonts) GlobalFonts.registerFromPath(path, family);
});

async function fitted(family: string, bodyWeight: number) {
  const specs: LineSpec[] = [
    ...body.map((text) => ({ text, family, size: 14, weight: bodyWeight })),
    ...headings.map((text) => ({ text, family, size: 16, weight: 700 })),
  ];
  const lines = await renderLines(specs);
  const found = fitTypography(
    lines.map(({ spec, image }) => ({ text: spec.text, image, confidence: 1 })),
    { families: stand },
  );
  return { plain: found.slice(0, body.length), bold: found.slice(body.length) };
}

describe.each(['Test Inter', 'Test Roboto', 'Test Lato'])('a page in %s', (family) => {
  it('is regular with bold headings', async () => {
    const { plain, bold } = await fitted(family, 400);
    expect(plain.map(({ weight }) => weight)).toEqual(body.map(() => 400));
    expect(bold.filter(({ weight }) => weight < 600)).toEqual([]);
  });

  it('has few styles', async () => {
    const { plain, bold } = await fitted(family, 400);
    const styles = new Set([...plain, ...bold].map((one) => JSON.stringify(one)));
    expect(styles.size).toBeLessThanOrEqual(7);
    expect(new Set(plain.map(({ size }) => size)).size).toBeLessThanOrEqual(2);
  });
});

it('takes medium for regular beside bold', async () => {
  const { plain, bold } = await fitted('Test Inter', 500);
  expect(plain.filter(({ weight }) => weight >= 600)).toEqual([]);
  expect(bold.filter(({ weight }) => weight < 600)).toEqual([]);
});
