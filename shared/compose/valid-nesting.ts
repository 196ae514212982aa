/** Elements where HTML allows them: a parser would close others early, and frameworks refuse them. */
import type { HtmlElement } from './html/element.ts';

/** Elements that end an open paragraph. */
const endsParagraph = new Set(
  `address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main
  nav ol p pre section table ul dt dd`.split(/\s+/),
);
const headings = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const lists = new Set(['ul', 'ol']);
/** What must not stand inside its like, with what it becomes there. */
const alone: Readonly<{ [tag: string]: string }> = { a: 'span', button: 'span', form: 'div', label: 'span' };

interface Around {
  readonly parent: string;
  readonly open: ReadonlySet<string>;
}

function allowed({ tag }: HtmlElement, { parent, open }: Around): string {
  if (tag === 'body') return 'div';
  if (tag === 'li' && !lists.has(parent)) return 'div';
  if ((tag === 'dt' || tag === 'dd') && parent !== 'dl') return 'div';
  if (tag === 'legend' && parent !== 'fieldset') return 'div';
  if ((tag === 'a' || tag === 'button') && (open.has('a') || open.has('button'))) return 'span';
  if (headings.has(tag) && [...headings].some((heading) => open.has(heading))) return 'div';
  return open.has(tag) ? (alone[tag] ?? tag) : tag;
}

/** Attributes and looks that its first tag gave it. */
function retag(element: HtmlElement, tag: string): void {
  if (element.tag === 'a') delete element.attributes['href'];
  if (element.tag === 'button') delete element.attributes['type'];
  // What was a block stays one.
  if (tag === 'span') element.styles.base['display'] ??= element.tag === 'a' ? 'inline' : 'inline-block';
  element.tag = tag;
}

const holds = (element: HtmlElement, tags: ReadonlySet<string>): boolean =>
  element.children.some((child) => typeof child !== 'string' && (tags.has(child.tag) || holds(child, tags)));

/** Changes tags in place, from the root down. @param body stays what it is. */
export function validNesting(body: HtmlElement): void {
  const visit = (element: HtmlElement, around: Around): void => {
    const open = new Set([...around.open, element.tag]);
    for (const child of element.children) {
      if (typeof child === 'string') continue;
      const tag = allowed(child, { parent: element.tag, open });
      if (tag !== child.tag) retag(child, tag);
    }
    for (const child of element.children)
      if (typeof child !== 'string') visit(child, { parent: element.tag, open });
    // Only now is it known what the parts have become.
    if (element.tag === 'p' && holds(element, endsParagraph)) element.tag = 'div';
  };
  visit(body, { parent: '', open: new Set() });
}
