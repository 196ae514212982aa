/** Which language's reading of a line to believe. */
import type { LineImage, RecognisedLine } from './line-image.ts';

/** BCP 47, as in the page facts. */
export type Language = 'en' | 'zh-Hans';

const hanCharacters = /\p{Script=Han}/gu;
/** An English reading this sure stands; of such words 99 % were right. */
const sure = 0.95;
/** Share of the letters that makes a page Chinese. */
const chinesePage = 0.15;

/** Share of a page, by width, that English cannot read. */
const chineseShare = 0.1;
/** The same of a few lines, of which one may be a drawing. */
export const chineseSampleShare = 0.4;
/** Characters under this many pixels cannot be told apart. */
const leastHeight = 8;

/**
 * Whether a page deserves a second reading in Chinese: the English reader is unsure of a tenth of it. Icons and
 * drawings leave it unsure too, but of square and of very long shapes.
 */
export function needsChinese(
  lines: readonly LineImage[],
  english: readonly RecognisedLine[],
  share: number = chineseShare,
): boolean {
  let unsure = 0;
  let all = 0;
  for (const [index, line] of lines.entries()) {
    const weight = Math.min(6, line.width / line.height - 1);
    if (weight <= 0 || line.height < leastHeight) continue;
    all += weight;
    if ((english[index]?.confidence ?? 0) < 0.6) unsure += weight;
  }
  return unsure > share * all;
}

/** Lines that tell a page's language before all are read. */
const sampleSize = 10;

/** @returns indices of some lines that are wide enough for words, from all over the page. */
export function sampleOf(lines: readonly LineImage[]): number[] {
  const wide = [...lines.entries()].flatMap(([index, { width, height }]) =>
    width > 2 * height && height >= leastHeight ? [index] : [],
  );
  const step = Math.max(1, wide.length / sampleSize);
  return Array.from(
    { length: Math.min(sampleSize, wide.length) },
    (_, at) => wide[Math.floor(at * step)] ?? 0,
  );
}

/** Lines whose English reading is not sure; short ones never are, since "A" may be a character's part. */
export function doubtful(english: readonly RecognisedLine[]): number[] {
  return english.flatMap(({ text, confidence }, index) =>
    confidence < sure || text.length <= 3 ? [index] : [],
  );
}

/** @param chinese readings of some lines, by index. @returns the better reading of each line. */
export function betterReadings(
  english: readonly RecognisedLine[],
  chinese: ReadonlyMap<number, RecognisedLine>,
): RecognisedLine[] {
  const hanLetters = [...chinese.values()].reduce(
    (sum, line) => sum + (line.confidence > 0.6 ? hanOf(line) : 0),
    0,
  );
  const letters = english.reduce((sum, line) => sum + line.text.length, 0);
  const isChinese = hanLetters > chinesePage * letters;
  return english.map((line, index) => {
    const other = chinese.get(index);
    return other !== undefined && prefersChinese(line, other, isChinese) ? other : line;
  });
}

function prefersChinese(english: RecognisedLine, chinese: RecognisedLine, isChinesePage: boolean): boolean {
  const han = hanOf(chinese);
  if (han === 0) return chinese.confidence > english.confidence + 0.3;
  if (!isChinesePage) return han >= 2 && chinese.confidence > Math.max(0.8, english.confidence);
  // One character among Latin ones is more often a misread sign than a word.
  if (
    han === 1 &&
    chinese.text.length > 2 &&
    !/^\P{Script=Han}*[\d\s]\p{Script=Han}|^\p{Script=Han}/u.test(chinese.text)
  ) {
    return chinese.confidence > english.confidence;
  }
  return han >= 2 && english.confidence < 0.7
    ? chinese.confidence > 0.1
    : chinese.confidence > Math.max(0.25, english.confidence - 0.45);
}

/** Number of Han characters. */
export function hanOf({ text }: RecognisedLine): number {
  return text.match(hanCharacters)?.length ?? 0;
}
