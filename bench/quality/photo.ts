/** Takes a photo of a page on a screen: at a slight angle, unevenly lit, a little blurred, with noise. */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { RunContext } from '../../shared/context.ts';
import { homographyBetween, type Point, project } from '../../shared/image/index.ts';
import type { Quadrilateral } from '../../shared/image/photo/quadrilateral.ts';
import { warp } from '../../shared/image/photo/warp.ts';
import type { Raster } from '../../shared/image/picture.ts';
import { randomOf } from '../../test/oracle/degrade.ts';
import { decode } from './references.ts';

export interface Photo {
  /** JPEG. */
  readonly picture: Buffer;
  /** Corners of the page in pixels of the photo, clockwise from the upper left. */
  readonly corners: Quadrilateral;
}

/** Pixels of the photo per pixel of the page: a phone has more than a screen. */
const enlargement = 1.6;
/** Of the page's longer side: the desk around it, and how far the camera shifts each corner. */
const margin = 0.07;
const tilt = 0.02;
/** Grey levels: how much darker one side is, and one standard deviation of the sensor's noise. */
const unevenness = 0.14;
const noise = 3;

/** The same page gives the same photo. */
export async function photoOf(png: Buffer, name: string, context: RunContext): Promise<Photo> {
  const random = randomOf(createHash('sha256').update(name).digest().readUInt32LE());
  const { width = 0, height = 0 } = await sharp(png).metadata();
  const [pageWidth, pageHeight] = [Math.round(width * enlargement), Math.round(height * enlargement)];
  const longest = Math.max(pageWidth, pageHeight);
  const [desk, bezel] = [Math.round(margin * longest), Math.round(0.012 * longest)];
  const large = await sharp(png).removeAlpha().resize(pageWidth, pageHeight, { kernel: 'cubic' }).toBuffer();
  const framed = await sharp(large).extend(around(bezel, '#161618')).toBuffer();
  const scene = await decode(
    await sharp(framed)
      .extend(around(desk - bezel, '#6d5a48'))
      .png()
      .toBuffer(),
  );
  const shift = (): number => random() * tilt * longest;
  const view: Quadrilateral = [
    { x: shift(), y: shift() },
    { x: scene.width - shift(), y: shift() },
    { x: scene.width - shift(), y: scene.height - shift() },
    { x: shift(), y: scene.height - shift() },
  ];
  const seen = await warp(scene, view, scene.width, scene.height, context);
  const toPhoto = homographyBetween(view, cornersOf(scene));
  const page = cornersOf({ width: pageWidth, height: pageHeight }).map(({ x, y }) =>
    project(toPhoto, { x: x + desk, y: y + desk }),
  );
  const lit = developed(seen, random);
  const picture = await sharp(lit.data, { raw: { width: lit.width, height: lit.height, channels: 3 } })
    .blur(0.7)
    .jpeg({ quality: 85 })
    .toBuffer();
  const [a, b, c, d] = page as [Point, Point, Point, Point];
  return { picture, corners: [a, b, c, d] };
}

export function cornersOf({
  width,
  height,
}: {
  readonly width: number;
  readonly height: number;
}): Quadrilateral {
  return [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ];
}

const around = (size: number, background: string) => ({
  top: size,
  bottom: size,
  left: size,
  right: size,
  background,
});

/** Light from one side that falls off, and noise. */
function developed({ width, height, data }: Raster, random: () => number): Raster {
  const angle = random() * 2 * Math.PI;
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const result = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 3) {
    const x = ((at / 3) % width) / width - 0.5;
    const y = Math.floor(at / 3 / width) / height - 0.5;
    const light = 0.93 - unevenness * (0.5 + (x * dx + y * dy) / 1.42) - 0.12 * (x * x + y * y);
    for (let channel = 0; channel < 3; channel += 1) {
      // The sum of four even draws is near enough to a bell.
      const bell = (random() + random() + random() + random() - 2) * 1.73;
      result[at + channel] = Math.min(255, Math.max(0, (data[at + channel] ?? 0) * light + noise * bell));
    }
  }
  return { width, height, data: result };
}
