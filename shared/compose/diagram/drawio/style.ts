/** The style of a cell in draw.io: shapes, colours and ends of edges in its words. */
import type { EdgeHead, GraphEdge, GraphNode, NodeShape } from '../../../diagram-graph.ts';
import { toHex } from '../../../geometry.ts';
import { headerSize } from '../rows.ts';
import { isOneLine } from '../text-size.ts';
import { numberText } from '../xml.ts';
import { mockupColours, mockupStyle } from './mockup.ts';

const bare: Readonly<Record<NodeShape, string>> = {
  rectangle: 'rounded=0;',
  rounded: 'rounded=1;',
  ellipse: 'ellipse;',
  diamond: 'rhombus;',
  cylinder: 'shape=cylinder3;boundedLbl=1;backgroundOutline=1;size=12;',
  document: 'shape=document;boundedLbl=1;',
  parallelogram: 'shape=parallelogram;perimeter=parallelogramPerimeter;fixedSize=1;size=20;',
  trapezoid: 'shape=trapezoid;perimeter=trapezoidPerimeter;fixedSize=1;size=20;',
  triangle: 'triangle;direction=north;',
  hexagon: 'shape=hexagon;perimeter=hexagonPerimeter2;fixedSize=1;size=20;',
  cloud: 'ellipse;shape=cloud;',
  actor: 'shape=umlActor;verticalLabelPosition=bottom;outlineConnect=0;',
  swimlane: 'swimlane;collapsible=0;',
  table: 'shape=table;childLayout=tableLayout;collapsible=0;fixedRows=1;rowLines=1;resizeLast=1;',
  class:
    'swimlane;childLayout=stackLayout;horizontal=1;horizontalStack=0;resizeParent=1;resizeParentMax=0;resizeLast=0;collapsible=0;marginBottom=0;',
  note: 'shape=note;size=14;boundedLbl=1;backgroundOutline=1;',
  lifeline:
    'shape=umlLifeline;perimeter=lifelinePerimeter;dropTarget=0;collapsible=0;recursiveResize=0;outlineConnect=0;',
  start: 'ellipse;',
  end: 'ellipse;shape=endState;',
  image: 'shape=image;imageAspect=0;verticalLabelPosition=bottom;',
  text: 'text;',
};

/** A picture that is not at hand: a box with a cross, as mockups show it. */
const placeholder = 'shape=mxgraph.mockup.graphics.simpleIcon;verticalLabelPosition=bottom;';

const heads: Readonly<Record<EdgeHead, readonly [name: string, filled: 0 | 1, size?: number]>> = {
  none: ['none', 0],
  arrow: ['classic', 1],
  open: ['open', 0],
  triangle: ['block', 0, 14],
  diamond: ['diamondThin', 0, 16],
  'diamond-filled': ['diamondThin', 1, 16],
  circle: ['oval', 0],
  'circle-filled': ['oval', 1],
  cross: ['cross', 0],
  one: ['ERone', 0, 10],
  many: ['ERmany', 0, 10],
  'zero-or-one': ['ERzeroToOne', 0, 10],
  'one-or-many': ['ERoneToMany', 0, 10],
  'zero-or-many': ['ERzeroToMany', 0, 10],
};

