/** What results look like, and what is written of them. */
import { describe, expect, it } from 'vitest';
import { extractAssets } from '../../extension/results/assets.ts';
import { comparisonReport } from '../../extension/results/comparison.ts';
import { freeName, languageOf, looks } from '../../extension/results/languages.ts';
import type { ImageComparison, OutputFile } from '../../shared/index.ts';
import { targets } from '../../shared/start.ts';

describe('the editor of a result', () => {
  it('has the language of its target, or what comes nearest to it', () => {
    const known = ['html', 'xml', 'markdown', 'plaintext', 'typescript', 'typescriptreact'];
    const languages = targets.map((target) => languageOf(target, known));
    expect(languages).toEqual(['html', 'html', 'html', 'typescriptreact', 'xml', 'plaintext']);
    expect(languageOf('vue', [...known, 'vue'])).toBe('vue');
    expect(languageOf('mermaid', [...known, 'mermaid'])).toBe('mermaid');
    expect(languageOf('react', [])).toBe('plaintext');
    expect(looks.react.extension).toBe('tsx');
  });

  it('has the first name that is free', async () => {
    const taken = ['login.html', 'login-2.html'];
    const name = await freeName('login', 'html', async (one) => taken.includes(one));
    expect(name).toBe('login-3.html');
  });
});

describe('a page that was edited', () => {
  const picture = (path: string, content: string): OutputFile => ({
    path,
    mediaType: 'image/png',
    role: 'asset',
    content: Buffer.from(content),
  });
  const data = (content: string): string =>
    `data:image/png;base64,${Buffer.from(content).toString('base64')}`;

  it('is written as it stands, with its pictures as files, without those that are gone', () => {
    const page = { path: 'my shop.html', mediaType: 'text/html', role: 'page', content: 'as made' } as const;
    const style = { path: 'my shop.css', mediaType: 'text/css', role: 'style', content: 'a{}' } as const;
    const one = picture('my shop-assets/one.png', 'one');
    const two = picture('my shop-assets/two.png', 'two');
    const text = `<p>mine</p><img src="${data('one')}"><img src="${data('one')}">`;
    expect(extractAssets(text, [page, style, one, two])).toEqual([
      {
        ...page,
        content: '<p>mine</p><img src="my%20shop-assets/one.png"><img src="my%20shop-assets/one.png">',
      },
      one,
    ]);
  });

  it('keeps the components beside it, with the pictures that only they show', () => {
    const source = (path: string, content: string) =>
      ({ path, mediaType: 'text/x-vue', role: 'page', content }) as const;
    const main = source('Shop.vue', 'as made');
    const card = source('ShopCard.vue', '<img src="shop-assets/one.png">');
    const files = [main, card, picture('shop-assets/one.png', 'one'), picture('shop-assets/two.png', 'two')];
    expect(extractAssets('mine', files, ['ShopCard.vue'])).toEqual([
      { ...main, content: 'mine' },
      card,
      files[2],
    ]);
  });
});

describe('the report of a comparison', () => {
  const facts = { name: 'a.png', width: 10, height: 10, format: 'png', sha256: '' } as const;
  const comparison: ImageComparison = {
    same: false,
    similarity: { structural: 0.9, pixels: 0.9876 },
    regions: [],
    expected: facts,
    actual: facts,
    files: [],
    untrusted: '',
    warnings: [],
    truncated: false,
  };
  const words = {
    title: 'a – b',
    same: 'No visible difference.',
    pixels: 'Pixels alike',
    structure: 'Structure alike',
    place: 'Place',
    weight: 'Weight',
    more: 'There are more.',
  } as const;

  it('tells how alike they are, and each region as an entry of its own whatever its words are', () => {
    const box = { x: 1, y: 2, width: 3, height: 4 };
    const region: ImageComparison['regions'][number] = {
      kind: 'text',
      box,
      weight: 0.5,
      note: '"a | b\n# <img src=x>" is gone',
    };
    const report = comparisonReport({ ...comparison, regions: [region], truncated: true }, words);
    expect(report.split('\n')).toEqual([
      '# a – b',
      '',
      '- Pixels alike: 98.76 %',
      '- Structure alike: 90.00 %',
      '',
      '1. **text**: "a \\| b # \\<img src=x\\>" is gone  ',
      '   Place: 3 × 4 @ 1, 2; Weight: 50.00 %',
      '',
      '> There are more.',
      '',
    ]);
  });

  it('is short where nothing differs', () => {
    expect(comparisonReport({ ...comparison, same: true }, words)).toBe(
      '# a – b\n\nNo visible difference.\n',
    );
  });
});
