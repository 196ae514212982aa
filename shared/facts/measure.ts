/** Measures one picture of a page, without any model: pixels in, PageFacts out. Runs in a worker. */
import type { ProgressEvent, RunContext } from '../context.ts';
import { throwIfCancelled } from '../errors.ts';
import type { Raster } from '../image/picture.ts';
import type { RawBox } from './boxes/raw-box.ts';
import { takeRings } from './boxes/rings.ts';
import { codeLines, withoutCode } from './code/code-lines.ts';
import { findCode } from './code/find-code.ts';
import { type CodeRun, readCode } from './code/read-code.ts';
import { nameIcons } from './icons/name-icons.ts';
import { cleaned, noiseOf } from './noise.ts';
import type { PageBox, PageFacts, PagePicture, Separator, TextLine } from './page-facts.ts';
import { findPalette } from './palette.ts';
import { liesIn, type RawPicture } from './pictures/find-pictures.ts';
import { gatherIcons, iconsAmongEquals, type LooseInk } from './pictures/icons.ts';
import { type PhotoRing, withRings } from './pictures/photo-rings.ts';
import { findPixelRatio } from './pixel-ratio.ts';
import { pack, unpack } from './pixels.ts';
import { findFlatRegions, findRawFacts, type RawFacts } from './raw-facts.ts';
import { partLeaks } from './regions/leaks.ts';
import type { Segment } from './regions/lines.ts';
import { sharpenLines } from './regions/sharpen-lines.ts';
import { partLines } from './regions/tails.ts';
import type { InkLine } from './text/group-lines.ts';
import { languageOf } from './text/language.ts';
import { type PreparedLine, prepareLine, prepareLineOnPicture } from './text/line-images.ts';
import { findLinesOnPicture } from './text/on-picture.ts';
import { type IconRun, readLines, type TextRun } from './text/read-lines.ts';
import type { LetterCheck, LineReader, TypographyFitter } from './text/reading.ts';
import { withoutRemains } from './text/remains.ts';
import { agreeColors, snapColors } from './text/snap-colors.ts';
import { lineOfRun, rectOf, toFit } from './text/text-line.ts';

export interface MeasureTools {
  readonly reader: LineReader;
  readonly fitLines: TypographyFitter;
  readonly unlikeLetters: LetterCheck;
  readonly signal: AbortSignal;
  readonly progress: RunContext['progress'];
}

/** @throws PixelwrightError `cancelled` between steps once the signal has fired. */
export async function measureRaster(raster: Raster, tools: MeasureTools): Promise<PageFacts> {
  const say = (message: string, fraction: number): void => {
    throwIfCancelled(tools.signal);
    const event: ProgressEvent = { stage: 'measure', message, fraction };
    tools.progress(event);
  };
  say('finding areas, boxes and lines', 0.1);
  const measured = measurePixels(raster);
  const codes = findCode(measured);
  const code = await readCode(raster, measured, codes, tools.reader, tools.signal);
  const raw = withoutCode(measured, code);
  const snapped = snapColors(prepareLines(raster, raw));
  const prepared = raw.lossy ? agreeColors(snapped) : snapped;
  say(`reading words, ${prepared.length} lines`, 0.35);
  const { texts, icons } = await readLines(prepared, tools.reader, tools.signal);
  say('fitting fonts', 0.85);
  const facts = assemble(raw, { texts, icons, code }, tools);
  say('comparing icons', 0.95);
  return await nameIcons(facts, raster);
}

/** Regions and everything drawn from them, at the picture's own pixel ratio and noise. */
export function measurePixels(raster: Raster): RawFacts {
  const noise = noiseOf(raster);
  const clean = cleaned(raster, noise);
  if (noise.lossy) sharpenLines(clean, raster);
  const flat = findFlatRegions(clean, noise.step);
  const whole = noise.lossy ? flat : partLeaks(clean, flat, noise.step);
  const regions = partLines(clean, whole, noise.step);
  const options = {
    scale: 1,
    step: noise.step,
    contrast: noise.contrast,
    lossy: noise.lossy,
    original: raster,
  };
  const raw = findRawFacts(clean, regions, options);
  const scale = findPixelRatio(raw);
  return scale === 1 ? raw : findRawFacts(clean, regions, { ...options, scale });
}

function prepareLines(raster: Raster, raw: RawFacts): PreparedLine[] {
  const lines = raw.lines.map((line) => prepareLine(raster, raw.ink, line, raw.isLine, raw.lossy));
  for (const [index, picture] of raw.pictures.entries()) {
    if (picture.kind !== 'photo' || picture.right - picture.left < 100 * raw.scale) continue;
    for (const line of findLinesOnPicture(raster, picture, -2 - index, raw.scale, raw.lossy)) {
      // The label of a button on the photo is known already.
      if (raw.lines.some((known) => liesIn(line, known) || liesIn(known, line))) continue;
      if (fillsPicture(line, picture)) continue;
      lines.push(prepareLineOnPicture(raster, line));
    }
  }
  return lines;
}

