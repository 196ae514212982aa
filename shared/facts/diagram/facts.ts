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
      dashed: false,
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
  return {
    width: picture.width,
    height: picture.height,
    background: unpack(drawing.ground.background),
    handDrawn: isHandDrawn(outlines),
    likelihood: likelihoodOf(measured, lines),
    outlines: measured,
    connectors: lines,
    texts: kept.flatMap((index): DiagramText[] => {
      const text = texts[index];
      if (!text) return [];
      const height = (text.turned ? text.box.width : text.box.height) / scale;
      // Ink from the top of the capitals to the foot of the g is 0.95 em, without both 0.55.
      const ems = /[gjpqy,;()]/.test(text.text) ? 0.94 : /[A-Zbdfhklt\d]/.test(text.text) ? 0.73 : 0.55;
      return [
        {
          text: text.text,
          box: rect(text.box),
          color: text.color,
          fontSize: Math.max(1, height / ems),
          bold: false,
          confidence: text.confidence,
        },
      ];
    }),
    pictures: [],
  };
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

/**
 * Shapes that connectors join make a diagram; boxes that nothing joins are a page. Arrows from shape to shape make one
 * even where most shapes are not joined: of 16 screens none had any, so two are not noise.
 */
function likelihoodOf(
  outlines: readonly MeasuredOutline[],
  connectors: readonly MeasuredConnector[],
): number {
  const joined = new Set(connectors.flatMap(({ from, to }) => [from, to]));
  const leaves = outlines.filter((_, index) => !outlines.some(({ parent }) => parent === index));
  if (leaves.length === 0 || connectors.length === 0) return leaves.length > 1 ? 0.1 : 0;
  const share = Math.min(1, joined.size / leaves.length);
  const many = 1 - Math.exp(-connectors.length / 2);
  const arrows = connectors.filter(
    ({ from, to, fromHead, toHead }) =>
      from !== undefined && to !== undefined && (fromHead !== 'none' || toHead !== 'none'),
  );
  return Math.min(0.99, Math.max(share * (0.5 + 0.5 * many), arrows.length >= 2 ? 0.4 : 0));
}
