/** Random diagram graphs, with the labels that break writers. */
import fc from 'fast-check';
import {
  type DiagramGraph,
  diagramKinds,
  edgeHeads,
  type GraphEdge,
  type GraphNode,
  nodeShapes,
} from '../../shared/diagram-graph.ts';

/** Labels that a picture may well show, and that mean something to XML, HTML, Mermaid or Markdown. */
export const hardLabels = [
  '',
  ' ',
  'Sign in',
  'a < b && c > d',
  '"quoted" & \'single\'',
  '<script>alert(1)</script>',
  '<br>',
  'two\nlines',
  '1. First step',
  '- item',
  '* star *',
  '# heading',
  '`code`',
  '**bold** _it_',
  'end',
  'subgraph',
  'class',
  'state',
  'style: a#1;b',
  'classDef x:#f00;',
  '%%{init: {}}%%',
  '%% comment',
  '--> x',
  'A -->|no| B',
  'x: y; z',
  '{ } [ ] ( ) | \\ /',
  '#quot; #35; &amp; &#x41;',
  '😀 👩‍👩‍👧 🇫🇷',
  'שלום עולם',
  'مرحبا',
  '日本語のラベル',
  'tab\there',
  '~tilde~ ^ $ % =',
  'List<String>',
  '<<interface>>',
  '0..*',
  "]]> --> <!-- ' -->",
  'javascript:alert(1)',
] as const;

const label = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hardLabels) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
);
const color = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255));
const point = fc.record({ x: fc.nat(1000), y: fc.nat(800) });
const box = fc.record({
  x: fc.nat(900),
  y: fc.nat(700),
  width: fc.integer({ min: 1, max: 300 }),
  height: fc.integer({ min: 1, max: 200 }),
});

/** A 1×1 PNG. */
export const dot =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A node is its parts and the place of its parent among those before it. */
const nodeParts = fc.record(
  {
    label,
    shape: fc.constantFrom(...nodeShapes),
    box,
    fill: color,
    stroke: color,
    strokeWidth: fc.integer({ min: 1, max: 5 }),
    dashed: fc.boolean(),
    textColor: color,
    fontSize: fc.integer({ min: 6, max: 40 }),
    bold: fc.boolean(),
    align: fc.constantFrom('left', 'center', 'right'),
    verticalAlign: fc.constantFrom('top', 'middle', 'bottom', 'below'),
    header: fc.record({ side: fc.constantFrom('top', 'left'), size: fc.integer({ min: 1, max: 60 }) }),
    rows: fc.array(
      fc.record(
        { cells: fc.array(label, { minLength: 1, maxLength: 4 }), ruled: fc.boolean() },
        { requiredKeys: ['cells'] },
      ),
      { maxLength: 4 },
    ),
    image: fc.constant(dot),
    inside: fc.nat(20),
  },
  { requiredKeys: ['label', 'shape', 'box'] },
);

const edgeParts = fc.record(
  {
    label,
    fromHead: fc.constantFrom(...edgeHeads),
    toHead: fc.constantFrom(...edgeHeads),
    source: fc.nat(9),
    target: fc.nat(9),
    fromPoint: point,
    toPoint: point,
    waypoints: fc.array(point, { maxLength: 4 }),
    labelAt: point,
    fromLabel: label,
    toLabel: label,
    line: fc.constantFrom('straight', 'orthogonal', 'curved'),
    dashed: fc.boolean(),
    stroke: color,
    strokeWidth: fc.integer({ min: 1, max: 4 }),
    textColor: color,
  },
  { requiredKeys: ['label', 'fromHead', 'toHead', 'fromPoint', 'toPoint'] },
);

/** Sound graphs of up to eight nodes and eight edges. */
export const randomGraph: fc.Arbitrary<DiagramGraph> = fc
  .record({
    kind: fc.constantFrom(...diagramKinds),
    title: fc.option(label, { nil: undefined }),
    nodes: fc.array(nodeParts, { maxLength: 8 }),
    edges: fc.array(edgeParts, { maxLength: 8 }),
  })
  .map(({ kind, title, nodes, edges }) => ({
    kind,
    width: 1200,
    height: 900,
    ...(title === undefined ? {} : { title }),
    nodes: nodes.map(({ inside, ...node }, index): GraphNode => {
      const parent =
        inside === undefined || index === 0 || inside > index ? {} : { parent: `n${inside % index}` };
      return { id: `n${index}`, ...node, ...parent };
    }),
    edges: edges.map(({ source, target, ...edge }, index): GraphEdge => {
      const end = (name: 'from' | 'to', place: number | undefined) =>
        place === undefined || nodes.length === 0 ? {} : { [name]: `n${place % nodes.length}` };
      return { id: `e${index}`, ...edge, ...end('from', source), ...end('to', target) };
    }),
  }));
