/** Graph → Mermaid's entity relationship diagram. */

import { nodesById } from '../../../diagram-check.ts';
import type { DiagramGraph, EdgeHead, GraphEdge, GraphRow } from '../../../diagram-graph.ts';
import { readForwards } from '../reading-order.ts';
import { indented, namesFor, quoted } from './text.ts';

const heads: Readonly<Partial<Record<EdgeHead, readonly [left: string, right: string]>>> = {
  one: ['||', '||'],
  many: ['}o', 'o{'],
  'zero-or-one': ['|o', 'o|'],
  'one-or-many': ['}|', '|{'],
  'zero-or-many': ['}o', 'o{'],
};

/** @param graph sound, as `repairGraph` gives it. */
export function entityDiagram({ nodes, edges }: DiagramGraph): string[] {
  const entities = nodes.filter(({ shape }) => shape !== 'text' && shape !== 'note');
  const names = namesFor(entities);
  const tables = entities.flatMap(({ id, label, rows = [] }) => {
    const attributes = rows.flatMap(attribute);
    const own = names.get(id);
    const name = own === label ? own : `${own}[${quoted(label)}]`;
    return attributes.length === 0 ? [name] : [`${name} {`, ...indented(attributes), '}'];
  });
  const known = nodesById(nodes);
  const lines = edges.flatMap((drawn) => {
    const edge = readForwards(drawn, 'TB', known);
    const [from, to] = [names.get(edge.from ?? ''), names.get(edge.to ?? '')];
    return from === undefined || to === undefined ? [] : [relation(edge, from, to)];
  });
  return ['erDiagram', ...indented([...tables, ...lines])];
}

/** How many there may be, as an end of a line or as it is written beside it. */
function countOf(head: EdgeHead, text: string | undefined): EdgeHead {
  if (heads[head] !== undefined) return head;
  const words = text?.replaceAll(' ', '') ?? '';
  if (/^(?:0\.\.1)$/.test(words)) return 'zero-or-one';
  if (/^1\.\.(?:[*nNmM])$/.test(words)) return 'one-or-many';
  if (/^(?:0\.\.)?[*nNmM]$/.test(words)) return 'zero-or-many';
  return 'one';
}

function relation(
  { label, fromHead, toHead, fromLabel, toLabel, dashed }: GraphEdge,
  from: string,
  to: string,
): string {
  const left = heads[countOf(fromHead, fromLabel)]?.[0] ?? '||';
  const right = heads[countOf(toHead, toLabel)]?.[1] ?? '||';
  return `${from} ${left}${dashed === true ? '..' : '--'}${right} ${to} : ${quoted(label)}`;
}

/** `type name PK "as it stands"`: Mermaid wants a type and a name in plain letters. */
function attribute({ cells }: GraphRow): string[] {
  const pieces = cells
    .flatMap((cell) => cell.split(':'))
    .map((piece) => piece.split(/\s+/).filter((word) => word !== ''));
  const keys = pieces.flat().filter(isKey);
  const [parted, words] = [
    pieces.filter((piece) => !piece.every(isKey)).length > 1,
    pieces.flat().filter(notKey),
  ];
  if (words.length === 0) return [];
  const [first = '', second = ''] = words;
  // Words of one piece without a type are a name whose underscore was not seen.
  const isOne = second === '' || !(parted || words.some(isType));
  const typeFirst = isType(first) && !isType(second);
  const name = isOne ? words.join('_').replaceAll(/_+/g, '_') : typeFirst ? second : first;
  const type = isOne ? 'attribute' : typeFirst ? first : second;
  const isWhole = (isOne || words.length === 2) && token(name) === name && token(type) === type;
  const keyed = [...new Set(keys.map((word) => word.toUpperCase()))].join(', ');
  return [
    [token(type), token(name), keyed, isWhole ? '' : quoted(words.join(' '))]
      .filter((part) => part !== '')
      .join(' '),
  ];
}

const isKey = (word: string): boolean => /^(?:PK|FK|UK)$/i.test(word);
const notKey = (word: string): boolean => !isKey(word);

const isType = (word: string): boolean =>
  /^(?:(?:big|small|tiny)?int(?:eger)?|serial|number|numeric|decimal|float|double|real|money|(?:n?var)?char\d*|text|string|bool(?:ean)?|date(?:time)?|time(?:stamp)?(?:tz)?|uuid|guid|json[b]?|blob|bytea?|enum|bit)(?:\(.*\))?$/i.test(
    word,
  );

function token(word: string): string {
  const plain = word.normalize('NFC').replace(/[^A-Za-z0-9_\-()[\]]/g, '_');
  return /^[A-Za-z]/.test(plain) ? plain : `a_${plain}`;
}
