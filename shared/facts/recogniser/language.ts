/** Which language's reading of a line to believe. */
import type { LineImage, RecognisedLine } from './line-image.ts';

/** BCP 47, as in the page facts. */
export type Language = 'en' | 'zh-Hans';

const hanCharacters = /\p{Script=Han}/gu;

/**
 * Whether a page deserves a second reading in Chinese: the English reader is unsure of much of it. Icons leave
 * it unsure of square lines only, so those count little.
 */
export function needsChinese(lines: readonly LineImage[], english: readonly RecognisedLine[]): boolean {
  let unsure = 0;
  let all = 0;
  for (const [index, line] of lines.entries()) {
    const weight = Math.min(10, line.width / line.height) - 1;
    if (weight <= 0) continue;
    all += weight;
    if ((english[index]?.confidence ?? 0) < 0.6) unsure += weight;
  }
  return unsure > 3 && unsure > 0.04 * all;
}

/** Han characters are believed when they make up the line or the English reading is poor. */
export function preferChinese(english: RecognisedLine, chinese: RecognisedLine): boolean {
  const characters = chinese.text.match(hanCharacters)?.length ?? 0;
  if (characters === 0) return chinese.confidence > english.confidence + 0.3;
  if (characters === 1 && chinese.text.length > 1 && english.confidence > 0.7) return false;
  return chinese.confidence > Math.max(0.3, english.confidence - 0.1);
}
