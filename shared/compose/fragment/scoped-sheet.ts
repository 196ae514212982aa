/** Holds a page's style sheet to one element, so that it can stand in somebody else's page. */

/** A rule of a formatted sheet, without nested ones. */
const plainRule = /^( *)([^@{};]+) \{\n([^{}]*)^\1\}\n/gm;

/**
 * Everything stands nested in the class: what was said of the root and of `body` is the element's own, all else
 * concerns what is inside it. Each rule weighs one class more, so that their order of weight stays.
 * @see https://www.w3.org/TR/css-nesting-1/
 * @param sheet formatted: rules begin at the start of a line, and so do their ends.
 * @param markup what it is for; of the reset only what concerns it is kept.
 */
export function scopedSheet(sheet: string, className: string, markup: string): string {
  const own: string[] = ['box-sizing: border-box;'];
  const inner = forMarkup(sheet, markup)
    .replace(/^(?::root|body) \{\n(.*?)^\}\n?/gms, (_, declarations: string) => {
      own.push(declarations.trimEnd());
      return '';
    })
    .replace(/^( +)body \{$/gm, '$1& {');
  return `.${className} {\n${own.join('\n')}\n\n${inner}\n}\n`;
}

/** Without selectors of elements and roles that do not occur, and without what then is empty. */
function forMarkup(sheet: string, markup: string): string {
  const tags = new Set([...markup.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, tag]) => tag ?? ''));
  const occurs = (selector: string): boolean => {
    const words = selector.match(/^[a-z][a-z0-9]*|(?<=:has\()[a-z]+/g) ?? [];
    const roles = [...selector.matchAll(/\[(role="\w+")\]/g)].map(([, role = '']) => role);
    if (selector === 'body') return true;
    if (selector === '::placeholder') return / placeholder="/.test(markup);
    return words.every((tag) => tags.has(tag)) && roles.every((role) => markup.includes(role));
  };
  return sheet
    .replace(plainRule, (_, indent: string, selectors: string, declarations: string) => {
      const kept = selectors.split(/,\s*/).filter(occurs);
      return kept.length === 0 ? '' : `${indent}${kept.join(', ')} {\n${declarations}${indent}}\n`;
    })
    .replace(/^@[^{}]*\{\s*\}\n/gm, '');
}
