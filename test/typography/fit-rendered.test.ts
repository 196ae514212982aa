/** Lines set by Chromium in fonts that are installed: family, size, weight, slant and spacing come back. */
import { GlobalFonts } from '@napi-rs/canvas';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Family } from '../../shared/facts/typography/faces.ts';
import { fitTypography } from '../../shared/facts/typography/index.ts';
import { type LineSpec, type RenderedLine, renderLines, testFonts } from '../recogniser/rendered-lines.ts';

const families: Family[] = [
  { name: 'Test Roboto', kind: 'sans', han: false, weights: [400, 500, 700] },
  { name: 'Test Lato', kind: 'sans', han: false, weights: [400, 700] },
  { name: 'Test Serif', kind: 'serif', han: false, weights: [400, 700] },
  { name: 'Test Mono', kind: 'mono', han: false, weights: [400] },
];

const specs: LineSpec[] = [
  { text: 'Monthly report for the northern region', size: 32, weight: 700 },
  { text: 'Everything you need to ship faster', size: 14 },
  { text: 'Invite a colleague', size: 14, weight: 700 },
  { text: 'Save changes', size: 14, weight: 700, color: '#ffffff', background: '#2563eb' },
  { text: 'Last updated 3 minutes ago', size: 12, color: '#6b7280' },
  { text: 'Total: $4,321.50', size: 20, weight: 700 },
  { text: 'Free shipping on orders over $50', size: 16 },
  { text: 'Forgot your password?', size: 13, color: '#e5e7eb', background: '#111827' },
  { text: 'Active users', size: 18, weight: 700 },
  { text: 'per user, billed annually', size: 12 },
  { text: 'Name', size: 14, weight: 700 },
  { text: 'Unlimited projects', size: 15.5 },
].map((spec) => ({ family: 'Test Roboto', ...spec }));

beforeAll(() => {
  for (const { path, family } of testFonts) GlobalFonts.registerFromPath(path, family);
});

const typographyOf = (lines: readonly RenderedLine[], pixelRatio = 1) =>
  fitTypography(
    lines.map(({ spec, image }) => ({ text: spec.text, image, confidence: 1 })),
    { families, pixelRatio },
  );

describe('text in an installed font', () => {
  it('gives family, size and weight back from a clean screenshot', async () => {
    const fitted = typographyOf(await renderLines(specs));
    expect(fitted.map(({ family, size }) => ({ family, size }))).toEqual(
      specs.map(({ size }) => ({ family: 'Test Roboto', size })),
    );
    expect(fitted.map(({ weight }) => weight >= 600)).toEqual(specs.map(({ weight = 400 }) => weight >= 600));
    expect(fitted.every(({ letterSpacing, italic }) => letterSpacing === 0 && !italic)).toBe(true);
  });

  it.each([
    ['JPEG of quality 80', { jpegQuality: 80 }, 1],
    ['80 % of the size', { scale: 0.8 }, 0.8],
    ['device pixel ratio 2', { pixelRatio: 2 }, 1],
  ] as const)('is within 5 %% of the size in a %s', async (_name, options, scale) => {
    const fitted = typographyOf(
      await renderLines(specs, options),
      'pixelRatio' in options ? options.pixelRatio : 1,
    );
    const wrong = fitted.filter(({ family, size, weight }, index) => {
      const spec = specs[index];
      if (spec === undefined) return true;
      const sizeIsRight = Math.abs(size / (spec.size * scale) - 1) <= 0.05;
      return family !== 'Test Roboto' || !sizeIsRight || weight >= 600 !== (spec.weight ?? 400) >= 600;
    });
    expect(wrong).toEqual([]);
  });

  it('finds a second family, and leaves the short lines to the first', async () => {
    const mixed: LineSpec[] = [
      ...specs,
      { text: 'const total = items.length;', size: 14, family: 'Test Mono' },
      { text: 'npm install --save-exact', size: 13, family: 'Test Mono' },
      { text: 'return await fetch(address)', size: 13, family: 'Test Mono' },
      { text: 'OK', size: 14, family: 'Test Roboto' },
    ];
    const fitted = typographyOf(await renderLines(mixed));
    expect(fitted.map(({ family }) => family)).toEqual(mixed.map(({ family }) => family));
    expect(fitted.map(({ kind }) => kind).slice(-4)).toEqual(['mono', 'mono', 'mono', 'sans']);
  });

  it('tells serif from sans by the page, not by the line', async () => {
    const serif = specs.map((spec) => ({ ...spec, family: 'Test Serif' }));
    const fitted = typographyOf(await renderLines(serif));
    expect(new Set(fitted.map(({ family }) => family))).toEqual(new Set(['Test Serif']));
  });

  it('finds slanted lines', async () => {
    const slanted = specs.map((spec, index) => ({ ...spec, italic: index % 3 === 1 }));
    const fitted = typographyOf(await renderLines(slanted));
    expect(fitted.map(({ italic }) => italic)).toEqual(slanted.map(({ italic }) => italic));
  });

  it('answers for lines without text or ink, too', () => {
    const empty = { ink: new Uint8Array(200), width: 20, height: 10 };
    const [first] = fitTypography([{ text: '', image: empty, confidence: 0 }], { families });
    expect(first).toMatchObject({ kind: 'sans', family: 'Test Roboto', size: 14, letterSpacing: 0 });
    expect(fitTypography([], { families })).toEqual([]);
  });
});
