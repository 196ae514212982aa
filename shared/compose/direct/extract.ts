/** Takes a page out of a model's answer: fences, prose around it, thinking before it. */
import { type CodeBlock, codeBlocks } from './fences.ts';

export interface ExtractedPage {
  readonly html: string;
  /** Style sheets that the model wrote as blocks of their own. */
  readonly styles: readonly string[];
  /** Languages of other blocks, which are left out. */
  readonly leftOut: readonly string[];
  /** The page is there to its end: `</html>`, or the closing fence. */
  readonly closed: boolean;
}

const documentStart = /<!doctype\s+html|<html[\s>]/i;
const tagAtLineStart = /^[ \t]*<(?!think\b)[a-z][a-z0-9-]*(?=[\s>/])/im;
const htmlLanguages = new Set(['', 'html', 'htm', 'xhtml', 'xml', 'svg', 'markup', 'text', 'txt']);

/**
 * The page in an answer, or undefined while there is none. Usable on every beginning of an answer.
 * @param ended the model ended the answer itself, so that text behind the page is prose.
 */
export function extractPage(answer: string, ended: boolean): ExtractedPage | undefined {
  const text = withoutThinking(answer);
  if (text === undefined) return undefined;
  const blocks = codeBlocks(text);
  const pages = blocks.filter((block) => htmlLanguages.has(block.language) && /<[a-z!]/i.test(block.code));
  const page = choose(pages);
  if (page === undefined) return bare(text, ended);
  const others = blocks.filter((block) => !pages.includes(block));
  return {
    html: page.code,
    styles: others.filter(({ language }) => language === 'css').map(({ code }) => code),
    leftOut: others.map(({ language }) => language).filter((language) => language !== 'css'),
    closed: page.closed || endsDocument(page.code),
  };
}

/** The last whole page; a page that is still open counts only if no other is there. */
function choose(pages: readonly CodeBlock[]): CodeBlock | undefined {
  const documents = pages.filter(({ code }) => documentStart.test(code));
  const candidates = documents.length > 0 ? documents : pages;
  return candidates.findLast((page) => page.closed) ?? candidates.at(-1);
}

/** A page without fences: from its first tag to its last. */
function bare(text: string, ended: boolean): ExtractedPage | undefined {
  const start = documentStart.exec(text)?.index ?? tagAtLineStart.exec(text)?.index;
  if (start === undefined) return undefined;
  const rest = text.slice(start).replace(/\n\s*(`{3,}|~{3,})\s*$/, '');
  const end = rest.toLowerCase().lastIndexOf('</html>');
  if (end >= 0) return { html: rest.slice(0, end + '</html>'.length), styles: [], leftOut: [], closed: true };
  const document = documentStart.test(rest);
  const html = ended && !document ? rest.slice(0, rest.lastIndexOf('>') + 1) : rest;
  return { html, styles: [], leftOut: [], closed: ended && !document };
}

function endsDocument(code: string): boolean {
  return /<\/html>\s*$/i.test(code);
}

/** Undefined while the model still thinks. Some templates open the thought themselves. */
function withoutThinking(answer: string): string | undefined {
  const end = answer.lastIndexOf('</think>');
  if (end >= 0) return answer.slice(end + '</think>'.length);
  return /^\s*<think>/.test(answer) ? undefined : answer;
}
