/** Tells a page's language by its letters. */
import type { TextLine } from '../page-facts.ts';

/** Share of Han characters that makes a page Chinese. */
const chinesePage = 0.15;

/** @returns a BCP 47 tag. */
export function languageOf(lines: readonly Pick<TextLine, 'text'>[]): string {
  const text = lines.map((line) => line.text).join('');
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han > chinesePage * text.length ? 'zh-Hans' : 'en';
}
