/** Takes out of text what no document may hold. */

/** Controls, halves of surrogate pairs, and code points that are no characters. */
const forbidden = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/**
 * The text with every kind of blank as a space, and without what HTML forbids.
 * @param keepsLines line ends stay, as in preformatted text.
 */
export function cleanText(text: string, keepsLines = false): string {
  if (keepsLines)
    return text
      .split('\n')
      .map((line) => cleanText(line))
      .join('\n');
  return text.replace(/[\t\n\r\f]/g, ' ').replace(forbidden, '');
}
