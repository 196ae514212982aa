/** What a page loads from elsewhere: from the network, or from files that nobody made. */
import { type DefaultTreeAdapterTypes, defaultTreeAdapter } from 'parse5';

export interface Reference {
  readonly kind: 'remote' | 'missing';
  readonly url: string;
  /** Tag name, or `css`. */
  readonly by: string;
}

/** Attributes that load something. A link to follow (`<a href>`) loads nothing. */
const loading: Readonly<Record<string, readonly string[]>> = {
  link: ['href'],
  image: ['href', 'xlink:href'],
  use: ['href', 'xlink:href'],
  object: ['data'],
  video: ['src', 'poster'],
};
const loadingAnywhere = ['src', 'srcset', 'background'];

/** All references of a page, each once, in the order of the page. */
export function findReferences(document: DefaultTreeAdapterTypes.Document): Reference[] {
  const found = new Map<string, Reference>();
  const add = (url: string, by: string) => {
    const kind = kindOf(url.trim());
    if (kind && !found.has(url.trim())) found.set(url.trim(), { kind, url: url.trim(), by });
  };
  for (const element of elements(document)) {
    const tag = element.tagName;
    for (const { name, value, prefix } of element.attrs) {
      const attribute = prefix ? `${prefix}:${name}` : name;
      if (attribute === 'style') for (const url of cssUrls(value)) add(url, 'css');
      if (![...loadingAnywhere, ...(loading[tag] ?? [])].includes(attribute)) continue;
      const urls = attribute === 'srcset' ? srcsetUrls(value) : [value];
      for (const url of urls) add(url, tag);
    }
    if (tag === 'style') for (const url of cssUrls(textOf(element))) add(url, 'css');
  }
  return [...found.values()];
}

export function* elements(
  node: DefaultTreeAdapterTypes.ParentNode,
): Generator<DefaultTreeAdapterTypes.Element, void, undefined> {
  for (const child of node.childNodes) {
    if (!defaultTreeAdapter.isElementNode(child)) continue;
    yield child;
    yield* elements(child);
    if ('content' in child) yield* elements(child.content);
  }
}

export function textOf(element: DefaultTreeAdapterTypes.Element): string {
  return element.childNodes
    .map((child) => (defaultTreeAdapter.isTextNode(child) ? child.value : ''))
    .join('');
}

function kindOf(url: string): Reference['kind'] | undefined {
  if (url === '' || url.startsWith('#')) return undefined;
  if (/^(https?:)?\/\//i.test(url)) return 'remote';
  return /^[a-z][a-z0-9+.-]*:/i.test(url) ? undefined : 'missing';
}

function cssUrls(css: string): string[] {
  const pattern = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/gi;
  return [...css.matchAll(pattern)].map((match) => match.slice(1).find((group) => group !== undefined) ?? '');
}

function srcsetUrls(srcset: string): string[] {
  return [...srcset.matchAll(/(?:^|,)\s*(\S*[^\s,])/g)].map((match) => match[1] ?? '');
}
