/** Fenced code blocks of a Markdown answer, as models write them, finished or not. */

export interface CodeBlock {
  /** Lower case, empty where none is given. */
  readonly language: string;
  readonly code: string;
  /** The closing fence is there. */
  readonly closed: boolean;
}

/** At the start of a line by the standard; models also put it behind a sentence. */
const opening = /(?:^|\s)(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^`]*$/;

export function codeBlocks(answer: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { fence: string; language: string; lines: string[] } | undefined;
  const close = (closed: boolean) => {
    if (open) blocks.push({ language: open.language, code: open.lines.join('\n'), closed });
    open = undefined;
  };
  for (const line of answer.split(/\r?\n/)) {
    if (open === undefined) {
      const match = opening.exec(line);
      if (match) open = { fence: match[1] ?? '', language: (match[2] ?? '').toLowerCase(), lines: [] };
      continue;
    }
    const behind = beforeClosingFence(line, open.fence);
    if (behind === undefined) {
      open.lines.push(line);
      continue;
    }
    if (behind.trim() !== '') open.lines.push(behind);
    close(true);
  }
  // The beginning of a closing fence is no code.
  if (open && /^[`~]{1,2}$/.test(open.lines.at(-1) ?? '')) open.lines.pop();
  close(false);
  return blocks;
}

/**
 * What stands before a closing fence, usually nothing; undefined if the line closes nothing. Behind
 * other text only the end of a page lets a fence close, because code may hold fences of its own.
 */
function beforeClosingFence(line: string, fence: string): string | undefined {
  const match = /^(.*?)(`{3,}|~{3,})\s*$/.exec(line);
  const before = match?.[1] ?? '';
  const found = match?.[2] ?? '';
  if (!found.startsWith(fence)) return undefined;
  return before.trim() === '' || /<\/html>\s*$/i.test(before) ? before : undefined;
}
