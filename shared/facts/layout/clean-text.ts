/** Takes out of text what no document may hold. */

/** Controls, halves of surrogate pairs, and code points that are no characters. */
const forbidden = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** The text with every kind of blank as a space, and without what HTML forbids. */
export function cleanText(text: string): string {
  return text.replace(/[\t\n\r\f]/g, ' ').replace(forbidden, '');
}
