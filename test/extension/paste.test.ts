/** Where the parts of a pasted picture go, in documents of each kind, and how they are indented. */
import { describe, expect, it } from 'vitest';
import { indentationAt, indentationOf, indented } from '../../extension/paste/indentation.ts';
import { atIndentation, drawioPiece, type PastedPage, pagePieces } from '../../extension/paste/pieces.ts';
import { waysFor } from '../../extension/paste/ways.ts';

const page: PastedPage = {
  name: 'login',
  fragment: {
    markup: '<section class="login">\n  <p>Hi</p>\n</section>',
    css: '.login {\n  color: red;\n}',
    imports: [],
  },
  html: '<!doctype html>\n<html lang="en">\n  <head>\n    <link rel="stylesheet" href="login.css" />\n  </head>\n  <body>\n    <p>Hi</p>\n  </body>\n</html>\n',
  css: 'p {\n  margin: 0;\n}\n',
};
const spaces = indentationOf(true, 2);
const tabs = indentationOf(false, 4);
const at = (text: string, rest = {}) => ({
  text: text.replace('|', ''),
  offset: Math.max(0, text.indexOf('|')),
  indentation: spaces,
  isSaved: true,
  ...rest,
});

/** The document after the paste, as an editor without own wishes makes it. */
function pasted(way: 'html' | 'vue' | 'jsx', text: string, rest = {}, of = page): string {
  const place = at(text, rest);
  const { insert, extras } = pagePieces(way, of, place);
  const edits = [...extras, { offset: place.offset, text: atIndentation(insert, place.text, place.offset) }];
  return edits
    .toSorted((one, other) => other.offset - one.offset)
    .reduce((done, edit) => done.slice(0, edit.offset) + edit.text + done.slice(edit.offset), place.text);
}

describe('what is offered', () => {
  it('fits the document', () => {
    expect(waysFor('html', '/a.html', '')).toEqual(['html']);
    expect(waysFor('typescriptreact', '/a.tsx', '')).toEqual(['jsx']);
    expect(waysFor('markdown', '/a.md', '')).toEqual(['text', 'mermaid-block']);
    expect(waysFor('plaintext', '/Card.vue', '')).toEqual(['vue']);
    expect(waysFor('plaintext', '/a.drawio', 'x')).toEqual(['drawio']);
    expect(waysFor('xml', '/a.drawio.xml', 'x')).toEqual(['drawio']);
    expect(waysFor('xml', '/pom.xml', '<project/>')).toEqual([]);
    expect(waysFor('xml', '/a.xml', ' ')).toEqual(['drawio']);
    expect(waysFor('typescript', '/a.ts', '')).toEqual([]);
  });
});

describe('indentation', () => {
  it('is that of the document', () => {
    expect(indented('a\n  b\n    c\n\n  d', tabs)).toBe('a\n\tb\n\t\tc\n\td');
    expect(indented('a\n  b\n     c', indentationOf(true, 4), '  ')).toBe('a\n      b\n           c');
    expect(indentationAt('x\n\t  y', 5)).toBe('\t  ');
    expect(indentationAt('x\n  y', 3)).toBe(' ');
  });
});

describe('HTML', () => {
  it('puts the style into the head', () => {
    expect(
      pasted('html', '<html>\n<head>\n</head>\n<body>\n\t|\n</body>\n</html>', { indentation: tabs }),
    ).toBe(
      '<html>\n<head>\n\t<style>\n\t\t.login {\n\t\t\tcolor: red;\n\t\t}\n\t</style>\n</head>\n<body>\n\t<section class="login">\n\t\t<p>Hi</p>\n\t</section>\n</body>\n</html>',
    );
  });

  it('puts the style below the markup where there is no head', () => {
    expect(pasted('html', '<div>\n  |\n</div>')).toBe(
      '<div>\n  <section class="login">\n    <p>Hi</p>\n  </section>\n  <style>\n    .login {\n      color: red;\n    }\n  </style>\n</div>',
    );
  });

  it('fills an empty document with the page', () => {
    const text = pasted('html', '|');
    expect(text).toContain('<style>\n      p {\n        margin: 0;\n      }\n    </style>');
    expect(text).not.toContain('login.css');
  });
});

describe('Vue', () => {
  it('puts the style to the end', () => {
    expect(pasted('vue', '<template>\n  |\n</template>\n')).toBe(
      '<template>\n  <section class="login">\n    <p>Hi</p>\n  </section>\n</template>\n\n<style scoped>\n.login {\n  color: red;\n}\n</style>\n',
    );
  });

  it('fills an empty document, and one with a script alone', () => {
    expect(pasted('vue', '|')).toMatch(
      /^<template>\n {2}<section class="login">[\s\S]*<\/template>\n\n<style scoped>\n\.login/,
    );
    expect(pasted('vue', '<script setup></script>\n|')).toMatch(/<template>\n {2}<section/);
  });
});

describe('JSX', () => {
  const withPicture = {
    ...page,
    fragment: { ...page.fragment, imports: [{ name: 'loginIcon', path: 'login-assets/icon.png' }] },
  };

  it('puts imports below those that are there, and the style into a file', () => {
    const text = "'use client';\nimport {\n  a,\n} from 'a';\nimport 'b.css'\n\nconst c = (\n  |\n);\n";
    expect(pasted('jsx', text, {}, withPicture)).toBe(
      "'use client';\nimport {\n  a,\n} from 'a';\nimport 'b.css'\nimport loginIcon from './login-assets/icon.png';\nimport './login.css';\n\nconst c = (\n  <section class=\"login\">\n    <p>Hi</p>\n  </section>\n);\n",
    );
    expect(pagePieces('jsx', page, at(text)).styleFile).toEqual({
      path: 'login.css',
      content: '.login {\n  color: red;\n}\n',
    });
  });

  it('puts imports below directives where there are no others', () => {
    expect(pasted('jsx', "'use client'\nconst c = |;\n")).toMatch(
      /^'use client'\n\nimport '\.\/login\.css';\n\nconst c = <section/,
    );
    expect(pasted('jsx', 'const c = |;\n')).toMatch(/^import '\.\/login\.css';\n\nconst c = <section/);
  });

  it('holds the style itself in a document without a folder', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a style sheet may say it.
    const sheet = { ...page, fragment: { ...page.fragment, css: '.login {\n  content: "`\\2014${x}";\n}' } };
    const text = pasted('jsx', 'const c = |;', { isSaved: false }, sheet);
    expect(text).toContain('<style>{`\n');
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code with a place for a value, which is escaped.
    expect(text).toContain('content: "\\`\\\\2014\\${x}";');
    expect(text).not.toContain('import');
  });

  it('makes a component of an empty document', () => {
    expect(pasted('jsx', '|', {}, { ...page, name: '2-login' })).toMatch(
      /export default function Part2Login\(\) \{\n {2}return \(\n {4}<section/,
    );
  });
});

describe('Draw.io', () => {
  const file = '<mxfile host="x">\n  <diagram id="1"><mxGraphModel /></diagram>\n</mxfile>\n';

  it('is one more page of a file that has some, else a file', () => {
    expect(drawioPiece(file, '<mxfile>\n</mxfile>')).toBe('<diagram id="1"><mxGraphModel /></diagram>');
    expect(drawioPiece(file, '')).toBe(file.trimEnd());
  });
});
