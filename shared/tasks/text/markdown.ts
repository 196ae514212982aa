/** Blocks of text as Markdown: headings by the size of their letters, tables, paragraphs. */
import { cellText, type Paragraph, type ReadBlock, type Table } from './blocks.ts';

/** Letters this many times as high as those of most of the text make a heading. */
const headingRatio = 1.2;
/** Sizes this near to each other are one level. */
const sameLevel = 1.12;
const deepestHeading = 4;
const longestHeading = 120;
const longestSentence = 60;

export function markdownOf(blocks: readonly ReadBlock[]): string {
  const paragraphs = blocks.filter((block) => block.kind === 'paragraph');
  const levels = headingLevels(paragraphs);
  return blocks
    .map((block) => {
      if (block.kind === 'table') return tableText(block);
      if (block.kind === 'row') return block.cells.map(({ text }) => escaped(text)).join(' | ');
      return paragraphText(block, levels);
    })
    .join('\n\n');
}

function paragraphText(block: Paragraph, levels: readonly number[]): string {
  const text = block.lines.map((line) => escaped(line.text)).join('\n');
  if (!isHeadingText(block)) return text;
  const level = levels.findIndex((size) => block.size >= size / sameLevel);
  return level < 0
    ? text
    : `${'#'.repeat(Math.min(level + 1, deepestHeading))} ${text.replaceAll('\n', ' ')}`;
}

/** A price in large figures is no heading, nor is the sentence below one. */
function isHeadingText({ lines }: Paragraph): boolean {
  const text = lines.map((line) => line.text).join(' ');
  if (text.length > longestSentence && /[.:;,]$/.test(text.trim())) return false;
  return text.length <= longestHeading && /\p{L}{2}/u.test(text);
}

/** The sizes of headings, largest first. */
function headingLevels(paragraphs: readonly Paragraph[]): number[] {
  const least = headingRatio * bodySize(paragraphs);
  const sizes = paragraphs
    .filter((block) => block.size >= least && isHeadingText(block))
    .map(({ size }) => size);
  const levels: number[] = [];
  for (const size of sizes.sort((a, b) => b - a)) {
    const last = levels.at(-1);
    if (last === undefined || size * sameLevel < last) levels.push(size);
  }
  return levels;
}

/** The size that the middle letter of all has. */
function bodySize(paragraphs: readonly Paragraph[]): number {
  const weighed = paragraphs
    .map(({ size, lines }) => ({ size, letters: lines.reduce((sum, { text }) => sum + text.length, 0) }))
    .sort((a, b) => a.size - b.size);
  let left = weighed.reduce((sum, { letters }) => sum + letters, 0) / 2;
  for (const { size, letters } of weighed) {
    left -= letters;
    if (left <= 0) return size;
  }
  return 0;
}

function tableText({ rows }: Table): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const [head = [], ...body] = rows.map((row) => {
    const texts = row.map((cell) => escaped(cellText(cell)).replaceAll('|', '\\|'));
    return [...texts, ...Array.from({ length: columns - texts.length }, () => '')];
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}

/** What Markdown would take for its own marks; the words must read as they stand in the picture. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_<>[\]]/g, '\\$&')
    .replace(/^(\s*)([#+-]|\d+[.)])(?=\s|$)/, (_, blank: string, mark: string) =>
      /^\d/.test(mark) ? `${blank}${mark.slice(0, -1)}\\${mark.slice(-1)}` : `${blank}\\${mark}`,
    )
    .replace(/^\s*[•·▪◦‣]\s+/u, '- ');
}