/** What is half as high as a picture that is no banner is its subject, not a text on it. */
function fillsPicture(line: InkLine, picture: RawPicture): boolean {
  const [width, height] = [picture.right - picture.left + 1, picture.bottom - picture.top + 1];
  return width < 2 * height && line.bottom - line.top + 1 > 0.5 * height;
}

interface ReadPage {
  readonly texts: readonly TextRun[];
  readonly icons: readonly IconRun[];
  readonly code: readonly CodeRun[];
}

function assemble(
  raw: RawFacts,
  { texts: read, icons: unread, code }: ReadPage,
  { fitLines, unlikeLetters }: MeasureTools,
): PageFacts {
  const { scale } = raw;
  const doubted = new Set([
    ...iconsAmongEquals(read, unread, raw.boxes, scale),
    ...unlikeLetters(read.map(toFit)),
  ]);
  const sure = read.filter((_, index) => !doubted.has(index));
  const prose = raw.lossy ? withoutRemains(sure, sure) : sure;
  const texts = [...prose, ...code.map(({ run }) => run)];
  const loose = [...unread, ...read.filter((_, index) => doubted.has(index))];
  const inks = (raw.lossy ? withoutRemains(loose, prose) : loose)
    .filter(({ source }) => !source.onPicture)
    .map((run): LooseInk => {
      const { left, top, right, bottom, source } = run;
      return {
        left,
        top,
        right,
        bottom,
        background: pack(...source.background),
        surface: source.line.surface,
      };
    });
  const gathered = gatherIcons(inks, raw.boxes, texts, scale);
  const rings = takeRings(raw.raster, gathered.icons, prose, gathered.boxes, scale);
  const used = new Set<Segment>();
  const fitted = fitLines(texts.map(toFit), scale);
  const measured = texts.map((run, index): TextLine => {
    const { source } = run;
    const typography = fitted[index];
    if (!typography)
      throw new RangeError(`The font fitter answered ${fitted.length} of ${texts.length} lines.`);
    const onPicture = source.onPicture && !gathered.boxes.some((box) => isPlateOf(box, run, raw));
    return { ...lineOfRun(run, typography, raw.rules, used, scale), onPicture };
  });
  const lines = [...measured.slice(0, prose.length), ...codeLines(code, measured.slice(prose.length), scale)];
  const boxes = rings.boxes.map((box) => toPageBox(box, scale));
  const width = raw.raster.width / scale;
  const height = raw.raster.height / scale;
  const background = unpack(raw.page);
  return {
    width,
    height,
    pixelRatio: scale,
    background,
    ...(raw.pageGradient ? { backgroundGradient: raw.pageGradient } : {}),
    palette: findPalette({ width, height, background, boxes, lines }),
    lines,
    boxes,
    separators: raw.rules.filter((rule) => !used.has(rule)).map((rule) => toSeparator(rule, scale)),
    pictures: withRings(raw.raster, [...raw.pictures, ...rings.icons], scale).map((picture) =>
      toPagePicture(picture, scale),
    ),
    language: languageOf(lines),
  };
}

/** A button that stands on a photo, with the line on it. */
function isPlateOf(box: RawBox, run: TextRun, raw: RawFacts): boolean {
  const inside =
    run.left >= box.left && run.right <= box.right && run.top >= box.top && run.bottom <= box.bottom;
  return inside && raw.pictures.some((picture) => picture.kind === 'photo' && liesIn(box, picture));
}

const cornerOf = (radius: number, scale: number): number => Math.round(radius / scale);

function cornersOf(radii: NonNullable<RawBox['radii']>, scale: number): NonNullable<PageBox['radii']> {
  const [a, b, c, d] = radii;
  return [cornerOf(a, scale), cornerOf(b, scale), cornerOf(c, scale), cornerOf(d, scale)];
}

function toPageBox(box: RawBox, scale: number): PageBox {
  const side = (name: 'top' | 'right' | 'bottom' | 'left') => {
    const border = box.border[name];
    return border ? { [name]: { width: border.width / scale, color: unpack(border.color) } } : {};
  };
  return {
    box: rectOf(box, scale),
    ...(box.fill === undefined ? {} : { fill: unpack(box.fill) }),
    ...(box.gradient ? { gradient: box.gradient } : {}),
    border: { ...side('top'), ...side('right'), ...side('bottom'), ...side('left') },
    radius: cornerOf(box.radius, scale),
    ...(box.radii ? { radii: cornersOf(box.radii, scale) } : {}),
    ...(box.shadow ? { shadow: box.shadow } : {}),
    confidence: 0.9,
  };
}

const toSeparator = (rule: Segment, scale: number): Separator => ({
  box: rectOf(rule, scale),
  color: unpack(rule.color),
  orientation: rule.orientation,
});

const toPagePicture = (picture: RawPicture & { ring?: PhotoRing }, scale: number): PagePicture => ({
  box: rectOf(picture, scale),
  kind: picture.kind,
  radius: Math.round(picture.radius / scale),
  background: unpack(picture.background),
  ...(picture.ring && { ring: { width: picture.ring.width / scale, color: unpack(picture.ring.color) } }),
});
