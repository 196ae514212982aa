/** Drafts a diagram graph from measured facts alone: shapes, words, connectors as they stand in the picture. */
import type {
  DiagramGraph,
  DiagramKind,
  EdgeHead,
  GraphEdge,
  GraphNode,
  GraphRow,
} from '../../diagram-graph.ts';
import { median } from '../pixels.ts';
import type { DiagramFacts, DiagramText, MeasuredConnector, MeasuredOutline } from './diagram-facts.ts';
import { withWholeMessages } from './messages.ts';
import { placeOfWords } from './word-places.ts';

/** A graph whose node ids are `n` and the place of their outline, `t` and the place of their text. */
export function draftGraph(measured: DiagramFacts): DiagramGraph {
  const facts = withEvenLetters(withEvenStrokes(measured));
  const shapes = facts.outlines.map((outline, index) => nodeOf(outline, index, facts));
  const taken = new Set([
    ...facts.outlines.flatMap(({ texts }) => texts),
    ...facts.connectors.flatMap(({ texts, fromTexts, toTexts }) => [...texts, ...fromTexts, ...toTexts]),
  ]);
  const free = facts.texts.flatMap((text, index) => (taken.has(index) ? [] : [freeText(text, index)]));
  const kind = kindOf(facts, shapes);
  const graph: DiagramGraph = {
    kind,
    width: facts.width,
    height: facts.height,
    background: [...facts.background],
    // Letters that would tell attributes from columns may be misread: what such lines join are classes.
    nodes: [...(kind === 'class' ? shapes.map(asClass) : shapes), ...free],
    edges: facts.connectors.map((connector, index) => {
      const edge = edgeOf(connector, index, facts);
      return kind === 'er'
        ? { ...edge, fromHead: cardinality(edge.fromHead), toHead: cardinality(edge.toHead) }
        : edge;
    }),
  };
  return kind === 'sequence' ? withWholeMessages(graph) : graph;
}

/** Strokes whose widths differ by less than this factor were drawn with one pen. */
const onePen = 1.8;

/** One pen's strokes are told a pixel apart, as they fall on the picture's grid: they get its median. */
function withEvenStrokes(facts: DiagramFacts): DiagramFacts {
  const even = <T extends { readonly strokeWidth: number }>(all: readonly T[]): T[] => {
    const drawn = all.map(({ strokeWidth }) => strokeWidth).filter((width) => width > 0);
    const usual = median(drawn);
    const isUsual = (width: number): boolean => width > usual / onePen && width < usual * onePen;
    return all.map((one) => (isUsual(one.strokeWidth) ? { ...one, strokeWidth: usual } : one));
  };
  return { ...facts, outlines: even(facts.outlines), connectors: even(facts.connectors) };
}

/** Words whose sizes differ by less than this factor were written in one. */
const oneSize = 1.3;

/**
 * The size of a word is told by its ink, which says little where it has no tall letter: those of one size get their
 * median, words in shapes and words at lines apart.
 */
function withEvenLetters(facts: DiagramFacts): DiagramFacts {
  const inShapes = facts.outlines.flatMap(({ texts }) => texts);
  const atLines = facts.connectors.flatMap(({ texts, fromTexts, toTexts }) => [
    ...texts,
    ...fromTexts,
    ...toTexts,
  ]);
  const even = new Map<number, number>();
  for (const group of [inShapes, atLines]) {
    const usual = median(group.map((index) => facts.texts[index]?.fontSize ?? 0));
    for (const index of group) {
      const size = facts.texts[index]?.fontSize ?? 0;
      if (size > usual / oneSize && size < usual * oneSize) even.set(index, usual);
    }
  }
  return {
    ...facts,
    texts: facts.texts.map((text, index) => ({ ...text, fontSize: even.get(index) ?? text.fontSize })),
  };
}

