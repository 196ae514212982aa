/** The words of a page. */
import { type DefaultTreeAdapterTypes, parse } from 'parse5';

/** All words that a reader sees, fields included. */
export function wordsOf(html: string): string {
  const parts: string[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('value' in node && node.nodeName === '#text') parts.push(node.value);
    if ('attrs' in node) {
      for (const { name, value } of node.attrs)
        if (name === 'placeholder' || (name === 'value' && node.nodeName === 'input')) parts.push(value);
    }
    if ('childNodes' in node && node.nodeName !== 'head') node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return parts.join(' ');
}
