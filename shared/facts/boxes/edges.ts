/** What lies on a box's outline and is neither text nor rule: antialiased corners, arcs of borders, blurred edges. */
import type { Segment } from '../regions/lines.ts';
import type { Blob } from '../text/ink.ts';
import type { RawBox } from './raw-box.ts';

/** A line right at a box's edge is its blurred outline or border, whatever else was made of it. */
export function hugs(rule: Segment, box: RawBox, scale: number): boolean {
  const near = 2.5 * scale;
  const horizontal = rule.orientation === 'horizontal';
  const [from, to, at0] = horizontal
    ? [rule.left, rule.right, (rule.top + rule.bottom) / 2]
    : [rule.top, rule.bottom, (rule.left + rule.right) / 2];
  const [a, b, first, last] = horizontal
    ? [box.left, box.right, box.top, box.bottom]
    : [box.top, box.bottom, box.left, box.right];
  if (from < a - near || to > b + near || to - from < 0.4 * (b - a)) return false;
  return Math.abs(at0 - first) <= near || Math.abs(at0 - last) <= near;
}

/** The antialiased pixels of a rounded corner. */
export function isCorner(blob: Blob, boxes: readonly RawBox[], scale: number): boolean {
  return boxes.some((box) => {
    const zone = box.radius + Math.max(4 * scale, box.ringing ?? 0);
    const slack = 2 * scale;
    if (blob.right < box.left - slack || blob.left > box.right + slack) return false;
    if (blob.bottom < box.top - slack || blob.top > box.bottom + slack) return false;
    const west = blob.left >= box.left - slack && blob.right <= box.left + zone;
    const east = blob.right <= box.right + slack && blob.left >= box.right - zone;
    const north = blob.top >= box.top - slack && blob.bottom <= box.top + zone;
    const south = blob.bottom <= box.bottom + slack && blob.top >= box.bottom - zone;
    if ((west || east) && (north || south))
      return touchesOutline(blob, box, scale) || isOnArc(blob, box, scale);
    // The arc of a pill's border takes a whole side.
    const hollow = blob.area < 0.45 * (blob.right - blob.left + 1) * (blob.bottom - blob.top + 1);
    const spans = blob.bottom - blob.top >= 0.7 * (box.bottom - box.top);
    if ((west || east) && hollow && spans && box.radius > 3 * scale) return true;
    // A hair along one side.
    const thin = Math.min(blob.right - blob.left, blob.bottom - blob.top) <= 1.5 * scale;
    return thin && blob.purity < 0.75 && (west || east || north || south) && touchesOutline(blob, box, scale);
  });
}

/** True if the middle of the blob lies on the corner's arc, give or take 3 CSS pixels. */
function isOnArc(blob: Blob, box: RawBox, scale: number): boolean {
  const x = (blob.left + blob.right) / 2;
  const y = (blob.top + blob.bottom) / 2;
  const centreX = x < (box.left + box.right) / 2 ? box.left + box.radius : box.right - box.radius;
  const centreY = y < (box.top + box.bottom) / 2 ? box.top + box.radius : box.bottom - box.radius;
  return Math.abs(Math.hypot(x - centreX, y - centreY) - box.radius) <= 3 * scale;
}

/** True if the blob reaches the rounded outline itself, not only the corner's square. */
function touchesOutline(blob: Blob, box: RawBox, scale: number): boolean {
  const border = Math.max(0, ...Object.values(box.border).map((side) => side.width));
  const near = 2.5 * scale + border;
  return (
    Math.abs(blob.left - box.left) <= near ||
    Math.abs(blob.right - box.right) <= near ||
    Math.abs(blob.top - box.top) <= near ||
    Math.abs(blob.bottom - box.bottom) <= near
  );
}
