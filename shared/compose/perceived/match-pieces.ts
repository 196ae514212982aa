/** What was measured in the place of a picture that was perceived as a whole: bars of a chart, parts of a drawing. */
import type { PageFacts, PagePicture } from '../../facts/page-facts.ts';
import { area, type Rect, unionOf } from '../../geometry.ts';
import type { MeasuredReference, PerceivedNode, Perception } from '../../tasks/perceive/perception.ts';
import { grown, shareInside, slack } from './match-affinity.ts';
import { keyOf } from './match-leaves.ts';

/** Share of a piece that lies in the picture's rough box, and in that box grown by its roughness. */
const mostly = 0.5;
const wholly = 0.95;
/** A place that fills more of the page than this is no picture whose parts can be told. */
const largest = 0.5;

/** Everything that any element names, containers included. */
export function namesIn({ nodes }: Perception): Set<string> {
  const names = new Set<string>();
  const visit = ({ measured = [], children = [] }: PerceivedNode): void => {
    for (const reference of measured) names.add(keyOf(reference));
    for (const child of children) visit(child);
  };
  for (const node of nodes) visit(node);
  return names;
}

/**
 * @param box where the picture was perceived.
 * @param isTaken what another element is, or needs.
 * @param isDoubtful a line that may be no text.
 */
export function piecesIn(
  box: Rect,
  facts: PageFacts,
  isTaken: (reference: MeasuredReference) => boolean,
  isDoubtful: (line: number) => boolean,
): MeasuredReference[] {
  if (area(box) > largest * facts.width * facts.height) return [];
  const lists = ['lines', 'boxes', 'pictures', 'separators'] as const;
  return lists.flatMap((list) =>
    [...facts[list].entries()].flatMap(([index, thing]) => {
      if (list === 'lines' && !isDoubtful(index)) return [];
      const isInside =
        shareInside(thing.box, box) >= mostly && shareInside(thing.box, grown(box, slack)) >= wholly;
      return isInside && !isTaken({ list, index }) ? [{ list, index }] : [];
    }),
  );
}

/** A picture with all its pieces: what fills few of its rows is cut off when its place is measured. */
export function withPieces(
  picture: PagePicture,
  pieces: readonly MeasuredReference[],
  facts: PageFacts,
): PagePicture {
  const boxes = pieces.flatMap(({ list, index }) => facts[list][index]?.box ?? []);
  return boxes.length === 0 ? picture : { ...picture, box: unionOf([picture.box, ...boxes]) };
}
