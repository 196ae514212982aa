/** How wide and how dark words would be in the font that most of a page is set in. */
import type { PageFacts, TextLine } from '../page-facts.ts';
import { type Face, type Family, installedFamilies } from '../typography/faces.ts';
import { hanShare } from '../typography/han.ts';
import { createTextRenderer, type TextRenderer } from '../typography/render.ts';

export interface Yardstick {
  readonly renderer: TextRenderer;
  /** Width in ems; Han characters are squares. */
  advance(text: string): number;
  /** The faces that a text may be drawn in, the likeliest first; none where no installed font has its characters. */
  facesFor(text: string, line?: TextLine): readonly Face[];
}

const han = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/gu;
/** From this weight on a line is bold. */
const bold = 600;
const plain: Family = { name: 'sans-serif', kind: 'sans', han: false, weights: [400, 700] };

export function createYardstick(facts: PageFacts): Yardstick {
  const renderer = createTextRenderer();
  const families = installedFamilies();
  const named = (name: string): Family | undefined => families.find((family) => family.name === name);
  const main = named(mainFamily(facts.lines)) ?? families.find(({ kind }) => kind === 'sans') ?? plain;
  const chinese = families.find((family) => family.han);
  const face: Face = { family: main, weight: 400, italic: false };
  return {
    renderer,
    advance: (text) => (text.match(han)?.length ?? 0) + renderer.advance(face, text.replaceAll(han, '')),
    facesFor: (text, line) => {
      const isHan = hanShare(text) > 0;
      if (isHan && chinese === undefined) return [];
      const family = (isHan ? chinese : line && named(line.typography.family)) ?? main;
      const weights = line !== undefined && line.typography.weight >= bold ? [700, 400] : [400, 700];
      return weights.map((weight) => ({ family, weight, italic: line?.typography.italic ?? false }));
    },
  };
}

/** The family of most letters. */
function mainFamily(lines: readonly TextLine[]): string {
  const letters = new Map<string, number>();
  for (const { text, typography } of lines)
    letters.set(typography.family, (letters.get(typography.family) ?? 0) + text.length);
  return [...letters].reduce<readonly [string, number]>((a, b) => (b[1] > a[1] ? b : a), ['', 0])[0];
}
