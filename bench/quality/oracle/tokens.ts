/** Counts tokens as Qwen's vocabulary does, as nearly as can be without it. */
import { Tiktoken } from 'js-tiktoken/lite';
import ranks from 'js-tiktoken/ranks/cl100k_base';

/**
 * Qwen's vocabulary is that of cl100k with more words of Chinese, and its splitting differs in one place: every
 * digit is a token (report of Qwen, arXiv 2309.16609, section 2.2).
 */
export function tokenCounter(): (text: string) => number {
  const encoder = new Tiktoken({ ...ranks, pat_str: ranks.pat_str.replace('\\p{N}{1,3}', '\\p{N}') });
  return (text) => encoder.encode(text, [], []).length;
}
