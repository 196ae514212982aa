/** Closes a style sheet that was cut off. */

/**
 * The style sheet up to its last whole declaration, with every open block closed. Comments and
 * strings that were cut off are dropped.
 */
export function closeCss(css: string): string {
  let depth = 0;
  let safe = { end: 0, depth: 0 };
  const token =
    /\/\*[\s\S]*?(?:\*\/|$)|"(?:\\(?:[\s\S]|$)|[^"\\\n])*(?:"|$)|'(?:\\(?:[\s\S]|$)|[^'\\\n])*(?:'|$)|[{};]/g;
  for (const match of css.matchAll(token)) {
    const [text] = match;
    if (text === '{') depth += 1;
    else if (text === '}') depth = Math.max(0, depth - 1);
    else if (text !== ';') continue;
    safe = { end: match.index + 1, depth };
  }
  return `${css.slice(0, safe.end).trimEnd()}${'\n}'.repeat(safe.depth)}\n`;
}