function nodeOf(outline: MeasuredOutline, index: number, facts: DiagramFacts): GraphNode {
  const texts = outline.texts.flatMap((text) => facts.texts[text] ?? []);
  const [first] = texts;
  const isGrid = outline.shape === 'table' || outline.shape === 'class';
  const title = isGrid
    ? texts.filter((text) => middleOf(text) < (outline.rules[0] ?? Number.POSITIVE_INFINITY))
    : texts;
  const shape = isGrid && isClass(outline, texts) ? 'class' : outline.shape;
  return {
    id: `n${index}`,
    label: linesOf(title),
    shape,
    box: { ...outline.box },
    ...(outline.parent === undefined ? {} : { parent: `n${outline.parent}` }),
    ...(outline.fill ? { fill: [...outline.fill] } : {}),
    ...(outline.radius === undefined ? {} : { radius: Math.round(outline.radius) }),
    ...(outline.bodyFill ? { bodyFill: [...outline.bodyFill] } : {}),
    ...(outline.stroke ? { stroke: [...outline.stroke] } : {}),
    ...(outline.strokeWidth > 0 ? { strokeWidth: outline.strokeWidth } : {}),
    ...(outline.dashed ? { dashed: true } : {}),
    ...(first ? { textColor: [...first.color], fontSize: sizeOf(texts) } : {}),
    ...(title.length > 0 && title.every(({ bold }) => bold) && !isGrid ? { bold: true } : {}),
    ...placeOfWords(
      outline,
      texts,
      facts.outlines.some(({ parent }) => parent === index),
    ),
    ...headerOf(outline),
    ...(isGrid
      ? {
          rows: rowsOf(
            outline,
            texts.filter((text) => !title.includes(text)),
          ),
        }
      : {}),
    ...(isGrid && outline.tracks.length > 0
      ? { tracks: [outline.box.x, ...outline.tracks, outline.box.x + outline.box.width] }
      : {}),
  };
}

const middleOf = ({ box }: DiagramText): number => box.y + box.height / 2;

function sizeOf(texts: readonly DiagramText[]): number {
  const sizes = texts.map(({ fontSize }) => fontSize).sort((a, b) => a - b);
  return Math.round(sizes[Math.floor(sizes.length / 2)] ?? 12);
}

/** Texts side by side are one line, others are below each other. */
function linesOf(texts: readonly DiagramText[]): string {
  let label = '';
  let before: DiagramText | undefined;
  for (const text of texts) {
    const isBeside =
      before &&
      Math.abs(middleOf(before) - middleOf(text)) < 0.5 * Math.max(before.box.height, text.box.height);
    label += before ? `${isBeside ? ' ' : '\n'}${text.text}` : text.text;
    before = text;
  }
  return label;
}

function headerOf({ shape, box, rules, tracks }: MeasuredOutline): {
  header?: NonNullable<GraphNode['header']>;
} {
  if (!['swimlane', 'table', 'class', 'lifeline'].includes(shape)) return {};
  const [rule, track] = [rules[0], tracks[0]];
  if (shape === 'swimlane' && track !== undefined && rules.length === 0)
    return { header: { side: 'left', size: Math.max(1, track - box.x) } };
  return rule === undefined ? {} : { header: { side: 'top', size: Math.max(1, rule - box.y) } };
}

