/** What a page is turned into on its way into somebody else's file. */
import { transformSync } from 'esbuild';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { pageFragment } from '../../../shared/compose/fragment/index.ts';

const page = (body: string): string => `<!doctype html><html><head></head><body>${body}</body></html>`;
const css = `:root {
  --page: #fff;
}
h1,
h2 {
  margin: 0;
}
legend {
  padding: 0;
}
@media (prefers-reduced-motion: no-preference) {
  select {
    transition: none;
  }
}
body {
  color: var(--page);
}
.card {
  color: red;
}
@media (max-width: 600px) {
  body {
    padding: 0;
  }
}
`;

/** JSX as React writes it. */
function rendered(markup: string, pictures: Record<string, string> = {}): string {
  const { code } = transformSync(`result = (${markup});`, { loader: 'tsx', jsxFactory: 'createElement' });
  // The code is what this test is about; it was made a line above.
  const run = new Function(
    'createElement',
    'pictures',
    `with (pictures) { let result; ${code} return result; }`,
  );
  return renderToStaticMarkup(run(createElement, pictures));
}

describe('the style sheet', () => {
  it('stands in the class, without what does not occur', async () => {
    const fragment = await pageFragment(
      { html: page('<h1 class="card">A</h1>'), css },
      { name: 'a', language: 'html' },
    );
    expect(fragment.css).toBe(`.a {
  box-sizing: border-box;
  --page: #fff;
  color: var(--page);

  h1 {
    margin: 0;
  }
  .card {
    color: red;
  }
  @media (max-width: 600px) {
    & {
      padding: 0;
    }
  }
}`);
  });

  it('is taken out of a page that holds it', async () => {
    const html = `<html><head><style>${css}</style></head><body><h2>B</h2></body></html>`;
    expect((await pageFragment({ html }, { name: 'b', language: 'html' })).css).toContain('h2 {');
  });
});

describe('markup', () => {
  it('has no second main part, and stays HTML', async () => {
    const html = page('<main class="content"><p>1 &lt; 2 and &amp;lt;</p></main>');
    const { markup } = await pageFragment({ html, css }, { name: 'a', language: 'html' });
    expect(markup).toBe(
      '<section class="a">\n  <div class="content"><p>1 &lt; 2 and &amp;lt;</p></div>\n</section>',
    );
  });

  it('refers to pictures as Vue’s build does', async () => {
    const html = page('<img src="a-assets/icon-1.png" alt=""><img src="data:image/png;base64,AA==" alt="">');
    const { markup } = await pageFragment({ html, css }, { name: 'a', language: 'vue' });
    expect(markup).toContain('src="./a-assets/icon-1.png"');
    expect(markup).toContain('src="data:image/png;base64,AA=="');
  });
});

describe('JSX', () => {
  it('renders to the same HTML, whatever the words are', async () => {
    const body = `<p style="color: red; background: url(x;y)">{a} &amp;amp; "b" \\n <b>c</b> d&nbsp;<i>e</i></p>
      <label for="x">L</label><input id="x" value="{v}" checked tabindex="0" aria-label='"q"' readonly>
      <svg viewBox="0 0 2 2" stroke-width="2"><path d="M0 0"></path></svg><pre>one
  two</pre><a href="#" data-x="">f</a>`;
    const { markup } = await pageFragment({ html: page(body), css }, { name: 'a', language: 'jsx' });
    expect(rendered(markup)).toBe(
      '<section class="a"><p style="color:red;background:url(x;y)">{a} &amp;amp; &quot;b&quot; \\n <b>c</b> d\u00a0<i>e</i></p>' +
        '<label for="x">L</label><input id="x" tabindex="0" aria-label="&quot;q&quot;" readOnly="" checked="" value="{v}"/> ' +
        '<svg viewBox="0 0 2 2" stroke-width="2"><path d="M0 0"></path></svg><pre>one\n  two</pre><a href="#" data-x="">f</a></section>',
    );
  });

  it('imports each picture once, under a name that is free', async () => {
    const html = page('<img src="a-assets/icon-1.png" alt=""><img src="a-assets/icon-1.png" alt="">');
    const { markup, imports } = await pageFragment(
      { html, css },
      { name: 'a', language: 'jsx', taken: ['aIcon1'] },
    );
    expect(imports).toEqual([{ name: 'aIcon12', path: 'a-assets/icon-1.png' }]);
    expect(rendered(markup, { aIcon12: 'x.png' }).match(/src="x\.png"/g)).toHaveLength(2);
  });
});
