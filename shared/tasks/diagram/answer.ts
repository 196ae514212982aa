/**
 * How a model tells a diagram: few words, because it writes every one of them.
 *
 * `{"kind": "flowchart", "nodes": [["a", "diamond", "Paid?", [120, 40, 300, 180]], …], "edges": [["a", "b", "yes"], …]}`
 * with boxes from 0 to 1000 of the width and height of the picture. An edge leads from the first to the second id; a
 * table or a class has its title and rows in its label, with a line break between. To play the model, write such a
 * text with `answerText`.
 */
import { z } from 'zod';
import {
  type DiagramGraph,
  type DiagramKind,
  diagramKinds,
  type NodeShape,
  nodeShapes,
} from '../../diagram-graph.ts';
import type { RelativeBox } from '../../image/index.ts';
import type { AnswerForm } from '../define-task.ts';
import { parsedJson } from '../listed-things.ts';

const coordinate = z.int().min(0).max(1000);
const answerSchema = z.strictObject({
  kind: z.enum(diagramKinds),
  nodes: z.array(
    z.tuple([
      z.string(),
      z.enum(nodeShapes),
      z.string(),
      z.tuple([coordinate, coordinate, coordinate, coordinate]),
    ]),
  ),
  edges: z.array(z.tuple([z.string(), z.string(), z.string()])),
});

export type DiagramAnswer = z.infer<typeof answerSchema>;

const choice = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(' | ');

const grammar = [
  'root ::= ("```json\\n")? "{" gap "\\"kind\\":" gap "\\"" kind "\\"" comma "\\"nodes\\":" gap "[" (gap node (comma node)*)? gap "]" comma "\\"edges\\":" gap "[" (gap edge (comma edge)*)? gap "]" gap "}" ("\\n```")?',
  'node ::= "[" name comma "\\"" shape "\\"" comma text comma "[" number comma number comma number comma number "]" "]"',
  'edge ::= "[" name comma name comma text "]"',
  `kind ::= ${choice(diagramKinds)}`,
  `shape ::= ${choice(nodeShapes)}`,
  'comma ::= "," gap',
  'gap ::= [ \\n]{0,2}',
  'name ::= "\\"" [A-Za-z0-9_]{1,16} "\\""',
  'number ::= "0" | [1-9] [0-9]? [0-9]? | "1000"',
  'text ::= "\\"" ([^"\\\\\\x00-\\x1f] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4}))* "\\""',
].join('\n');

/** Grammar and schema of the answer, both of the one graph schema's words. */
export const diagramForm: AnswerForm = {
  grammar,
  schema: z.record(z.string(), z.unknown()).parse(z.toJSONSchema(answerSchema)),
};

export interface ReadAnswer {
  readonly kind: DiagramKind;
  readonly nodes: readonly {
    readonly id: string;
    readonly shape: NodeShape;
    readonly label: string;
    readonly place: RelativeBox;
  }[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label: string }[];
  /** Pieces that are neither, or end too early. */
  readonly broken: number;
}

/** Without a grammar, models also use the words of the trade. */
const otherWords: Readonly<Record<string, NodeShape>> = {
  circle: 'ellipse',
  oval: 'ellipse',
  rect: 'rectangle',
  square: 'rectangle',
  box: 'rectangle',
  process: 'rectangle',
  terminator: 'rounded',
  decision: 'diamond',
  rhombus: 'diamond',
  database: 'cylinder',
  entity: 'table',
  lane: 'swimlane',
  pool: 'swimlane',
  person: 'actor',
  data: 'parallelogram',
};

const position = z.number().transform((value) => Math.min(1000, Math.max(0, value)));
const nodePiece = z
  .tuple([
    z.union([z.string(), z.number()]),
    z.string(),
    z.string(),
    z.tuple([position, position, position, position]),
  ])
  .rest(z.unknown());
const edgePiece = z
  .tuple([z.union([z.string(), z.number()]), z.union([z.string(), z.number()])])
  .rest(z.unknown());

/** Whatever can be read of an answer, complete or not; anything else around it is passed over. Never throws. */
export function readAnswer(answer: string): ReadAnswer {
  const nodes: ReadAnswer['nodes'][number][] = [];
  const edges: ReadAnswer['edges'][number][] = [];
  let broken = 0;
  for (const piece of piecesIn(answer)) {
    const value = parsedJson(piece);
    const node = nodePiece.safeParse(value);
    const edge = edgePiece.safeParse(value);
    if (node.success) {
      const [id, shape, label, place] = node.data;
      nodes.push({ id: String(id), shape: shapeOf(shape), label, place: sorted(place) });
    } else if (edge.success) {
      const [from, to, label] = edge.data;
      edges.push({ from: String(from), to: String(to), label: typeof label === 'string' ? label : '' });
    } else broken += 1;
  }
  const kind = z.enum(diagramKinds).safeParse(/"kind"\s*:\s*"([a-z]+)"/.exec(answer)?.[1]);
  return { kind: kind.success ? kind.data : 'other', nodes, edges, broken };
}

function shapeOf(word: string): NodeShape {
  const known = z.enum(nodeShapes).safeParse(word.toLowerCase());
  return known.success ? known.data : (otherWords[word.toLowerCase()] ?? 'rectangle');
}

const sorted = ([a, b, c, d]: readonly [number, number, number, number]): RelativeBox => [
  Math.min(a, c),
  Math.min(b, d),
  Math.max(a, c),
  Math.max(b, d),
];

/** Texts of the lists that begin with a word or a number in quotes; one that is not closed reaches to the end. */
function piecesIn(text: string): string[] {
  const pieces: string[] = [];
  for (let at = text.search(start); at >= 0; ) {
    const end = endOf(text, at);
    pieces.push(text.slice(at, end));
    const next = text.slice(end).search(start);
    at = next < 0 ? -1 : end + next;
  }
  return pieces;
}

const start = /\[\s*"/;

function endOf(text: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '[') depth += 1;
    else if (character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

/** The answer that a model would write for a graph: for tests and benches that play the model. */
export function answerText({ kind, width, height, nodes, edges }: DiagramGraph): string {
  const share = (value: number, size: number): number =>
    Math.min(1000, Math.max(0, Math.round((value / size) * 1000)));
  const answer: DiagramAnswer = {
    kind,
    nodes: nodes.map(({ id, shape, label, rows = [], box }) => [
      id,
      shape,
      [label, ...rows.map(({ cells }) => cells.join(' '))].join('\n'),
      [
        share(box.x, width),
        share(box.y, height),
        share(box.x + box.width, width),
        share(box.y + box.height, height),
      ],
    ]),
    edges: edges.flatMap(({ from, to, label }): [string, string, string][] =>
      from === undefined || to === undefined ? [] : [[from, to, label]],
    ),
  };
  return JSON.stringify(answer);
}
