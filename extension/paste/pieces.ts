/** Where the parts of what is pasted go: markup to the cursor, style and imports to where the language has them. */
import type { Fragment } from '../../shared/index.ts';
import { type Indentation, indentationAt, indented } from './indentation.ts';
import type { PageWay } from './ways.ts';

/** The document as it was when the user pasted. */
export interface Place {
  readonly text: string;
  /** Of the cursor, in UTF-16 units. */
  readonly offset: number;
  readonly indentation: Indentation;
  /** It has a folder, where files can lie beside it. */
  readonly isSaved: boolean;
}

export interface PastedPage {
  readonly name: string;
  readonly fragment: Fragment;
  /** The page by itself, for an empty HTML document. */
  readonly html: string;
  readonly css: string;
}

/** Text that goes to another place of the document than the cursor; whole lines. */
export interface ExtraPiece {
  readonly kind: 'style' | 'imports';
  readonly offset: number;
  readonly text: string;
}

export interface Pieces {
  /** For the cursor. The editor puts the indentation of the cursor's line in front of each line but the first. */
  readonly insert: string;
  readonly extras: readonly ExtraPiece[];
  /** Style sheet to be made beside the document. */
  readonly styleFile?: { readonly path: string; readonly content: string };
}

const composers: Readonly<Record<PageWay, (page: PastedPage, place: Place) => Pieces>> = {
  html: htmlPieces,
  vue: vuePieces,
  jsx: jsxPieces,
};

export const pagePieces = (way: PageWay, page: PastedPage, place: Place): Pieces =>
  composers[way](page, place);

const isBlank = (text: string): boolean => text.trim() === '';

const element = (tag: string, css: string): string =>
  `<${tag}>\n${css.replace(/^(?=.)/gm, '  ')}\n</${tag.replace(/ .*/, '')}>`;

/** The style goes into the head where there is one, else below the markup. */
function htmlPieces(page: PastedPage, { text, offset, indentation }: Place): Pieces {
  const { markup, css } = page.fragment;
  if (isBlank(text)) return { insert: indented(wholePage(page), indentation), extras: [] };
  const head = /^[ \t]*<\/head>/im.exec(text);
  if (head === null || head.index > offset)
    return { insert: indented(`${markup}\n${element('style', css)}`, indentation), extras: [] };
  const base = `${/^[ \t]*/.exec(head[0])?.[0] ?? ''}${indentation.unit}`;
  const style = `${base}${indented(element('style', css), indentation, base)}\n`;
  return {
    insert: indented(markup, indentation),
    extras: [{ kind: 'style', offset: head.index, text: style }],
  };
}

/** With its style inside, and with the pictures beside it as they are. */
function wholePage({ html, css }: PastedPage): string {
  const style = element('style', css.trimEnd()).replace(/\n/g, '\n    ');
  return html.replace(/<link rel="stylesheet"[^>]*>/, () => style).trimEnd();
}

/** Several blocks of style may stand in one file: what is there stays as it is. */
function vuePieces({ fragment }: PastedPage, { text, indentation }: Place): Pieces {
  const style = `<style scoped>\n${fragment.css}\n</style>`;
  const template = `<template>\n${fragment.markup.replace(/^(?=.)/gm, '  ')}\n</template>`;
  if (isBlank(text))
    return { insert: `${indented(template, indentation)}\n\n${indented(style, indentation)}\n`, extras: [] };
  const gap = text.endsWith('\n') ? '\n' : '\n\n';
  return {
    insert: indented(/<template[\s>]/.test(text) ? fragment.markup : template, indentation),
    extras: [{ kind: 'style', offset: text.length, text: `${gap}${indented(style, indentation)}\n` }],
  };
}

/** The style is a file of its own, or an element where there is no folder for it. */
function jsxPieces({ name, fragment }: PastedPage, { text, indentation, isSaved }: Place): Pieces {
  const { markup, css } = fragment;
  const quoted = css.replace(/[\\`]|\$\{/g, '\\$&').replace(/^(?=.)/gm, '    ');
  const code = isSaved
    ? markup
    : `<>\n  <style>{\`\n${quoted}\n  \`}</style>\n${markup.replace(/^(?=.)/gm, '  ')}\n</>`;
  const imports = [
    ...fragment.imports.map((one) => `import ${one.name} from './${one.path}';`),
    ...(isSaved ? [`import './${name}.css';`] : []),
  ].join('\n');
  const styleFile = isSaved ? { styleFile: { path: `${name}.css`, content: `${css}\n` } } : {};
  if (isBlank(text)) {
    const component = `export default function ${componentName(name)}() {\n  return (\n${code.replace(/^(?=.)/gm, '    ')}\n  );\n}`;
    const head = imports === '' ? '' : `${imports}\n\n`;
    return { insert: `${head}${indented(component, indentation)}\n`, extras: [], ...styleFile };
  }
  const insert = indented(code, indentation);
  if (imports === '') return { insert, extras: [] };
  const { offset, before, after } = importPlace(text);
  return { insert, extras: [{ kind: 'imports', offset, text: `${before}${imports}${after}` }], ...styleFile };
}

const componentName = (name: string): string => {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Z]/.test(joined) ? joined : `Part${joined}`;
};

/** Below the last import, else below directives such as 'use client', else at the start. */
function importPlace(text: string): { offset: number; before: string; after: string } {
  const statement = /^import\s(?:[^'";]*?\sfrom\s*)?['"][^'"]+['"];?[ \t]*$/gm;
  const last = [...text.matchAll(statement)].at(-1);
  if (last !== undefined) return { offset: last.index + last[0].length, before: '\n', after: '' };
  const directives = /^(?:\s*(['"])use \w+\1;?[ \t]*\r?\n)+/.exec(text)?.[0] ?? '';
  return { offset: directives.length, before: directives === '' ? '' : '\n', after: '\n\n' };
}

/** A diagram for a file that may hold some: one more page in it. */
export function drawioPiece(file: string, text: string): string {
  const page = /<diagram[\s>].*<\/diagram>/s.exec(file)?.[0];
  return /<mxfile[\s>]/.test(text) && page !== undefined ? page : file.trimEnd();
}

/** The same text where other blanks stand in front of its lines. */
export const atIndentation = (text: string, around: string, offset: number): string =>
  text.replaceAll('\n', `\n${indentationAt(around, offset)}`);
