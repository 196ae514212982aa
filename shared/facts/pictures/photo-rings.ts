/** The ring around a round photo that lies half on a cover and half on the page, as profiles have it. */
import type { Raster } from '../../image/picture.ts';
import { median, pack, packedAt, packedDistance, unpack } from '../pixels.ts';
import type { RawPicture } from './find-pictures.ts';

/** A line of one colour and width along the whole edge, in source pixels. */
export interface PhotoRing {
  readonly width: number;
  readonly color: number;
}

const rays = 72;
/** CSS pixels: thinnest and thickest ring, and smallest photo. */
const thinnest = 1.5;
const thickest = 8;
const smallest = 20;
/** A photo is round from this radius on, by its shorter side. */
const roundFrom = 0.45;
/** 0..255: how alike a ring's pixels are. */
const even = 24;
/** Shares of the rays that begin in the ring's colour, that leave it, and of these that leave it at one distance. */
const leastAlike = 0.85;
const leastEnding = 0.25;
const leastAgreeing = 0.7;

/** @returns undefined for a photo that is not round, or has none. Where the page has the ring's colour it does not end. */
export function ringOf(raster: Raster, photo: RawPicture, scale: number): PhotoRing | undefined {
  const [across, down] = [photo.right - photo.left + 1, photo.bottom - photo.top + 1];
  const side = Math.min(across, down);
  if (photo.kind !== 'photo' || Math.abs(across - down) > 3 * scale || side < smallest * scale)
    return undefined;
  if (photo.radius < roundFrom * side) return undefined;
  const [x0, y0] = [(photo.left + photo.right) / 2, (photo.top + photo.bottom) / 2];
  const far = Math.round((thickest + 2) * scale);
  const profiles = Array.from({ length: rays }, (_, index) => {
    const angle = (2 * Math.PI * index) / rays;
    return Array.from({ length: far }, (_, step) => {
      const distance = side / 2 + 0.5 + step;
      const x = Math.round(x0 + distance * Math.cos(angle));
      const y = Math.round(y0 + distance * Math.sin(angle));
      const inside = x >= 0 && y >= 0 && x < raster.width && y < raster.height;
      return inside ? packedAt(raster.data, y * raster.width + x) : undefined;
    });
  });
  // The first pixel is antialiased with the photo.
  const first = profiles.flatMap((profile) => profile[1] ?? []);
  if (first.length < leastAlike * rays) return undefined;
  const channels = first.map(unpack);
  const color = pack(
    median(channels.map(([red]) => red)),
    median(channels.map(([, green]) => green)),
    median(channels.map(([, , blue]) => blue)),
  );
  const isRing = (one: number | undefined): boolean =>
    one !== undefined && packedDistance(one, color) <= even;
  const own = profiles.filter((profile) => isRing(profile[1]));
  if (own.length < leastAlike * rays) return undefined;
  const ends = own.flatMap((profile) => {
    const end = profile.findIndex((one, step) => step > 0 && !isRing(one));
    return end < 0 ? [] : [end];
  });
  if (ends.length < leastEnding * rays) return undefined;
  const width = median(ends);
  if (width < thinnest * scale || width > thickest * scale) return undefined;
  const agreeing = ends.filter((end) => Math.abs(end - width) <= 1.2 * scale).length;
  return agreeing < leastAgreeing * ends.length ? undefined : { width, color };
}

/** True for a piece of the ring that was taken for an icon. */
export function isPieceOfRing(icon: RawPicture, photo: RawPicture, ring: PhotoRing, scale: number): boolean {
  const reach = ring.width + 2 * scale;
  const thin = Math.min(icon.right - icon.left, icon.bottom - icon.top) + 1 <= ring.width + 4 * scale;
  return (
    icon.kind !== 'photo' &&
    thin &&
    icon.left >= photo.left - reach &&
    icon.right <= photo.right + reach &&
    icon.top >= photo.top - reach &&
    icon.bottom <= photo.bottom + reach
  );
}

/** Photos with their rings, and the other pictures without these rings' pieces. */
export function withRings(
  raster: Raster,
  pictures: readonly RawPicture[],
  scale: number,
): (RawPicture & { readonly ring?: PhotoRing })[] {
  const rings = new Map(
    pictures.flatMap((photo) => {
      const ring = ringOf(raster, photo, scale);
      return ring ? [[photo, ring] as const] : [];
    }),
  );
  return pictures
    .filter(
      (one) => ![...rings].some(([photo, ring]) => one !== photo && isPieceOfRing(one, photo, ring, scale)),
    )
    .map((one) => {
      const ring = rings.get(one);
      if (ring === undefined) return one;
      const wide = Math.round(ring.width);
      return {
        ...one,
        left: one.left - wide,
        top: one.top - wide,
        right: one.right + wide,
        bottom: one.bottom + wide,
        radius: one.radius + wide,
        ring: { ...ring, width: wide },
      };
    });
}
