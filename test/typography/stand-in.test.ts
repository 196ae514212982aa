/** Lines in a font that is not installed: the stand-in is set so that the ink keeps its width. */
import { GlobalFonts } from '@napi-rs/canvas';
import { beforeAll, describe, expect, it } from 'vitest';
import { inkBox } from '../../shared/facts/recogniser/line-image.ts';
import type { Family } from '../../shared/facts/typography/faces.ts';
import { fitTypography } from '../../shared/facts/typography/index.ts';
import { type LineSpec, renderLines, testFonts } from '../recogniser/rendered-lines.ts';

const stand: Family[] = [{ name: 'Test Roboto', kind: 'sans', han: false, weights: [400, 700] }];
const texts = [
  'Monthly report for the region',
  'Everything you need to ship faster',
  'Invite a colleague',
  'Last updated 3 minutes ago',
  'Free shipping on orders',
  'Forgot your password?',
  'Active users',
  'billed annually',
];

beforeAll(() => {
  for (const { path, family } of testFonts) GlobalFonts.registerFromPath(path, family);
});

describe.each(['Test Lato', 'Test Inter'])('text in %s, which is not installed', (family) => {
  it('keeps its width when a browser sets it in the stand-in', async () => {
    const specs: LineSpec[] = texts.map((text, index) => ({
      text,
      family,
      size: [14, 16, 20, 28][index % 4] ?? 14,
    }));
    const lines = await renderLines(specs);
    const fitted = fitTypography(
      lines.map(({ spec, image }) => ({ text: spec.text, image, confidence: 1 })),
      { families: stand },
    );
    const again = await renderLines(
      fitted.map(({ size, ...rest }, index) => ({ ...rest, size, text: texts[index] ?? '' })),
    );
    for (const [index, { image, spec }] of again.entries()) {
      const wanted = inkBox(lines[index]?.image ?? image)?.width ?? 0;
      const got = inkBox(image)?.width ?? 0;
      expect(Math.abs(got / wanted - 1), spec.text).toBeLessThan(0.03);
    }
  });
});