/** Attributes and methods: signs of visibility, brackets, types after a colon; no columns. */
function isClass({ tracks, rules }: MeasuredOutline, texts: readonly DiagramText[]): boolean {
  if (tracks.length > 0) return false;
  const signs = texts.filter(({ text }) => /^[+\-#~–—]|\(.*\)|\w:\s?\w/.test(text)).length;
  return signs >= 0.4 * Math.max(1, texts.length - 1) && rules.length <= 3 && texts.length > 1;
}

function rowsOf({ rules, tracks }: MeasuredOutline, texts: readonly DiagramText[]): GraphRow[] {
  const rows: { middle: number; height: number; texts: DiagramText[] }[] = [];
  for (const text of texts.toSorted((a, b) => middleOf(a) - middleOf(b))) {
    const row = rows.find(
      (one) => Math.abs(one.middle - middleOf(text)) < 0.6 * Math.max(one.height, text.box.height),
    );
    if (row) row.texts.push(text);
    else rows.push({ middle: middleOf(text), height: text.box.height, texts: [text] });
  }
  return rows.map((row, index): GraphRow => {
    const columns = [...tracks, Number.POSITIVE_INFINITY];
    const cells = columns.map((edge, column) =>
      row.texts
        .filter(
          ({ box }) => box.x + box.width / 2 < edge && box.x + box.width / 2 >= (columns[column - 1] ?? 0),
        )
        .toSorted((a, b) => a.box.x - b.box.x)
        .map(({ text }) => text)
        .join(' '),
    );
    const above = rows[index - 1]?.middle ?? 0;
    const ruled = rules.some((rule) => rule > above && rule < row.middle);
    return { cells, ...(ruled ? { ruled } : {}) };
  });
}

const freeText = (text: DiagramText, index: number): GraphNode => ({
  id: `t${index}`,
  label: text.text,
  shape: 'text',
  box: { ...text.box },
  textColor: [...text.color],
  fontSize: Math.round(text.fontSize),
  ...(text.bold ? { bold: true } : {}),
});

function edgeOf(connector: MeasuredConnector, index: number, facts: DiagramFacts): GraphEdge {
  const texts = (list: readonly number[]): DiagramText[] => list.flatMap((text) => facts.texts[text] ?? []);
  // What stands at an end and is no number of things is the edge's own label.
  const isEnd = ({ text }: DiagramText): boolean => /^[\d*nmN.\s01]{1,5}$/.test(text);
  const ends = [texts(connector.fromTexts), texts(connector.toTexts)] as const;
  const middle = [...texts(connector.texts), ...ends.flat().filter((text) => !isEnd(text))];
  const [from, to] = ends.map((list) => linesOf(list.filter(isEnd)));
  const [first] = middle;
  const last = connector.points.at(-1);
  const start = connector.points[0];
  return {
    id: `e${index}`,
    ...(connector.from === undefined ? {} : { from: `n${connector.from}` }),
    ...(connector.to === undefined ? {} : { to: `n${connector.to}` }),
    ...(start ? { fromPoint: start } : {}),
    ...(last ? { toPoint: last } : {}),
    ...(connector.points.length > 2 ? { waypoints: connector.points.slice(1, -1) } : {}),
    label: linesOf(middle),
    ...(first
      ? {
          labelAt: { x: first.box.x + first.box.width / 2, y: middleOf(first) },
          textColor: [...first.color],
          fontSize: sizeOf(middle),
        }
      : {}),
    ...(from ? { fromLabel: from } : {}),
    ...(to ? { toLabel: to } : {}),
    fromHead: connector.fromHead,
    toHead: connector.toHead,
    line: connector.line,
    ...(connector.dashed ? { dashed: true } : {}),
    stroke: [...connector.stroke],
    ...(connector.strokeWidth > 0 ? { strokeWidth: connector.strokeWidth } : {}),
  };
}

const asClass = (node: GraphNode): GraphNode =>
  node.shape === 'table' && node.tracks === undefined ? { ...node, shape: 'class' } : node;

/** Between entities forks and rings tell how many there may be. */
function cardinality(head: EdgeHead): EdgeHead {
  if (head === 'open') return 'many';
  return head === 'circle' ? 'zero-or-many' : head;
}

/** By the shapes that only one kind of diagram has. */
const umlHeads: readonly EdgeHead[] = ['triangle', 'diamond', 'diamond-filled'];

function kindOf({ outlines, connectors }: DiagramFacts, nodes: readonly GraphNode[]): DiagramKind {
  const count = (...shapes: MeasuredOutline['shape'][]): number =>
    outlines.filter(({ shape }) => shapes.includes(shape)).length;
  if (count('lifeline') > 1) return 'sequence';
  if (count('swimlane') > 1) return 'swimlane';
  const isUml = connectors.some(({ fromHead, toHead }) =>
    [fromHead, toHead].some((head) => umlHeads.includes(head)),
  );
  if (nodes.filter(({ shape }) => shape === 'class').length > 1 || (isUml && count('table') > 1))
    return 'class';
  if (count('table') > 1) return 'er';
  if (count('start', 'end') > 0) return 'state';
  if (count('diamond', 'parallelogram', 'document') > 0) return 'flowchart';
  return 'other';
}
