/** Whatever the tree, the page is valid HTML, holds all of its words, and nothing in it runs. */
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { compileTree } from '../../shared/compose/compile.ts';
import { elementsOf, type HtmlElement } from '../../shared/compose/html/element.ts';
import { documentText } from '../../shared/compose/html/markup.ts';
import { styleSheet } from '../../shared/compose/html/style-sheet.ts';
import { pageElements } from '../../shared/compose/page-elements.ts';
import { cleanText } from '../../shared/facts/layout/clean-text.ts';
import type { UiNode, UiTree } from '../../shared/ui-tree.ts';
import { randomTree } from './random-tree.ts';

const runs = 1000;
const trees = fc.sample(randomTree, { numRuns: runs, seed: 42 });

interface Built {
  readonly html: string;
  readonly body: HtmlElement;
}

/** The page before it is formatted, style inside. */
function build(tree: UiTree): Built {
  const { body, context, title } = pageElements(tree, 'page');
  const inlineCss = styleSheet({ body, background: tree.background, palette: [], context });
  return { html: documentText({ language: tree.language, title, name: 'page', body, inlineCss }), body };
}

/** What a formatter takes for the beginning of a framework's expression. */
const braces: UiTree = {
  width: 400,
  height: 100,
  language: 'en',
  background: [255, 255, 255],
  root: {
    kind: 'page',
    box: { x: 0, y: 0, width: 400, height: 100 },
    children: [{ kind: 'input', text: '{{ a \\', box: { x: 10, y: 10, width: 200, height: 40 } }],
  },
};

type Element = DefaultTreeAdapterTypes.Element;

function elementsIn(node: DefaultTreeAdapterTypes.Node): Element[] {
  const own = 'attrs' in node ? [node] : [];
  return 'childNodes' in node ? [...own, ...node.childNodes.flatMap(elementsIn)] : own;
}

const squeeze = (text: string): string => cleanText(text).replace(/\s+/g, '');

/** All words of a page, those of fields and of pictures' descriptions too. */
function wordsOf(node: DefaultTreeAdapterTypes.Node): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  const own =
    'attrs' in node
      ? node.attrs.filter(({ name }) => ['value', 'placeholder', 'alt', 'aria-label'].includes(name))
      : [];
  const inner = 'childNodes' in node && node.nodeName !== 'head' ? node.childNodes.map(wordsOf) : [];
  return [...own.map(({ value }) => value), ...inner].join(' ');
}

/** A field shows one text, and nothing else that a tree may hold in it. */
const fields = new Set(['input', 'textarea', 'select', 'checkbox', 'radio', 'switch']);

/** What a reader must find; a text with runs is written as these. */
function written(node: UiNode): string[] {
  const { text, runs, children = [] } = node;
  if (children.length > 0) return fields.has(node.kind) ? [] : children.flatMap(written);
  if (node.kind === 'checkbox' || node.kind === 'radio' || node.kind === 'switch') return [];
  if (node.kind === 'divider') return [];
  return runs && runs.length > 0 ? runs.map((run) => run.text) : text === undefined ? [] : [text];
}

const attributes = new Set(
  'class id for href src alt width height type value placeholder checked role lang charset name content rel colspan scope tabindex autocomplete aria-label aria-checked'.split(
    ' ',
  ),
);

describe(`pages of ${runs} random trees`, () => {
  const pages = trees.map((tree) => ({ tree, ...build(tree) }));

  it('parse without errors', () => {
    for (const { html } of pages) {
      const errors: string[] = [];
      parse(html, { onParseError: (error) => errors.push(error.code) });
      expect(errors).toEqual([]);
    }
  });

  it('hold no script, no handler, and no address but their own', () => {
    const tags = new Set<string>();
    const names = new Set<string>();
    const addresses = new Set<string>();
    for (const { html } of pages) {
      for (const { tagName, attrs } of elementsIn(parse(html))) {
        tags.add(tagName);
        for (const { name, value } of attrs) {
          names.add(name);
          if (name === 'href') addresses.add(value);
          if (name === 'src') addresses.add(value.replace(/^page-assets\/[a-z]+-\d+\.png$/, '#'));
        }
      }
      expect(html.split('</style')).toHaveLength(2);
      expect(
        /.{30}(?:NaN|Infinity)(?:px|fr|%|;)|position:\s*(?:absolute|fixed)/.exec(
          html.split('</style')[0] ?? '',
        )?.[0],
      ).toBeUndefined();
    }
    for (const tag of ['script', 'iframe', 'object', 'embed', 'base', 'b', 'template'])
      expect(tags).not.toContain(tag);
    expect([...names].filter((name) => !attributes.has(name))).toEqual([]);
    expect([...addresses]).toEqual(['#']);
  });

  it('hold every text of their trees', () => {
    const lost = pages.flatMap(({ tree, html }) => {
      const words = squeeze(wordsOf(parse(html)));
      return written(tree.root)
        .filter((text) => !words.includes(squeeze(text)))
        .slice(0, 3);
    });
    expect(lost).toEqual([]);
  });

  it('are formatted, whatever stands in their attributes', async () => {
    const { files } = await compileTree(braces, 'html', { name: 'page', inline: true });
    const [field] = elementsIn(parse(files[0]?.content ?? '')).filter(({ tagName }) => tagName === 'input');
    expect(field?.attrs.find(({ name }) => name === 'value')?.value).toBe('{{ a \\');
  });

  it('bind each label to one field', () => {
    for (const { body } of pages) {
      const all = [...elementsOf(body)];
      const ids = all.flatMap((element) => element.attributes['id'] ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { attributes: own } of all) if (own['for'] !== undefined) expect(ids).toContain(own['for']);
    }
  });
});
