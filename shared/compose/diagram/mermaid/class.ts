/** Graph → Mermaid's class diagram. */
import type { DiagramGraph, EdgeHead, GraphEdge } from '../../../diagram-graph.ts';
import { encoded, indented, namesFor, quoted } from './text.ts';

const heads: Readonly<Partial<Record<EdgeHead, readonly [before: string, after: string]>>> = {
  arrow: ['<', '>'],
  open: ['<', '>'],
  triangle: ['<|', '|>'],
  diamond: ['o', 'o'],
  'diamond-filled': ['*', '*'],
};

/** @param graph sound, as `repairGraph` gives it. */
export function classDiagram({ nodes, edges }: DiagramGraph): string[] {
  const written = nodes.filter(({ shape }) => shape !== 'text');
  const names = namesFor(written);
  const classes = written.flatMap(({ id, label, shape, rows = [] }) => {
    const name = names.get(id);
    if (shape === 'note') return [`note ${quoted(label)}`];
    const members = rows.map(({ cells }) => member(cells.join(' '))).filter((text) => text !== '');
    if (members.length === 0) return [`class ${name}[${quoted(label)}]`];
    return [`class ${name}[${quoted(label)}] {`, ...indented(members), '}'];
  });
  const notes = new Set(written.flatMap(({ id, shape }) => (shape === 'note' ? [id] : [])));
  const lines = edges.flatMap((edge) => {
    const [from, to] = [names.get(edge.from ?? ''), names.get(edge.to ?? '')];
    const ofNote = notes.has(edge.from ?? '') || notes.has(edge.to ?? '');
    return from === undefined || to === undefined || ofNote ? [] : [relation(edge, from, to)];
  });
  return ['classDiagram', ...indented([...classes, ...lines])];
}

/** Braces end a class, generic types have tildes there, and a bracket makes a method, which needs its parts. */
function member(text: string): string {
  const isMethod = /^[^()]*\w\([^()]*\)[^()]*$/.test(text);
  const generic = text.replace(/\b(\w+)<(\w+)>/g, '$1\u0001$2\u0001');
  return generic
    .split('\u0001')
    .map((piece) => encoded(piece).replaceAll('#58;', ':').replaceAll('#35;', '#'))
    .join('~')
    .replaceAll('<br/>', ' ')
    .trim()
    .replace(/[()]/g, (bracket) => (isMethod ? bracket : bracket === '(' ? '#40;' : '#41;'));
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