/** Keys and values, in draw.io's form; what is undefined is left out. */
export function styleText(parts: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(parts)
    .flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}=${typeof value === 'number' ? numberText(value) : value};`],
    )
    .join('');
}

const usesBody = (shape: NodeShape): boolean => shape !== 'text' && shape !== 'image';

/** @param contains it has cells inside. */
export function nodeStyle(node: GraphNode, contains: boolean): string {
  const { shape, header, image } = node;
  const title = headerSize(node);
  const start = shape === 'lifeline' ? { size: title } : title > 0 ? { startSize: title } : {};
  const part = mockupStyle(node);
  const base = part ?? (shape === 'image' && image === undefined ? placeholder : bare[shape]);
  return [
    base,
    styleText({
      html: 1,
      whiteSpace: isOneLine(node) ? 'nowrap' : 'wrap',
      ...(contains || ['swimlane', 'table', 'class', 'lifeline'].includes(shape) ? { container: 1 } : {}),
      ...(contains && title === 0 ? { pointerEvents: 0, collapsible: 0 } : {}),
      ...start,
      ...(shape === 'rounded' && part === undefined ? arcOf(node) : {}),
      ...(node.bodyFill === undefined ? {} : { swimlaneFillColor: toHex(node.bodyFill) }),
      ...(shape === 'swimlane' && header?.side === 'left' ? { horizontal: 0 } : {}),
      // draw.io's styles part their values by semicolons, so it leaves this one out of the address.
      ...(image === undefined ? {} : { image: image.replace(';base64', '') }),
      ...colours(part === undefined ? node : { ...node, ...mockupColours(node) }),
      ...textStyle(node, contains),
    }),
  ].join('');
}

/** The rounding in percent of the shorter side, of which 50 is a pill; 15 is draw.io's own. */
function arcOf({ box, radius }: GraphNode): { arcSize?: number } {
  if (radius === undefined) return {};
  const share = Math.round((100 * radius) / Math.min(box.width, box.height));
  return Math.abs(share - 15) <= 2 ? {} : { arcSize: share >= 42 ? 50 : share };
}

function colours({ shape, fill, stroke, strokeWidth, dashed }: GraphNode) {
  const dark = shape === 'start' || shape === 'end';
  const none = dark ? '#000000' : 'none';
  return {
    fillColor: fill === undefined ? none : toHex(fill),
    strokeColor: stroke === undefined ? none : toHex(stroke),
    strokeWidth,
    ...(dashed === true ? { dashed: 1 } : {}),
  };
}

function textStyle(node: GraphNode, contains: boolean) {
  const { shape, textColor, fontSize, bold, align, verticalAlign } = node;
  const below = verticalAlign === 'below' || shape === 'actor' || shape === 'image';
  const vertical = below ? 'top' : (verticalAlign ?? (contains && headerSize(node) === 0 ? 'top' : 'middle'));
  return {
    ...(verticalAlign === 'below' && usesBody(shape) ? { verticalLabelPosition: 'bottom' } : {}),
    align: align ?? 'center',
    ...(node.mockup === undefined && shape !== 'text' && align === 'left' ? { spacingLeft: 6 } : {}),
    ...(node.mockup === undefined && shape !== 'text' && align === 'right' ? { spacingRight: 6 } : {}),
    verticalAlign: vertical,
    fontSize: fontSize ?? 12,
    ...(textColor === undefined ? {} : { fontColor: toHex(textColor) }),
    fontStyle: (bold ?? (shape === 'table' || shape === 'class')) ? 1 : 0,
  };
}

/** The row of a table. */
export const rowStyle =
  'shape=tableRow;horizontal=0;startSize=0;swimlaneHead=0;swimlaneBody=0;fillColor=none;strokeColor=inherit;collapsible=0;dropTarget=0;points=[[0,0.5],[1,0.5]];portConstraint=eastwest;top=0;left=0;right=0;bottom=0;html=1;';

/** A cell of such a row. */
export const cellStyle = (node: GraphNode): string =>
  `shape=partialRectangle;html=1;whiteSpace=wrap;connectable=0;overflow=hidden;fillColor=none;strokeColor=inherit;top=0;left=0;right=0;bottom=0;align=left;spacingLeft=6;${rowText(node)}`;

/** A line of a class; the first of a compartment has a rule above it. */
export const memberStyle = (node: GraphNode, ruled: boolean): string =>
  `${ruled ? 'shape=partialRectangle;top=1;left=0;right=0;bottom=0;' : 'text;strokeColor=none;'}fillColor=none;align=left;verticalAlign=middle;spacingLeft=6;spacingRight=4;overflow=hidden;rotatable=0;points=[[0,0.5],[1,0.5]];portConstraint=eastwest;html=1;whiteSpace=wrap;${rowText(node)}${
    ruled ? styleText({ strokeColor: node.stroke === undefined ? 'inherit' : toHex(node.stroke) }) : ''
  }`;

const rowText = ({ textColor, fontSize }: GraphNode): string =>
  styleText({ fontSize: fontSize ?? 12, fontColor: textColor === undefined ? undefined : toHex(textColor) });

/**
 * @param ends exit and entry points, as shares of the nodes' boxes.
 * @param page colour behind the words; the editor's own page where it is white.
 */
export function edgeStyle(
  edge: GraphEdge,
  ends: Readonly<Record<string, number>>,
  page: GraphNode['fill'],
): string {
  const [start, startFill, startSize] = heads[edge.fromHead];
  const [end, endFill, endSize] = heads[edge.toHead];
  const routes = {
    straight: 'edgeStyle=none;rounded=0;',
    orthogonal: 'edgeStyle=orthogonalEdgeStyle;rounded=1;orthogonalLoop=1;jettySize=auto;',
    curved: 'edgeStyle=none;curved=1;rounded=0;',
  } as const;
  return (
    routes[edge.line ?? 'orthogonal'] +
    styleText({
      html: 1,
      startArrow: start,
      startFill,
      startSize,
      endArrow: end,
      endFill,
      endSize,
      strokeColor: edge.stroke === undefined ? undefined : toHex(edge.stroke),
      strokeWidth: edge.strokeWidth,
      ...(edge.dashed === true ? { dashed: 1 } : {}),
      fontSize: edge.fontSize ?? 11,
      fontColor: edge.textColor === undefined ? undefined : toHex(edge.textColor),
      labelBackgroundColor:
        page === undefined || page.every((channel) => channel >= 250) ? 'default' : toHex(page),
      ...ends,
    })
  );
}
