/** A page as a part of somebody else's: one element with a style sheet that concerns nothing else. */
import {
  parse,
  parseFragment,
  type DefaultTreeAdapterTypes as Types,
  defaultTreeAdapter as tree,
} from 'parse5';
import { camelCase, claim } from '../components/identifiers.ts';
import { format } from '../prettier.ts';
import { jsxOf } from './jsx.ts';
import { scopedSheet } from './scoped-sheet.ts';

export const fragmentLanguages = ['html', 'vue', 'jsx'] as const;
export type FragmentLanguage = (typeof fragmentLanguages)[number];

export interface FragmentOptions {
  readonly language: FragmentLanguage;
  /** Class of the element; also how pictures are called in code. */
  readonly name: string;
  /** Names that the code around has; pictures get others. */
  readonly taken?: readonly string[];
}

/** A picture file that the markup refers to by a name, for a target whose build must know of it. */
export interface FragmentImport {
  readonly name: string;
  /** As in the page: relative, with forward slashes. */
  readonly path: string;
}

export interface Fragment {
  /** One element, formatted; ends with its closing tag. */
  readonly markup: string;
  /** Formatted; every rule begins with the element's class. */
  readonly css: string;
  /** For JSX alone. */
  readonly imports: readonly FragmentImport[];
}

/**
 * @param page composed by us, with its style sheet beside it or inside.
 * @throws SyntaxError where the page cannot be formatted.
 */
export async function pageFragment(
  page: { readonly html: string; readonly css?: string | undefined },
  options: FragmentOptions,
): Promise<Fragment> {
  const { language, name } = options;
  const document = parse(page.html, { sourceCodeLocationInfo: true });
  const body = elementIn(document, 'body');
  const style = elementIn(document, 'style');
  const location = body?.sourceCodeLocation;
  const inner = page.html.slice(location?.startTag?.endOffset ?? 0, location?.endTag?.startOffset);
  // A page has one main part, and the page around may have it already.
  const part = inner.replace(/<(\/?)main(?=[\s>])/g, '<$1div');
  const markup = `<section class="${name}">${part}</section>`;
  const sheet = scopedSheet(
    await format(page.css ?? textIn(style), { parser: 'css', printWidth: 100 }),
    name,
    markup,
  );
  const css = await format(sheet, { parser: 'css', printWidth: 100 });
  if (language === 'jsx') return { ...(await jsx(markup, options)), css };
  const linked = language === 'vue' ? markup.replace(/ (src)="(?![./#]|[a-z]+:)/g, ' $1="./') : markup;
  const text = await format(linked, { parser: 'html', printWidth: 100, htmlWhitespaceSensitivity: 'css' });
  return { markup: text.trimEnd(), css: css.trimEnd(), imports: [] };
}

async function jsx(
  markup: string,
  { name, taken = [] }: FragmentOptions,
): Promise<Pick<Fragment, 'markup' | 'imports'>> {
  const [element] = parseFragment(markup).childNodes;
  const names = new Set(taken);
  const imports = new Map<string, string>();
  const expressionOf = (address: string): string | undefined => {
    if (!/^[^#/:]+\/[^:]+\.(?:png|jpe?g)$/i.test(address)) return undefined;
    const path = decodeURI(address);
    const file =
      path
        .split('/')
        .at(-1)
        ?.replace(/\.\w+$/, '') ?? '';
    const known = imports.get(path) ?? claim(camelCase(`${name}-${file}`), names);
    imports.set(path, known);
    return known;
  };
  const code = element === undefined ? '' : jsxOf(element, expressionOf);
  const text = await format(`const part = (\n${code}\n);`, {
    parser: 'typescript',
    printWidth: 100,
    singleQuote: true,
    jsxSingleQuote: false,
  });
  const lines = text.trimEnd().replace(/;$/, '').split('\n');
  const bare =
    lines.length === 1
      ? [text.replace(/^const part = |;\s*$/g, '')]
      : lines.slice(1, -1).map((line) => line.replace(/^ {2}/, ''));
  return { markup: bare.join('\n'), imports: [...imports].map(([path, one]) => ({ path, name: one })) };
}

function elementIn(node: Types.ParentNode, tag: string): Types.Element | undefined {
  for (const child of node.childNodes) {
    if (!tree.isElementNode(child)) continue;
    const found = child.tagName === tag ? child : elementIn(child, tag);
    if (found !== undefined) return found;
  }
  return undefined;
}

const textIn = (element: Types.Element | undefined): string =>
  (element?.childNodes ?? []).map((node) => (tree.isTextNode(node) ? node.value : '')).join('');
