/** Measures one picture of a diagram, without any model: pixels in, DiagramFacts out. Runs in a worker. */
import type { ProgressEvent, RunContext } from '../../context.ts';
import { throwIfCancelled } from '../../errors.ts';
import type { Rect } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import { at, packedDistance } from '../pixels.ts';
import type { InkLine } from '../text/group-lines.ts';
import type { LineReader } from '../text/reading.ts';
import { placeTexts } from './assign.ts';
import { bareWords } from './bare-words.ts';
import { withCaptions } from './captions.ts';
import { connectorsOf, type FoundConnector, type TracedLines, traceLines } from './connectors.ts';
import { withDashes } from './dashed-outlines.ts';
import { drawStroke, findDashes } from './dashes.ts';
import type { DiagramFacts } from './diagram-facts.ts';
import { assembleFacts } from './facts.ts';
import { findFrames } from './frames.ts';
import { findGround, type Ground } from './ground.ts';
import { withoutHatching } from './hatching.ts';
import { letterBlobs, textLines, turnedIn, turnedLines } from './letters.ts';
import { crosses, withLifelines } from './lifelines.ts';
import { findActors, findDots, withDots } from './marks.ts';
import { prepareDiagram, withThinStrokes } from './noise.ts';
import { type FoundOutline, shareInside } from './outline.ts';
import { ownersOf } from './owners.ts';
import { findRegions } from './regions.ts';
import { chooseShapes } from './shapes.ts';
import { type Parts, partsOf } from './strokes.ts';
import { readTexts } from './texts.ts';
import { withTitleBars } from './title-bars.ts';

export interface DiagramTools {
  readonly reader: LineReader;
  readonly signal: AbortSignal;
  readonly progress: RunContext['progress'];
}

/** What is found before words are read; in pixels of the raster that is measured. */
export interface Drawing {
  readonly ground: Ground;
  readonly parts: Parts;
  readonly outlines: readonly FoundOutline[];
  readonly containers: ReadonlySet<number>;
  readonly connectors: readonly FoundConnector[];
  readonly lines: readonly { readonly line: InkLine; readonly turned: boolean }[];
}

/** @throws PixelwrightError `cancelled` between steps once the signal has fired. */
export async function measureDiagramRaster(picture: Raster, tools: DiagramTools): Promise<DiagramFacts> {
  const say = (message: string, fraction: number): void => {
    throwIfCancelled(tools.signal);
    const event: ProgressEvent = { stage: 'measure', message, fraction };
    tools.progress(event);
  };
  say('separating ink from paper', 0.05);
  const first = await prepareDiagram(picture);
  const seen = inkOf(withoutHatching(first.raster), first.noise);
  const thin = await withThinStrokes(picture, first, seen.parts.strokeWidth);
  const { scale, noise } = thin ?? first;
  const inked = thin ? inkOf(withoutHatching(thin.raster), noise) : seen;
  const { raster } = inked.ground;
  const drawing = drawingOf(inked, say);
  say(`reading words, ${drawing.lines.length} lines`, 0.6);
  const { ground, parts } = drawing;
  const blobs = drawing.lines.flatMap(({ line }) => line.blobs);
  const ink = { mask: ground.ink, labels: parts.labels, blobs };
  const texts = await readTexts(raster, ink, drawing.lines, tools.reader, tools.signal);
  say('putting texts in their places', 0.95);
  const places = placeTexts(texts, drawing.outlines, drawing.containers, drawing.connectors);
  return assembleFacts(drawing, texts, places, picture, scale);
}

/** Pieces of ink from which a picture is a texture and no drawing; a page full of words has 3,000. */
const mostParts = 6000;

interface Inked {
  readonly ground: Ground;
  readonly parts: Parts;
}

function inkOf(raster: Raster, noise: number): Inked {
  const ground = findGround(raster, noise);
  return { ground, parts: partsOf(ground.ink, raster.width, raster.height) };
}

export const findDrawing = (raster: Raster, noise: number): Drawing => drawingOf(inkOf(raster, noise));

