/** A page made harmless to look at: one document, without scripts, links out and anything from elsewhere. */
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html, parse, serialize } from 'parse5';
import { inlineFiles } from '../assets.ts';
import type { OutputFile } from '../write-output.ts';

type Element = DefaultTreeAdapterTypes.Element;
type ParentNode = DefaultTreeAdapterTypes.ParentNode;
type ChildNode = DefaultTreeAdapterTypes.ChildNode;

/**
 * In force on top of the policy that the frame inherits from the panel and of the frame's sandbox, which lets no
 * script run. Attributes cannot carry a nonce, and models write them.
 */
const policy = (nonce: string): string =>
  `default-src 'none'; style-src-elem 'nonce-${nonce}'; style-src-attr 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;

/** What a look at a page does without. */
const left: ReadonlySet<string> = new Set([
  'script',
  'noscript',
  'base',
  'link',
  'meta',
  'iframe',
  'frame',
  'frameset',
  'object',
  'embed',
  'portal',
]);

/**
 * @param files a page in HTML first, then what it refers to.
 * @param nonce of the policy of the page that shows it.
 */
export function previewOf(files: readonly OutputFile[], nonce: string): string {
  const inlined = inlineFiles(
    files,
    files.filter(({ role }) => role === 'asset'),
  );
  const [page] = inlined;
  const document = parse(typeof page?.content === 'string' ? page.content : '');
  clean(document, new Map(inlined.map((file) => [file.path, file])), nonce);
  const head = find(document, 'head');
  if (head !== undefined) {
    const first = [
      element('meta', { charset: 'utf-8' }),
      element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy(nonce) }),
      // It is compared with a picture, whose colours nobody has forced.
      styleElement(':root { forced-color-adjust: none }', nonce),
    ];
    for (const node of first) node.parentNode = head;
    head.childNodes = [...first, ...head.childNodes];
  }
  return serialize(document);
}

function clean(parent: ParentNode, files: ReadonlyMap<string, OutputFile>, nonce: string): void {
  for (const child of [...parent.childNodes]) {
    if (!isElement(child)) continue;
    const style = child.tagName === 'link' ? sheetOf(child, files) : undefined;
    if (style !== undefined) defaultTreeAdapter.insertBefore(parent, styleElement(style, nonce), child);
    if (left.has(child.tagName)) {
      defaultTreeAdapter.detachNode(child);
      continue;
    }
    if (child.tagName === 'style') setAttribute(child, 'nonce', nonce);
    // Without an address it would not look like a link. A bare # would be that of the page around it.
    if (/^(a|area)$/.test(child.tagName) && attribute(child, 'href') !== undefined)
      setAttribute(child, 'href', 'about:srcdoc#');
    child.attrs = child.attrs.filter(
      ({ name }) => !/^on|^(target|ping|autofocus|srcdoc|action|formaction)$/.test(name),
    );
    clean(child, files, nonce);
    if ('content' in child) clean(child.content, files, nonce);
  }
}

/** The text of a style sheet that the page brings with it. */
function sheetOf(link: Element, files: ReadonlyMap<string, OutputFile>): string | undefined {
  const href = attribute(link, 'href') ?? '';
  const sheet = files.get(href) ?? files.get(decoded(href));
  return typeof sheet?.content === 'string' && sheet.role === 'style' ? sheet.content : undefined;
}

function decoded(href: string): string {
  try {
    return decodeURI(href);
  } catch {
    // A stray % is part of the name.
    return href;
  }
}

function styleElement(css: string, nonce: string): Element {
  const style = element('style', { nonce });
  defaultTreeAdapter.insertText(style, css);
  return style;
}

const element = (name: string, attributes: Readonly<Record<string, string>>): Element =>
  defaultTreeAdapter.createElement(
    name,
    html.NS.HTML,
    Object.entries(attributes).map(([key, value]) => ({ name: key, value })),
  );

const isElement = (node: ChildNode): node is Element => 'tagName' in node;

const attribute = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find((one) => one.name === name)?.value;

function setAttribute(node: Element, name: string, value: string): void {
  node.attrs = [...node.attrs.filter((one) => one.name !== name), { name, value }];
}

function find(parent: ParentNode, name: string): Element | undefined {
  for (const child of parent.childNodes) {
    if (!isElement(child)) continue;
    const found = child.tagName === name ? child : find(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
