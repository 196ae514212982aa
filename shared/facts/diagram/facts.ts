/** Puts the facts of a diagram together, in pixels of the picture as it was given. */
import type { GraphPoint } from '../../diagram-graph.ts';
import type { Rect } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import { unpack } from '../pixels.ts';
import type { TextPlace } from './assign.ts';
import type { DiagramFacts, DiagramText, MeasuredConnector, MeasuredOutline } from './diagram-facts.ts';
import type { Drawing } from './measure.ts';
import { type FoundOutline, shareInside } from './outline.ts';
import type { FoundText } from './texts.ts';

/** @param scale measured pixels per pixel of the picture. */
export function assembleFacts(
  drawing: Drawing,
  texts: readonly FoundText[],
  places: readonly TextPlace[],
  picture: Raster,
  scale: number,
): DiagramFacts {
  const { outlines, connectors } = drawing;
  const limit = (value: number, most: number): number => Math.min(most, Math.max(0, value / scale));
  const point = ({ x, y }: GraphPoint): GraphPoint => ({
    x: limit(x, picture.width),
    y: limit(y, picture.height),
  });
  const rect = (box: Rect): Rect => {
    const a = point(box);
    const b = point({ x: box.x + box.width, y: box.y + box.height });
    return { x: a.x, y: a.y, width: b.x - a.x, height: b.y - a.y };
  };
  const kept = texts.flatMap((text, index) => (isWord(text, places[index]) ? [index] : []));
  const placeOf = new Map(kept.map((from, to) => [from, to]));
  const textsAt = (matches: (place: TextPlace) => boolean): number[] =>
    kept
      .filter((index) => {
        const place = places[index];
        return place !== undefined && matches(place);
      })
      .toSorted((a, b) => inReadingOrder(texts[a], texts[b]))
      .flatMap((index) => placeOf.get(index) ?? []);
  const measured = outlines.map((outline, index): MeasuredOutline => {
    const parent = parentOf(index, outlines, drawing.containers);
    return {
      shape: outline.shape,
      box: rect(outline.box),
      ...(outline.fill === undefined ? {} : { fill: unpack(outline.fill) }),
      ...(outline.radius === undefined ? {} : { radius: outline.radius / scale }),
      ...(outline.bodyFill === undefined ? {} : { bodyFill: unpack(outline.bodyFill) }),
      ...(outline.strokeColor === undefined ? {} : { stroke: unpack(outline.strokeColor) }),
      strokeWidth: outline.stroke / scale,
      dashed: outline.dashed ?? false,
      ...(parent === undefined ? {} : { parent }),
      rules: outline.rules.map((y) => limit(y, picture.height)),
      tracks: outline.tracks.map((x) => limit(x, picture.width)),
      texts: textsAt((place) => place.kind === 'outline' && place.index === index),
      confidence: outline.confidence,
    };
  });
  const lines = connectors.map((connector, index): MeasuredConnector => {
    const at = (where: 'middle' | 'from' | 'to') =>
      textsAt((place) => place.kind === 'connector' && place.index === index && place.at === where);
    return {
      points: connector.points.map(point),
      line: connector.line,
      from: connector.from,
      to: connector.to,
      fromHead: connector.fromHead,
      toHead: connector.toHead,
      dashed: connector.dashed,
      stroke: unpack(connector.color),
      strokeWidth: connector.strokeWidth / scale,
      texts: at('middle'),
      fromTexts: at('from'),
      toTexts: at('to'),
      confidence: connector.confidence,
    };
  });
  const bold = boldOf(texts);
  const words = kept.flatMap((index): DiagramText[] => {
    const text = texts[index];
    if (!text) return [];
    return [
      {
        text: text.text,
        box: rect(text.box),
        color: text.color,
        fontSize: Math.max(1, emOf(text) / scale),
        bold: bold.has(index),
        confidence: text.confidence,
      },
    ];
  });
  return {
    width: picture.width,
    height: picture.height,
    background: unpack(drawing.ground.background),
    handDrawn: isHandDrawn(outlines),
    likelihood: likelihoodOf({ outlines: measured, connectors: lines, texts: words }),
    outlines: measured,
    connectors: lines,
    texts: words,
    pictures: [],
  };
}

/** Font size in measured pixels: ink from the top of the capitals to the foot of the g is 0.95 em, without both 0.55. */
function emOf({ text, box, turned }: FoundText): number {
  const height = turned ? box.width : box.height;
  // These fill nine tenths of the em square.
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text))
    return height / 0.9;
  return height / (/[gjpqy,;()]/.test(text) ? 0.94 : /[A-Zbdfhklt\d]/.test(text) ? 0.73 : 0.55);
}

/** Width of upright strokes in em from which letters are bold; regular ones have 0.08 to 0.11, bold ones 0.14 to 0.19. */
const boldStem = 0.128;
/** How much wider than the diagram's usual ones they are. */
const widerStem = 1.25;

