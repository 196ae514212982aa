/** Puts boxes into boxes, and lines, pictures and rules into the smallest box around them. */
import { area, type Rect } from '../../geometry.ts';
import type { PageBox, PageFacts, PagePicture, Separator, TextLine } from '../page-facts.ts';
import { insideShare } from './clean.ts';

/** A container and what stands directly in it. */
export interface Nest {
  readonly box: Rect;
  readonly surface?: PageBox;
  readonly backdrop?: PagePicture;
  readonly nests: Nest[];
  readonly lines: TextLine[];
  readonly pictures: PagePicture[];
  readonly separators: Separator[];
}

/** Least share of a thing that must lie in a container. */
const containedShare = 0.8;

function createNest(parts: Pick<Nest, 'box' | 'surface' | 'backdrop'>): Nest {
  return { ...parts, nests: [], lines: [], pictures: [], separators: [] };
}

function grown(rect: Rect, by: number): Rect {
  return { x: rect.x - by, y: rect.y - by, width: rect.width + 2 * by, height: rect.height + 2 * by };
}

/** The page as nested containers. A picture under text becomes a container, too. */
export function nestFacts(facts: PageFacts): Nest {
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
    for (let index = placed.length - 1; index >= 0; index -= 1) {
      const nest = placed[index];
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
