/** Closing braces that were read as a 1: told by the brackets that are open. */

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** What the recogniser takes a narrow closing brace for. */
const lookAlike = /[1lI|]/;
/** A brace stands alone in its row, or after a value: behind a sign or a word there is one to come. */
const afterValue = /^\s*$|['"`)\]}\d]\s+$/;

/**
 * @param rows of one block of code, from top to bottom.
 * @returns the rows, each as long as before: a lone 1 before the end of a call, or of a row, is a brace where one is
 *   open there, nothing waits for a value, and the rows have a brace too few.
 */
export function closeBraces(rows: readonly string[]): string[] {
  const all = rows.join('\n');
  let missing = countOf(all, '{') - countOf(all, '}');
  const open: string[] = [];
  let quote = '';
  return rows.map((row) => {
    let told = '';
    quote = quote === '`' ? quote : '';
    for (const [index, sign] of [...row].entries()) {
      const rest = row.slice(index + 1);
      if (quote !== '') {
        if (sign === quote) quote = '';
      } else if (/['"`]/.test(sign)) quote = sign;
      else if (sign in closers) open.push(sign);
      else if (closers[open.at(-1) ?? ''] === sign) open.pop();
      else if (
        missing > 0 &&
        open.at(-1) === '{' &&
        lookAlike.test(sign) &&
        afterValue.test(told) &&
        /^\s*([)\];,]|$)/.test(rest)
      ) {
        told += '}';
        missing -= 1;
        open.pop();
        continue;
      }
      told += sign;
    }
    return told;
  });
}

const countOf = (text: string, sign: string): number => text.split(sign).length - 1;