/** Places of the texts in bold; all are only where letters are printed so, as pens are broad. */
function boldOf(texts: readonly FoundText[]): Set<number> {
  const stems = texts.map((text) => (text.text.length > 1 ? text.stem / emOf(text) : 0));
  const usual = stems.filter((stem) => stem > 0).sort((a, b) => a - b);
  const middle = usual[Math.floor(usual.length / 2)] ?? 0;
  return new Set(
    stems.flatMap((stem, index) => (stem > boldStem && stem > widerStem * middle ? [index] : [])),
  );
}

/** In a shape every text counts, however badly it was read; on the paper marks are often taken for letters. */
function isWord({ text, confidence }: FoundText, place: TextPlace | undefined): boolean {
  if (text === '') return false;
  if (place?.kind === 'outline') return true;
  return /[\p{L}\p{N}]/u.test(text) && (text.length > 2 ? confidence > 0.08 : confidence > 0.35);
}

function inReadingOrder(a: FoundText | undefined, b: FoundText | undefined): number {
  if (!a || !b) return 0;
  const isSameLine =
    Math.min(a.box.y + a.box.height, b.box.y + b.box.height) - Math.max(a.box.y, b.box.y) >
    0.5 * Math.min(a.box.height, b.box.height);
  return isSameLine ? a.box.x - b.box.x : a.box.y - b.box.y;
}

/** The smallest container around an outline. */
function parentOf(
  index: number,
  outlines: readonly FoundOutline[],
  containers: ReadonlySet<number>,
): number | undefined {
  const own = outlines[index];
  if (!own) return undefined;
  const around = [...containers].filter((other) => {
    const outer = outlines[other];
    return (
      other !== index &&
      outer !== undefined &&
      shareInside(own.box, outer.box) > 0.9 &&
      shareInside(outer.box, own.box) < 0.7
    );
  });
  const size = (other: number): number =>
    (outlines[other]?.box.width ?? 0) * (outlines[other]?.box.height ?? 0);
  return around.sort((a, b) => size(a) - size(b))[0];
}

/** Boxes drawn with a ruler are full to the last pixel. */
function isHandDrawn(outlines: readonly FoundOutline[]): boolean {
  const boxes = outlines.filter(({ shape, mask }) => mask && shape === 'rectangle');
  if (boxes.length === 0) return false;
  const full = boxes
    .map(({ mask }) => (mask ? mask.area / (mask.width * mask.height) : 1))
    .sort((a, b) => a - b);
  return (full[Math.floor(full.length / 2)] ?? 1) < 0.985;
}

/** Characters that stand for and against a diagram before any was read, so that a few words decide nothing. */
const unreadCharacters = 30;
/** Share of the characters that connected shapes and connectors hold from which the words speak for a diagram. */
const fullShare = 0.4;

/**
 * Shapes that connectors join make a diagram; boxes that nothing joins are a page. Arrows from shape to shape make one
 * even where most shapes are not joined. Lines on a page, and edges in its photos, are taken for connectors too, but its
 * words stand elsewhere: of 32 pages none comes above 0.2, of our own diagrams none below 0.5. `npm run bench:subject`
 * prints these figures anew.
 */
export function likelihoodOf({
  outlines,
  connectors,
  texts,
}: Pick<DiagramFacts, 'outlines' | 'connectors' | 'texts'>): number {
  const count = (list: readonly number[]): number =>
    list.reduce((sum, index) => sum + (texts[index]?.text.length ?? 0), 0);
  // What photos are full of looks like clouds, with a letter in them at most.
  const isShape = (index: number | undefined): boolean => {
    const outline = index === undefined ? undefined : outlines[index];
    return outline === undefined || outline.shape !== 'cloud' || count(outline.texts) > 1;
  };
  const joins = connectors.filter(({ from, to }) => isShape(from) && isShape(to));
  const joined = new Set(joins.flatMap(({ from, to }) => [from, to]));
  const leaves = outlines.filter(
    (_, index) => isShape(index) && !outlines.some(({ parent }) => parent === index),
  );
  if (leaves.length === 0 || joins.length === 0) return outlines.length > 1 ? 0.1 : 0;
  const share = Math.min(1, joined.size / leaves.length);
  const many = 1 - Math.exp(-joins.length / 2);
  const arrows = joins.filter(
    ({ from, to, fromHead, toHead }) =>
      from !== undefined && to !== undefined && (fromHead !== 'none' || toHead !== 'none'),
  );
  const drawn = Math.max(share * (0.5 + 0.5 * many), arrows.length >= 2 ? 0.4 : 0);
  // Words that lines of a page join with one another are no shapes.
  const isOutline = (index: number | undefined): boolean =>
    index !== undefined && outlines[index]?.shape !== 'text';
  const firm = joins.filter(({ from, to }) => isOutline(from) || isOutline(to));
  const holders = new Set(firm.flatMap(({ from, to }) => [from, to]));
  const held =
    count(outlines.flatMap((outline, index) => (holders.has(index) ? outline.texts : []))) +
    count(firm.flatMap((line) => [...line.texts, ...line.fromTexts, ...line.toTexts]));
  const all = count([...texts.keys()]);
  const words = (held + unreadCharacters) / (all + unreadCharacters);
  return Math.min(0.99, drawn * Math.min(1, words / fullShare));
}
