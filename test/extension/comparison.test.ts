/** What a comparison says in Markdown, and which addresses are understood. */
import { describe, expect, it } from 'vitest';
import { addressOf } from '../../extension/commands/typed-address.ts';
import { comparisonReport } from '../../extension/results/comparison.ts';

describe('a comparison', () => {
  it('shows colours as code, and words of pictures as they are', () => {
    const size = { width: 1, height: 1 };
    const picture = { name: 'a.png', format: 'png', ...size, sha256: '' } as const;
    const report = comparisonReport(
      {
        same: false,
        similarity: { structural: 0.5, pixels: 0.25 },
        regions: [
          {
            kind: 'colour',
            box: { x: 1, y: 2, width: 3, height: 4 },
            weight: 0.1,
            note: '#ffffff became #3060C0',
          },
          { kind: 'text', box: { x: 1, y: 2, width: 3, height: 4 }, weight: 0.1, note: 'a | <b> *c* #1' },
        ],
        expected: picture,
        actual: picture,
        files: [],
        untrusted: '',
        warnings: [],
        truncated: false,
      },
      { title: 'a', same: '', pixels: 'P', structure: 'S', place: 'p', weight: 'w', more: '' },
    );
    expect(report).toContain(': `#ffffff` became `#3060C0` ');
    expect(report).toContain(': a \\| \\<b\\> \\*c\\* #1 ');
  });
});

describe('a typed address', () => {
  it.each([
    ['localhost:3000', 'http://localhost:3000/'],
    [' 127.0.0.1:8080/app ', 'http://127.0.0.1:8080/app'],
    ['example.com/a', 'https://example.com/a'],
    ['http://example.com', 'http://example.com/'],
    ['file:///etc/passwd', undefined],
    ['javascript:alert(1)', undefined],
    ['two words', undefined],
    ['', undefined],
  ])('%s is %s', (typed, meant) => {
    expect(addressOf(typed)?.href).toBe(meant);
  });
});
