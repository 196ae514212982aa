/** From pixels of the picture as it is worked on back to pixels of the picture as the user gave it. */
import { bottom, type Rect, right } from '../geometry.ts';
import { homographyBetween, type Point, project, type Quadrilateral, type Raster } from '../image/index.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export type PixelMap = (point: Point) => Point;

export const samePixels: PixelMap = (point) => point;

/** @param corners of the page in the photo, clockwise from the upper left; the whole photo where there are none. */
export function photoPixels(straight: Raster, photo: Size, corners: Quadrilateral | undefined): PixelMap {
  const map = homographyBetween(cornersOf(straight), corners ?? cornersOf(photo));
  return (point) => project(map, point);
}

function cornersOf({ width, height }: Size): Quadrilateral {
  return [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ];
}

/** The whole pixels around what a rectangle shows; never empty, never outside of the picture. */
export function givenBox(rect: Rect, toGiven: PixelMap, { width, height }: Size): Rect {
  const points = [
    { x: rect.x, y: rect.y },
    { x: right(rect), y: rect.y },
    { x: right(rect), y: bottom(rect) },
    { x: rect.x, y: bottom(rect) },
  ].map(toGiven);
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const left = within(Math.round(Math.min(...xs)), 0, width - 1);
  const top = within(Math.round(Math.min(...ys)), 0, height - 1);
  return {
    x: left,
    y: top,
    width: within(Math.round(Math.max(...xs)), left + 1, width) - left,
    height: within(Math.round(Math.max(...ys)), top + 1, height) - top,
  };
}

/** The middle of a rectangle, as a whole pixel of the picture. */
export function givenPoint(rect: Rect, toGiven: PixelMap, { width, height }: Size): Point {
  const { x, y } = toGiven({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 });
  return { x: within(Math.round(x), 0, width - 1), y: within(Math.round(y), 0, height - 1) };
}

function within(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
