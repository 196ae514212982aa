/** Makes a whole document of what a model wrote. Structure only: no word, colour or rule is changed. */
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html as names, parse, serialize } from 'parse5';
import { closeCss } from './close-css.ts';
import type { ExtractedPage } from './extract.ts';
import { elements, findReferences, type Reference, textOf } from './references.ts';

type Document = DefaultTreeAdapterTypes.Document;
type Element = DefaultTreeAdapterTypes.Element;

export interface RepairedPage {
  readonly html: string;
  /** Nothing would be seen: the body has neither text nor elements. */
  readonly empty: boolean;
  /** Elements whose end tag was missing though HTML asks for one. */
  readonly leftOpen: number;
  readonly references: readonly Reference[];
}

/** HTML allows these to end without a tag, and void ones have none. */
const endsByItself = new Set(
  `html head body p li dt dd tr td th thead tbody tfoot caption colgroup option optgroup rp rt
  area base br col embed hr img input link meta param source track wbr`.split(/\s+/),
);

/** @param generator value of `<meta name="generator">`; absent: none is added. */
export function repairPage(page: ExtractedPage, generator?: string): RepairedPage {
  const source = page.closed ? page.html : page.html.replace(/<\/?$/, '');
  const document = parseDocument(source);
  const all = [...elements(document)];
  const open = all.filter(isLeftOpen);
  if (!page.closed) for (const element of open) closeRawText(element);
  const head = all.find(({ tagName }) => tagName === 'head');
  if (head) completeHead(document, head, page.styles, generator);
  const body = all.find(({ tagName }) => tagName === 'body');
  return {
    html: serialize(document),
    empty: body === undefined || isEmpty(body),
    leftOpen: open.length,
    references: findReferences(document),
  };
}

/** Without a document type browsers fall back to rules of the last century, the parser too. */
function parseDocument(source: string): Document {
  const options = { sourceCodeLocationInfo: true };
  const document = parse(source, options);
  const typed = document.childNodes.some(defaultTreeAdapter.isDocumentTypeNode);
  return typed ? document : parse(`<!doctype html>${source}`, options);
}

function isLeftOpen({ tagName, namespaceURI, sourceCodeLocation: place }: Element): boolean {
  if (!place?.startTag || place.endTag || endsByItself.has(tagName)) return false;
  return namespaceURI === names.NS.HTML || place.startTag.endOffset !== place.endOffset;
}

/** A style sheet that was cut off would swallow what follows; a script that was cut off cannot run. */
function closeRawText(element: Element): void {
  if (element.tagName === 'script') defaultTreeAdapter.detachNode(element);
  if (element.tagName !== 'style') return;
  const css = closeCss(textOf(element));
  element.childNodes = [];
  defaultTreeAdapter.insertText(element, css);
}

function completeHead(
  document: Document,
  head: Element,
  styles: readonly string[],
  generator: string | undefined,
): void {
  const inHead = [...elements(head)];
  const meta = (...attrs: Element['attrs']) => {
    const element = defaultTreeAdapter.createElement('meta', names.NS.HTML, attrs);
    const [first] = head.childNodes;
    if (first) defaultTreeAdapter.insertBefore(head, element, first);
    else defaultTreeAdapter.appendChild(head, element);
  };
  if (generator !== undefined)
    meta({ name: 'name', value: 'generator' }, { name: 'content', value: generator });
  // Without it a browser guesses the encoding of a file, and guesses Chinese wrong.
  if (!inHead.some((element) => attribute(element, 'charset') !== undefined)) {
    meta({ name: 'charset', value: 'utf-8' });
  }
  if (styles.length === 0) return;
  for (const link of [...elements(document)].filter(isLocalStyleSheet)) defaultTreeAdapter.detachNode(link);
  const style = defaultTreeAdapter.createElement('style', names.NS.HTML, []);
  defaultTreeAdapter.insertText(style, styles.join('\n'));
  defaultTreeAdapter.appendChild(head, style);
}

function isLocalStyleSheet(element: Element): boolean {
  if (element.tagName !== 'link' || attribute(element, 'rel')?.toLowerCase() !== 'stylesheet') return false;
  return !/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(attribute(element, 'href') ?? '');
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name)?.value;
}

function isEmpty(body: Element): boolean {
  return !body.childNodes.some(
    (child) =>
      (defaultTreeAdapter.isElementNode(child) && child.tagName !== 'script' && child.tagName !== 'style') ||
      (defaultTreeAdapter.isTextNode(child) && child.value.trim() !== ''),
  );
}
