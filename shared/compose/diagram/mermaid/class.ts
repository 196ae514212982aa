/** Graph → Mermaid's class diagram. */

import { nodesById } from '../../../diagram-check.ts';
import type { DiagramGraph, EdgeHead, GraphEdge } from '../../../diagram-graph.ts';
import { directionOf, readForwards } from '../reading-order.ts';
import { encoded, indented, namesFor, quoted } from './text.ts';

const heads: Readonly<Partial<Record<EdgeHead, readonly [before: string, after: string]>>> = {
  arrow: ['<', '>'],
  open: ['<', '>'],
  triangle: ['<|', '|>'],
  diamond: ['o', 'o'],
  'diamond-filled': ['*', '*'],
};

/** A class stands above those that derive from it, whose arrows go up: never `BT`. */
export const classDirection = (graph: DiagramGraph): 'LR' | 'TB' =>
  ['LR', 'RL'].includes(directionOf(graph)) ? 'LR' : 'TB';

/** @param graph sound, as `repairGraph` gives it. */
export function classDiagram(graph: DiagramGraph): string[] {
  const { nodes, edges } = graph;
  const known = nodesById(nodes);
  // The class that is written first stands above the other, or before it.
  const direction = classDirection(graph);
  const written = nodes.filter(({ shape }) => shape !== 'text');
  const names = namesFor(written);
  const classes = written.flatMap(({ id, label, shape, rows = [] }) => {
    const name = names.get(id);
    if (shape === 'note') return [`note ${quoted(label)}`];
    const members = rows.map(({ cells }) => member(cells.join(' '))).filter((text) => text !== '');
    const declared = name === label ? `class ${name}` : `class ${name}[${quoted(label)}]`;
    return members.length === 0 ? [declared] : [`${declared} {`, ...indented(members), '}'];
  });
  const notes = new Set(written.flatMap(({ id, shape }) => (shape === 'note' ? [id] : [])));
  const lines = edges.flatMap((drawn) => {
    const edge = readForwards(drawn, direction, known);
    const [from, to] = [names.get(edge.from ?? ''), names.get(edge.to ?? '')];
    const ofNote = notes.has(edge.from ?? '') || notes.has(edge.to ?? '');
    return from === undefined || to === undefined || ofNote ? [] : [relation(edge, from, to)];
  });
  return ['classDiagram', ...indented([`direction ${direction}`, ...classes, ...lines])];
}

/** Who may see it, and the rest: Mermaid puts the colon before what a method returns itself. */
const partsOfMember = /^\s*([-+#~]?)\s*(.*)$/s;

/** Braces end a class, generic types have tildes there, and a bracket makes a method, which needs its parts. */
function member(whole: string): string {
  const [, visibility = '', text = whole] = partsOfMember.exec(whole) ?? [];
  const isMethod = /^[^()]*\w\([^()]*\)[^()]*$/.test(text);
  const written = (isMethod ? text.replace(/\)\s*:\s*/, ') ') : text).trim();
  if (written === '') return '';
  const generic = written.replace(/\b(\w+)<(\w+)>/g, '$1\u0001$2\u0001');
  const words = generic
    .split('\u0001')
    .map((piece) => encoded(piece).replaceAll('#58;', ':').replaceAll('#35;', '#'))
    .join('~')
    .replaceAll('<br/>', ' ')
    .trim()
    .replace(/[()]/g, (bracket) => (isMethod ? bracket : bracket === '(' ? '#40;' : '#41;'));
  return `${visibility}${words}`;
}

function relation(
  { label, fromHead, toHead, fromLabel, toLabel, dashed }: GraphEdge,
  from: string,
  to: string,
): string {
  const line = dashed === true ? '..' : '--';
  const left = heads[fromHead]?.[0] ?? '';
  const right = heads[toHead]?.[1] ?? '';
  const words = label.trim() === '' ? '' : ` : ${encoded(label)}`;
  const count = (text: string | undefined): string =>
    text === undefined || text.trim() === '' ? ' ' : ` "${encoded(text).replaceAll('#42;', '*')}" `;
  return `${from}${count(fromLabel)}${left}${line}${right}${count(toLabel)}${to}${words}`;
}
