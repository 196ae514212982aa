/**
 * Light colours for code, by ranges over plain text (CSS Custom Highlight API): no markup is made of the code, and
 * copying gives it as it is.
 */

/** What is coloured in HTML, Vue, JSX, CSS, XML and Mermaid alike; the first that fits at a place counts. */
const parts =
  /(?<note><!--[\s\S]*?-->|\/\*[\s\S]*?\*\/|^\s*%%.*$)|(?<string>"[^"\n]*"|'[^'\n]*')|(?<tag><\/?[\w:.-]+|\/?>|^\s*(?:@[\w-]+|flowchart|graph|sequenceDiagram|classDiagram|erDiagram|subgraph|end)\b)|(?<name>(?:--)?[a-z][\w-]*(?=\s*[=:](?!:)))/gm;

const kinds = ['note', 'string', 'tag', 'name'] as const;

/** Longer texts are shown plain: thousands of ranges make scrolling slow. */
const longest = 200_000;

/** @param element with one text node in it. */
export function highlight(element: HTMLElement): void {
  // Where the user has chosen the colours, each range would be set off from the text around it.
  if (!('highlights' in CSS) || matchMedia('(forced-colors: active)').matches) return;
  const ranges = new Map(kinds.map((kind) => [kind, new Highlight()]));
  const [node] = element.childNodes;
  const source = element.textContent;
  if (node !== undefined && source.length <= longest) {
    for (const match of source.matchAll(parts)) {
      const kind = kinds.find((one) => match.groups?.[one] !== undefined);
      if (kind === undefined) continue;
      const range = new Range();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      ranges.get(kind)?.add(range);
    }
  }
  for (const [kind, highlight] of ranges) CSS.highlights.set(kind, highlight);
}
