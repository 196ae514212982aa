/** Repair changes structure and nothing else. */
import { describe, expect, it } from 'vitest';
import { closeCss } from '../../../shared/compose/direct/close-css.ts';
import { repairPage } from '../../../shared/compose/direct/repair.ts';

const repair = (html: string, closed = false, styles: string[] = []) =>
  repairPage({ html, styles, leftOut: [], closed });

describe('structure', () => {
  it('a whole page stays as it is', () => {
    const html =
      '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A</title></head><body><ul><li>1<li>2</ul><svg viewBox="0 0 1 1"><path d="M0 0"/></svg><br></body></html>';
    const repaired = repair(html, true);
    expect(repaired.html).toBe(
      html
        .replace('<li>1<li>2</ul>', '<li>1</li><li>2</li></ul>')
        .replace('<path d="M0 0"/>', '<path d="M0 0"></path>'),
    );
    expect(repaired.leftOpen).toBe(0);
  });

  it('a fragment gets document type, head, encoding, body', () => {
    expect(repair('<p>你好</p>', true).html).toBe(
      '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><p>你好</p></body></html>',
    );
  });

  it('elements that were cut off are closed, a half tag is dropped', () => {
    const repaired = repair(
      '<!doctype html><body><div class="a"><section><h1>Title</h1><p>Text <b>bold</b> and <a hre',
    );
    expect(repaired.html).toMatch(
      /<body><div class="a"><section><h1>Title<\/h1><p>Text <b>bold<\/b> and <\/p><\/section><\/div><\/body>/,
    );
    expect(repaired.leftOpen).toBe(2);
  });

  it('a style sheet that was cut off ends with its last declaration', () => {
    const repaired = repair('<!doctype html><head><style>p { color: red; } @media (x) { a { margin: 0; pad');
    expect(repaired.html).toContain('<style>p { color: red; } @media (x) { a { margin: 0;\n}\n}\n</style>');
  });

  it('a script that was cut off is dropped, a whole one is kept', () => {
    const whole = '<script>f(1)</script>';
    expect(repair(`<body><p>A</p>${whole}<script>if (a`).html).toContain(`<p>A</p>${whole}</body>`);
  });

  it('the mark of who made it', () => {
    const { html } = repairPage(
      { html: '<p>A</p>', styles: [], leftOut: [], closed: true },
      'pixelwright 1.0.0',
    );
    expect(html).toContain(
      '<head><meta charset="utf-8"><meta name="generator" content="pixelwright 1.0.0"></head>',
    );
  });

  it('style sheets of their own replace the link to them', () => {
    const html =
      '<html><head><link rel="stylesheet" href="style.css"><link rel="stylesheet" href="https://a.example/b.css"></head><body>A</body></html>';
    const repaired = repair(html, true, ['p { color: red }']).html;
    expect(repaired).not.toContain('style.css');
    expect(repaired).toContain('href="https://a.example/b.css"');
    expect(repaired).toContain('<style>p { color: red }</style></head>');
  });

  it.each([
    '<html><body>  </body></html>',
    '<style>p { color: red }</style>',
    '<body><script>f()</script></body>',
  ])('nothing to see in %s', (html) => expect(repair(html, true).empty).toBe(true));
});

it('references: what loads from the network, what is missing, and what is neither', () => {
  const { references } = repair(
    `<!doctype html><head>
      <link rel="stylesheet" href="https://cdn.example/tailwind.css">
      <style>@import "theme.css"; body { background: url('//img.example/b.png') } i { background: url(data:image/png;base64,AA==) }</style>
      <script src="https://cdn.example/app.js"></script></head>
     <body><a href="https://example.org/">link</a><a href="#top">top</a>
      <img src="hero.jpg"><img src="data:image/png;base64,AA==,b"><img src="">
      <img srcset="a.png 1x, https://img.example/c.png 2x"><div style="background:url(hero.jpg)"></div>
      <svg><use href="#icon"/><image href="logo.svg"/></svg><video poster="p.jpg"></video></body>`,
    true,
  );
  expect(references).toEqual([
    { kind: 'remote', url: 'https://cdn.example/tailwind.css', by: 'link' },
    { kind: 'missing', url: 'theme.css', by: 'css' },
    { kind: 'remote', url: '//img.example/b.png', by: 'css' },
    { kind: 'remote', url: 'https://cdn.example/app.js', by: 'script' },
    { kind: 'missing', url: 'hero.jpg', by: 'img' },
    { kind: 'missing', url: 'a.png', by: 'img' },
    { kind: 'remote', url: 'https://img.example/c.png', by: 'img' },
    { kind: 'missing', url: 'logo.svg', by: 'image' },
    { kind: 'missing', url: 'p.jpg', by: 'video' },
  ]);
});

const css = `:root { --a: #fff; } /* { */ .b::before { content: "}\\""; color: red; }
@media (min-width: 1px) { .c { margin: 0; } .d { background: url('x;y{'); } }
`;

it('a style sheet cut anywhere has as many closing as opening braces, and only whole declarations', () => {
  for (let end = 0; end <= css.length; end += 1) {
    const closed = closeCss(css.slice(0, end));
    const bare = closed.replace(/\/\*[\s\S]*?\*\/|"(\\.|[^"\\])*"|'[^']*'/g, '');
    expect(bare.split('{'), css.slice(0, end)).toHaveLength(bare.split('}').length);
    expect(bare.replace(/[\s}]+$/, ''), css.slice(0, end)).toMatch(/^$|[;{]$/);
  }
});
