/** Photos made for the tests: a page in space, a camera, a table, light that falls off, noise, JPEG. */
import sharp from 'sharp';
import type { Quadrilateral, Raster } from '../../shared/image/index.ts';
import { homographyBetween, project } from '../../shared/image/photo/homography.ts';

export interface Scene {
  readonly width: number;
  readonly height: number;
  /** Degrees by which the page leans away from the camera, about x, y and z. */
  readonly tilt: readonly [x: number, y: number, z: number];
  /** Share of the photo's height that the page takes. */
  readonly fill: number;
  /** Grey levels of the table. */
  readonly table: readonly [number, number, number];
  /** Light in the darkest corner as a share of the brightest. */
  readonly falloff: number;
  /** Standard deviation of the noise, in grey levels. */
  readonly noise: number;
  readonly seed: number;
  /** Grey levels of a frame around the page, as a whiteboard has; none unless told. */
  readonly frame?: number;
  /** A thumb over the middle of the lower edge. */
  readonly thumb?: boolean;
}

export interface Photo {
  readonly raster: Raster;
  readonly corners: Quadrilateral;
}

const skin = [215, 165, 140];
const letters = 'Sprint review Monday: login page, search, export, faster start, new icons';

/** A white sheet of `width` × `height` with text, lines and a coloured box. */
export async function sheet(width: number, height: number): Promise<Raster> {
  const lines = Array.from({ length: 16 }, (_, row) => {
    const y = 120 + (row * (height - 200)) / 16;
    return `<text x="80" y="${y}" font-size="34" font-family="sans-serif" fill="#${row % 4 ? '202020' : 'b02020'}">${letters.slice(row, row + 38)}</text>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#f4f4f2"/>${lines.join('')}<rect x="${width - 300}" y="${height - 260}" width="200" height="140" fill="none" stroke="#2040a0" stroke-width="6"/></svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Numbers from 0 to 1 that are the same on every run. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The page's corners through a camera of about 60° that looks at its middle. */
function cornersOf(page: Raster, scene: Scene): Quadrilateral {
  const [rx, ry, rz] = scene.tilt.map((degrees) => (degrees * Math.PI) / 180) as [number, number, number]; // three in, three out
  const focal = 1.1 * Math.max(scene.width, scene.height);
  const size = scene.fill * scene.height;
  const corner = (sx: number, sy: number) => {
    const x0 = (sx * size * page.width) / page.height / 2;
    const y0 = (sy * size) / 2;
    const [x1, y1] = [x0 * Math.cos(rz) - y0 * Math.sin(rz), x0 * Math.sin(rz) + y0 * Math.cos(rz)];
    const [y2, z2] = [y1 * Math.cos(rx), y1 * Math.sin(rx)];
    const [x3, z3] = [x1 * Math.cos(ry) + z2 * Math.sin(ry), -x1 * Math.sin(ry) + z2 * Math.cos(ry)];
    const depth = focal / (focal + z3);
    return { x: scene.width / 2 + x3 * depth, y: scene.height / 2 + y2 * depth };
  };
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}

/** Takes the photo. */
export async function photograph(page: Raster, scene: Scene): Promise<Photo> {
  const corners = cornersOf(page, scene);
  const edge = { right: page.width - 0.5, bottom: page.height - 0.5 };
  const flat: Quadrilateral = [
    { x: -0.5, y: -0.5 },
    { x: edge.right, y: -0.5 },
    { x: edge.right, y: edge.bottom },
    { x: -0.5, y: edge.bottom },
  ];
  const map = homographyBetween(corners, flat);
  const next = random(scene.seed);
  const noise = (): number => (next() + next() + next() + next() - 2) * 1.73 * scene.noise;
  const data = new Uint8Array(scene.width * scene.height * 3);
  for (let y = 0; y < scene.height; y++) {
    for (let x = 0; x < scene.width; x++) {
      const on = project(map, { x, y });
      const isPage = on.x > -0.5 && on.y > -0.5 && on.x < edge.right && on.y < edge.bottom;
      const light = 1 - ((1 - scene.falloff) * (x / scene.width + y / scene.height)) / 2;
      const grain =
        1 + 0.25 * Math.sin(x * 0.04 + 4 * Math.sin(y * 0.008)) + 0.12 * Math.sin(x * 0.9 + y * 0.07);
      const rim = 0.025 * page.width;
      const isFrame = on.x > -rim && on.y > -rim && on.x < edge.right + rim && on.y < edge.bottom + rim;
      const isThumb = Math.hypot((on.x / page.width - 0.5) / 0.07, (on.y / page.height - 1.05) / 0.14) < 1;
      for (let channel = 0; channel < 3; channel++) {
        let value = isPage ? pixelAt(page, on.x, on.y, channel) : (scene.table[channel] ?? 0) * grain;
        if (!isPage && isFrame) value = scene.frame ?? value;
        if (isThumb && scene.thumb) value = skin[channel] ?? 0;
        data[(y * scene.width + x) * 3 + channel] = Math.min(255, Math.max(0, value * light + noise()));
      }
    }
  }
  // The lens blurs a little, and the camera writes JPEG.
  const raw = { width: scene.width, height: scene.height, channels: 3 } as const;
  const jpeg = await sharp(data, { raw }).blur(0.7).jpeg({ quality: 85 }).toBuffer();
  const pixels = await sharp(jpeg).raw().toBuffer();
  return { raster: { width: scene.width, height: scene.height, data: pixels }, corners };
}

function pixelAt({ width, height, data }: Raster, x: number, y: number, channel: number): number {
  const x0 = Math.min(Math.max(Math.floor(x), 0), width - 1);
  const y0 = Math.min(Math.max(Math.floor(y), 0), height - 1);
  const [x1, y1] = [Math.min(x0 + 1, width - 1), Math.min(y0 + 1, height - 1)];
  const [fx, fy] = [Math.min(Math.max(x - x0, 0), 1), Math.min(Math.max(y - y0, 0), 1)];
  const at = (px: number, py: number): number => data[(py * width + px) * 3 + channel] ?? 0;
  return (
    (at(x0, y0) * (1 - fx) + at(x1, y0) * fx) * (1 - fy) + (at(x0, y1) * (1 - fx) + at(x1, y1) * fx) * fy
  );
}
