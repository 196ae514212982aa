/** Colours of shapes with a bar for their title, apart for the bar and for what is beside or below it. */
import type { Rect } from '../../geometry.ts';
import { at, packedDistance } from '../pixels.ts';
import type { Ground } from './ground.ts';
import type { FoundOutline } from './outline.ts';

/** Shapes whose title stands in a bar of its own. */
const barred: readonly FoundOutline['shape'][] = ['table', 'class', 'swimlane'];

/** Below this distance two colours are one. */
const alike = 6;

/** Share of the samples that one colour must have to be an area's. */
const common = 0.5;

/** @param outlines those without a bar come back as they are. */
export function withTitleBars(outlines: readonly FoundOutline[], ground: Ground): FoundOutline[] {
  return outlines.map((outline): FoundOutline => {
    const parts = partsOf(outline);
    if (parts === undefined) return outline;
    const { fill, bodyFill, ...bare } = outline;
    const outside = outsideOf(outline, ground);
    const seen = (area: Rect): number | undefined => {
      const color = colorIn(area, ground);
      return color === undefined || packedDistance(color, outside) < alike ? undefined : color;
    };
    const [bar, body] = [seen(parts.bar), seen(parts.body)];
    return {
      ...bare,
      ...(bar === undefined ? {} : { fill: bar }),
      ...(body === undefined ? {} : { bodyFill: body }),
    };
  });
}

function partsOf({ shape, box, stroke, rules, tracks }: FoundOutline): { bar: Rect; body: Rect } | undefined {
  if (!barred.includes(shape)) return undefined;
  const [rule, track] = [rules[0], tracks[0]];
  const within = (x: number, y: number, right: number, bottom: number): Rect => ({
    x: x + stroke + 1,
    y: y + stroke + 1,
    width: right - x - 2 * stroke - 2,
    height: bottom - y - 2 * stroke - 2,
  });
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  if (rule !== undefined)
    return { bar: within(box.x, box.y, right, rule), body: within(box.x, rule, right, bottom) };
  if (shape === 'swimlane' && track !== undefined)
    return { bar: within(box.x, box.y, track, bottom), body: within(track, box.y, right, bottom) };
  return undefined;
}

/** The colour that most of an area has. */
function colorIn(area: Rect, ground: Ground): number | undefined {
  const counts = new Map<number, number>();
  let total = 0;
  const step = Math.max(1, Math.floor(Math.min(area.width, area.height) / 12));
  for (let y = Math.round(area.y); y < area.y + area.height; y += step)
    for (let x = Math.round(area.x); x < area.x + area.width; x += step) {
      if (x < 0 || y < 0 || x >= ground.width || y >= ground.height) continue;
      const surface = at(ground.surfaceOf, y * ground.width + x);
      const color = surface < 0 ? undefined : ground.surfaces[surface]?.color;
      if (color === undefined) continue;
      counts.set(color, (counts.get(color) ?? 0) + 1);
      total += 1;
    }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most !== undefined && most[1] >= common * total ? most[0] : undefined;
}

/** In a ring around the shape, a few pixels off, where the edge's own blur has ended. */
function outsideOf({ box }: FoundOutline, ground: Ground): number {
  const off = 5;
  const strip = (x: number, y: number, width: number, height: number): Rect => ({ x, y, width, height });
  const sides = [
    strip(box.x - off - 2, box.y, 2, box.height),
    strip(box.x + box.width + off, box.y, 2, box.height),
    strip(box.x, box.y - off - 2, box.width, 2),
    strip(box.x, box.y + box.height + off, box.width, 2),
  ];
  const colors = sides.flatMap((side) => colorIn(side, ground) ?? []);
  const count = (color: number): number => colors.filter((other) => other === color).length;
  return colors.toSorted((a, b) => count(b) - count(a))[0] ?? ground.background;
}