function drawingOf(
  { ground, parts }: Inked,
  say: (message: string, fraction: number) => void = () => {},
): Drawing {
  const { width, height } = ground;
  if (parts.list.length > mostParts)
    return { ground, parts, outlines: [], containers: new Set(), connectors: [], lines: [] };
  const dashes = findDashes(parts, width);
  const plain = textLines(letterBlobs(ground, parts, dashes.members), parts, dashes.members);
  const lines = turnedLines(plain);
  const letters = new Set(lines.flatMap(({ line }) => line.blobs.map((blob) => blob.index)));
  const walls = ground.ink.slice();
  for (let pixel = 0; pixel < walls.length; pixel++)
    if (letters.has(at(parts.labels, pixel))) walls[pixel] = 0;
  const bridged = new Uint8Array(walls.length);
  for (const bridge of dashes.bridges)
    drawStroke(bridged, width, height, bridge, parts.strokeWidth / 2 - 0.5);
  for (let pixel = 0; pixel < walls.length; pixel++) if (at(bridged, pixel) === 1) walls[pixel] = 1;
  say('finding closed outlines', 0.2);
  const boxes = lines.map(
    ({ line }): Rect => ({
      x: line.left,
      y: line.top,
      width: line.right - line.left + 1,
      height: line.bottom - line.top + 1,
    }),
  );
  const regions = findRegions(ground, walls);
  const shapes = chooseShapes(regions, plain, ground, walls, parts.strokeWidth);
  const actors = findActors(regions, boxes, ground, walls, parts.strokeWidth);
  const kept = shapes.filter((shape) => !actors.some((actor) => shareInside(shape.box, actor.box) > 0.8));
  const { frames, cells } = findFrames(ground, walls, kept, boxes, parts.strokeWidth);
  const free = kept.filter(
    (shape) =>
      !cells.has(shape) &&
      !isDetail(shape, kept, boxes) &&
      !isLetter(shape, kept, boxes) &&
      !isPatch(shape, boxes),
  );
  const marks = [...actors, ...findDots(ground, walls, parts.strokeWidth, free)];
  const all = withLifelines([...frames, ...withDots(free, boxes, ground), ...marks], walls, width, height);
  const isWhole = ({ box }: FoundOutline): boolean => box.width > 0.92 * width && box.height > 0.92 * height;
  // The edge of a sheet, or of a board, is no shape on it.
  const own = all.filter((outline) => !isWhole(outline) && !isCore(outline, all));
  const named = withCaptions(own, boxes);
  const shown = withDashes(withTitleBars(named, ground), ground, bridged).toSorted(
    (a, b) => b.box.width * b.box.height - a.box.width * a.box.height,
  );
  say('tracing connectors', 0.45);
  const trace = (drawn: readonly FoundOutline[]): Traced => {
    const containers = containersOf(drawn);
    const owners = ownersOf(drawn, containers, width, height);
    const { strokeWidth } = parts;
    const source = { ground, walls, bridged, owners, outlines: drawn, texts: boxes, strokeWidth };
    const traced = traceLines(source);
    return {
      outlines: drawn,
      containers,
      traced,
      connectors: () => connectorsOf(traced, source),
    };
  };
  const first = trace(shown);
  const words = bareWords(first.traced.network, boxes, shown, parts.strokeWidth);
  const { outlines, containers, connectors } = words.length === 0 ? first : trace([...shown, ...words]);
  const feet = outlines.flatMap(({ foot }) => foot ?? []);
  const read = lines.filter(
    (_, index) => !feet.some((foot) => shareInside(boxes[index] ?? foot, foot) > 0.8),
  );
  return {
    ground,
    parts,
    outlines,
    containers,
    connectors: connectors(),
    lines: turnedIn(read, uprightHeads(outlines)),
  };
}

/** Lines traced between some outlines. */
interface Traced {
  readonly outlines: readonly FoundOutline[];
  readonly containers: ReadonlySet<number>;
  readonly traced: TracedLines;
  readonly connectors: () => FoundConnector[];
}

/** The disc in the ring that ends a state machine. */
const isCore = (outline: FoundOutline, all: readonly FoundOutline[]): boolean =>
  outline.shape === 'start' &&
  all.some(({ shape, box }) => shape === 'end' && shareInside(outline.box, box) > 0.9 && outline.box !== box);

/** A part of a shape that never holds others, such as a cylinder's lid: it has no words. */
function isDetail(shape: FoundOutline, all: readonly FoundOutline[], texts: readonly Rect[]): boolean {
  if (texts.some((text) => shareInside(text, shape.box) > 0.7)) return false;
  return all.some(
    (other) => other !== shape && solid.includes(other.shape) && shareInside(shape.box, other.box) > 0.9,
  );
}

/** What letters that were taken for strokes enclose: it leaves those beside them no room. */
function isLetter(shape: FoundOutline, all: readonly FoundOutline[], texts: readonly Rect[]): boolean {
  const { box } = shape;
  const isCramped = texts.some(
    (text) => box.height < lineRoom * text.height && text.height > text.width && shareInside(text, box) > 0.7,
  );
  return isCramped && all.some((other) => other !== shape && shareInside(box, other.box) > 0.95);
}

/** Least height of an outline per height of the words in it. */
const lineRoom = 1.3;

/** What a label of a line stands on, so that the line does not run through it: no outline, and no room beside the words. */
function isPatch({ box, stroke, strokeColor = 0, fill }: FoundOutline, texts: readonly Rect[]): boolean {
  // A file that was compressed has a rim of noise.
  if (stroke >= 1 && (fill === undefined || packedDistance(strokeColor, fill) > 40)) return false;
  const inside = texts.filter((text) => shareInside(text, box) > 0.8);
  if (inside.length === 0) return false;
  const left = Math.min(...inside.map(({ x }) => x));
  const right = Math.max(...inside.map(({ x, width }) => x + width));
  const height = Math.max(...inside.map((text) => text.height));
  return box.width - (right - left) < 0.9 * height && box.height < (inside.length + 1.6) * 1.3 * height;
}

const solid: readonly FoundOutline['shape'][] = [
  'cylinder',
  'diamond',
  'hexagon',
  'document',
  'note',
  'parallelogram',
  'actor',
];

/** The heads at the left of lanes. */
function uprightHeads(outlines: readonly FoundOutline[]): Rect[] {
  return outlines.flatMap(({ shape, box, tracks }): Rect[] => {
    const [track] = tracks;
    return shape === 'swimlane' && track !== undefined ? [{ ...box, width: track - box.x }] : [];
  });
}

/** Outlines with others in them; a lifeline's box is mostly air. */
function containersOf(outlines: readonly FoundOutline[]): Set<number> {
  const found = new Set<number>();
  for (const [index, outer] of outlines.entries()) {
    if (outer.shape === 'lifeline') continue;
    const isContainer = outlines.some(
      (inner, other) =>
        other !== index && shareInside(inner.box, outer.box) > 0.9 && shareInside(outer.box, inner.box) < 0.7,
    );
    const isCrossed = outlines.some((one) => crosses(one, outer.box));
    if (isContainer || isCrossed || (outer.shape === 'swimlane' && !outer.mask)) found.add(index);
  }
  return found;
}
