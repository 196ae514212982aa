/** Puts boxes into boxes, and lines, pictures and rules into the smallest box around them. */
import { area, type Rect, right } from '../../geometry.ts';
import type { PageBox, PagePicture, Separator, TextLine } from '../page-facts.ts';
import { type CleanFacts, insideShare, type Numbered } from './clean.ts';

/** Lines that are known to be one text. */
export interface MarkedText {
  readonly mark: number;
  readonly lines: readonly Numbered<TextLine>[];
}

/** A container and what stands directly in it. */
export interface Nest {
  readonly box: Rect;
  readonly surface?: Numbered<PageBox>;
  readonly backdrop?: Numbered<PagePicture>;
  /** What of an outline it is. */
  mark?: number;
  nests: Nest[];
  lines: Numbered<TextLine>[];
  pictures: Numbered<PagePicture>[];
  separators: Numbered<Separator>[];
  /** Lines that an outline makes one text; they are not among `lines`. */
  texts: MarkedText[];
  /** Marks of pictures and rules. */
  readonly marks: Map<PagePicture | Separator, number>;
}

/** Least share of a thing that must lie in a container. */
const containedShare = 0.8;

export function createNest(parts: Pick<Nest, 'box' | 'surface' | 'backdrop' | 'mark'>): Nest {
  return { ...parts, nests: [], lines: [], pictures: [], separators: [], texts: [], marks: new Map() };
}

function grown(rect: Rect, by: number): Rect {
  return { x: rect.x - by, y: rect.y - by, width: rect.width + 2 * by, height: rect.height + 2 * by };
}

/** A badge that cuts the upper or lower edge of its card. */
function cutsEdge(rect: Rect, { box, surface }: Nest): boolean {
  const inside = insideShare(rect, box);
  return (
    surface !== undefined &&
    rect.height <= 48 &&
    rect.height <= 0.25 * box.height &&
    rect.x >= box.x - 1 &&
    right(rect) <= right(box) + 1 &&
    rect.width <= 0.8 * box.width &&
    inside >= 0.25 &&
    inside < containedShare
  );
}

/** The page as nested containers. A picture under text becomes a container, too. */
export function nestFacts(facts: CleanFacts): Nest {
  const root = createNest({ box: { x: 0, y: 0, width: facts.width, height: facts.height } });
  const carries = (picture: PagePicture): boolean =>
    picture.box.width >= 40 &&
    picture.box.height >= 24 &&
    facts.lines.some(
      (line) => insideShare(line.box, picture.box) > 0.9 && line.box.height < 0.8 * picture.box.height,
    );
  const backdrops = facts.pictures.filter(carries);
  const containers = [
    ...facts.boxes.map((box) => createNest({ box: box.box, surface: box })),
    ...backdrops.map((picture) => createNest({ box: picture.box, backdrop: picture })),
  ].sort((a, b) => area(b.box) - area(a.box));
  const placed: Nest[] = [];
  /** Smallest container around a rectangle: containers are placed from large to small. */
  const home = (rect: Rect): Nest => {
    const edged = placed.findLast((nest) => cutsEdge(rect, nest));
    for (let index = placed.length - 1; index >= 0; index -= 1) {
      const nest = placed[index];
      if (nest !== undefined && nest === edged) return nest;
      if (
        nest !== undefined &&
        area(nest.box) > area(rect) &&
        insideShare(rect, grown(nest.box, 1)) >= containedShare
      )
        return nest;
    }
    return root;
  };
  for (const container of containers) {
    home(container.box).nests.push(container);
    placed.push(container);
  }
  for (const line of facts.lines) home(line.box).lines.push(line);
  for (const picture of facts.pictures)
    if (!backdrops.includes(picture)) home(picture.box).pictures.push(picture);
  for (const rule of facts.separators) home(rule.box).separators.push(rule);
  return root;
}
