/** The words of a diagram as SVG text. */
import type { GraphEdge, GraphNode } from '../../../diagram-graph.ts';
import { type Rect, type Rgb, toHex } from '../../../geometry.ts';
import { type PlaceOnRoute, placeAt } from '../route-points.ts';
import { headerSize, placedRows } from '../rows.ts';
import { isOneLine, lineHeight, wrappedLines } from '../text-size.ts';
import { element, type XmlElement } from '../xml.ts';

interface TextStyle {
  readonly size: number;
  readonly color?: Rgb | undefined;
  readonly bold?: boolean | undefined;
  readonly align: 'left' | 'center' | 'right';
  readonly vertical: 'top' | 'middle' | 'bottom';
  /** Colour drawn behind the letters, so that they can be read on a line. */
  readonly halo?: string;
}

/** Space between text and the edge of its box, in pixels. */
const inset = 6;

/** Everything that is written in a node. @param contains other nodes stand in it. */
export function wordsOf(node: GraphNode, contains: boolean): XmlElement[] {
  const { box, shape, label, header, bold, textColor } = node;
  const size = node.fontSize ?? 12;
  const title = headerSize(node);
  const below = node.verticalAlign === 'below' || shape === 'actor' || shape === 'image';
  const style = {
    size,
    color: textColor,
    bold: bold ?? (shape === 'table' || shape === 'class'),
    align: node.align ?? 'center',
    vertical:
      below || (contains && title === 0 && node.verticalAlign === undefined) ? 'top' : verticalOf(node),
  } as const;
  if (title > 0 && header?.side === 'left') return [turned(label, { ...box, width: title }, style)];
  const room = title > 0 ? { ...box, height: title } : below ? { ...box, y: box.y + box.height } : box;
  const rows = placedRows(node).flatMap(({ cells }) =>
    cells.flatMap((cell) =>
      textIn(cell.text, cell.box, { size, color: textColor, align: 'left', vertical: 'middle' }),
    ),
  );
  return [...textIn(label, room, style, isOneLine(node)), ...rows];
}

function verticalOf({ verticalAlign }: GraphNode): TextStyle['vertical'] {
  return verticalAlign === 'top' || verticalAlign === 'bottom' ? verticalAlign : 'middle';
}

function textIn(text: string, box: Rect, style: TextStyle, unbroken = false): XmlElement[] {
  if (text === '') return [];
  const { size, color, align, vertical, bold, halo } = style;
  const lines = unbroken ? text.split(/\r?\n/) : wrappedLines(text, Math.max(box.width - inset, size), size);
  const height = lines.length * size * lineHeight;
  const tops = {
    top: box.y + inset / 2,
    middle: box.y + (box.height - height) / 2,
    bottom: box.y + box.height - height,
  };
  const x = { left: box.x + inset, center: box.x + box.width / 2, right: box.x + box.width - inset }[align];
  // Letters stand on their baseline, about nine tenths of their size below the top of their line.
  const first = tops[vertical] + size * 0.98;
  const spans = lines.map((line, index) =>
    element('tspan', { x, y: first + index * size * lineHeight }, [line]),
  );
  const anchor = { left: 'start', center: 'middle', right: 'end' }[align];
  const attributes = {
    'text-anchor': anchor,
    'font-size': size,
    'font-weight': bold === true ? 'bold' : undefined,
    fill: color === undefined ? '#000000' : toHex(color),
    ...(halo === undefined ? {} : { stroke: halo, 'stroke-width': 4, 'paint-order': 'stroke' }),
  };
  return [element('text', attributes, spans)];
}

/** A title that runs upwards. */
function turned(text: string, box: Rect, style: TextStyle): XmlElement {
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const flat = { x: x - box.height / 2, y: y - box.width / 2, width: box.height, height: box.width };
  return element('g', { transform: `rotate(-90 ${x} ${y})` }, textIn(text, flat, style));
}

/** The words along an edge. @param route from end to end. @param page colour of what lies behind, `#rrggbb`. */
export function edgeWords(
  edge: GraphEdge,
  route: readonly PlaceOnRoute['point'][],
  page: string,
): XmlElement[] {
  const style = {
    size: edge.fontSize ?? 11,
    color: edge.textColor,
    align: 'center',
    vertical: 'middle',
    halo: page,
  } as const;
  const around = ({ x, y }: PlaceOnRoute['point'], text: string): XmlElement[] =>
    textIn(text, { x: x - 200, y: y - 20, width: 400, height: 40 }, style);
  const beside = (share: number): PlaceOnRoute['point'] => {
    const { point, along } = placeAt(route, share);
    return { x: point.x - along.y * 10, y: point.y - Math.abs(along.x) * 10 };
  };
  return [
    ...around(edge.labelAt ?? placeAt(route, 0.5).point, edge.label),
    ...around(beside(0.1), edge.fromLabel ?? ''),
    ...around(beside(0.9), edge.toLabel ?? ''),
  ];
}
