/** Icons that were read as a letter or two: no installed face draws their letters like that. */
import { bestFit } from './choose-families.ts';
import { type Family, installedFamilies } from './faces.ts';
import { type InkedLine, inkedLines, LineFitter, type TypographyLine } from './fit-line.ts';
import { hanShare } from './han.ts';
import { createTextRenderer } from './render.ts';

/**
 * Costs of a fit above which one character, or two that were not read surely, are no letters. Single letters of eight
 * common web fonts that are not installed cost up to 0.3; icons that were read as letters mostly 0.35 and more. Two
 * letters of another family cost up to 0.9, but are read surely.
 */
const mostForOne = 0.32;
const mostForTwo = 0.5;
/** Of a Q, which a loupe is read as: letters cost up to 0.13, loupes 0.2 and more. */
const mostForLoupe = 0.16;
const sureReading = 0.9;
/** Icons are about as wide as high; families differ most in narrow letters, and in whether an I has serifs. */
const leastWidth = 0.75;

/** @returns indices of the lines of one or two characters that look like no letter of the families. */
export function unlikeLetters(
  lines: readonly TypographyLine[],
  families: readonly Family[] = installedFamilies(),
): ReadonlySet<number> {
  const latin = families.filter((family) => !family.han);
  const renderer = createTextRenderer();
  const costOf = (line: InkedLine): number | undefined => {
    const texts = line.text === '0' ? ['0', 'O'] : [line.text];
    const costs = texts.flatMap((text) => {
      const fitter = new LineFitter(renderer);
      return latin.flatMap((family) => bestFit({ ...line, text }, family, fitter)?.cost ?? []);
    });
    return costs.length === 0 ? undefined : Math.min(...costs);
  };
  const short = inkedLines(lines).filter(
    ({ text, characters, confidence, ink }) =>
      hanShare(text) === 0 &&
      /[\p{L}\p{N}/]/u.test(text) &&
      text !== 'I' &&
      ink.width >= leastWidth * ink.height &&
      (characters === 1 || (characters === 2 && confidence < sureReading)),
  );
  return new Set(
    short.flatMap((line) => {
      const most = line.text === 'Q' ? mostForLoupe : line.characters === 1 ? mostForOne : mostForTwo;
      return (costOf(line) ?? 0) > most ? [line.index] : [];
    }),
  );
}
