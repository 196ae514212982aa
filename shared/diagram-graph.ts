/**
 * The diagram graph: what a diagram consists of, between its picture and its files.
 *
 * A model may fill ids, labels, shapes, parents and ends; boxes, colours and waypoints come from pixels. One schema
 * checks both. All boxes and points are in pixels of the picture, from its upper left corner, not from a parent's.
 */
import { z } from 'zod';
import { colorSchema, rectSchema } from './ui-tree.ts';

export const diagramKinds = [
  'flowchart',
  'swimlane',
  'er',
  'class',
  'network',
  'org',
  'state',
  'mindmap',
  'sequence',
  'wireframe',
  'other',
] as const;
export type DiagramKind = (typeof diagramKinds)[number];

/**
 * `swimlane`: a pool, lane or titled frame; `table`: an entity or a grid; `start`, `end`: the dots of state machines;
 * `lifeline`: a participant of a sequence with the line below it. Any shape with children is a container.
 */
export const nodeShapes = [
  'rectangle',
  'rounded',
  'ellipse',
  'diamond',
  'cylinder',
  'document',
  'parallelogram',
  'trapezoid',
  'triangle',
  'hexagon',
  'cloud',
  'actor',
  'swimlane',
  'table',
  'class',
  'note',
  'lifeline',
  'start',
  'end',
  'image',
  'text',
] as const;
export type NodeShape = (typeof nodeShapes)[number];

/**
 * What stands at an end of an edge: plain arrows (`arrow` filled, `open` two strokes), UML (`triangle` hollow,
 * `diamond` hollow, `diamond-filled`), dots, and the ends of entity relations by how many there may be.
 */
export const edgeHeads = [
  'none',
  'arrow',
  'open',
  'triangle',
  'diamond',
  'diamond-filled',
  'circle',
  'circle-filled',
  'cross',
  'one',
  'many',
  'zero-or-one',
  'one-or-many',
  'zero-or-many',
] as const;
export type EdgeHead = (typeof edgeHeads)[number];

/** What a shape of a wireframe is on its screen. */
export const mockupParts = [
  'panel',
  'button',
  'field',
  'search',
  'select',
  'checkbox',
  'radio',
  'switch',
  'avatar',
  'video',
  'map',
  'table',
  'row',
  'cell',
  'progress',
] as const;

export const boxSides = ['top', 'right', 'bottom', 'left'] as const;

const pointSchema = z.object({ x: z.number(), y: z.number() });
const id = z.string().min(1);

/** A line of a table or of a class: a class has one cell a row, a table one a column. */
const rowSchema = z.object({
  cells: z.array(z.string()),
  /** A rule stands above it: a compartment begins. */
  ruled: z.boolean().optional(),
  /** Pixels; equal shares of what is below the title if absent. */
  height: z.number().positive().optional(),
});

export const graphNodeSchema = z.object({
  id,
  /** Line breaks are `\n`. Of a table, a class or a swimlane the title; of free text the text. */
  label: z.string(),
  shape: z.enum(nodeShapes),
  box: rectSchema,
  /** Id of the node that it stands in. */
  parent: id.optional(),
  /** Absent: see-through. */
  fill: colorSchema.optional(),
  /** Colour of the outline; absent: none. */
  stroke: colorSchema.optional(),
  strokeWidth: z.number().positive().optional(),
  dashed: z.boolean().optional(),
  /** Of a rounded shape's corners, in pixels; half of its shorter side or more makes a pill. */
  radius: z.number().nonnegative().optional(),
  /** What is beside or below the bar with the title; absent: see-through. */
  bodyFill: colorSchema.optional(),
  textColor: colorSchema.optional(),
  /** Pixels. */
  fontSize: z.number().positive().optional(),
  bold: z.boolean().optional(),
  /** Where the label stands across and along; centre and middle if absent, top for containers. */
  align: z.enum(['left', 'center', 'right']).optional(),
  verticalAlign: z.enum(['top', 'middle', 'bottom', 'below']).optional(),
  /** The bar that holds the title of a swimlane, a table, a class or a lifeline, in pixels. */
  header: z.object({ side: z.enum(['top', 'left']), size: z.number().positive() }).optional(),
  rows: z.array(rowSchema).optional(),
  /** Edges of the columns of a table in pixels, one more than columns. */
  tracks: z.array(z.number()).optional(),
  /**
   * Of a wireframe: the part that it is, whether it is switched on, and the radius of its corners in pixels; which
   * sides have a line, where not all have; how far a cell's words are from the side that they are aligned with; of a
   * progress bar the share that is done, and its colour.
   */
  mockup: z
    .object({
      part: z.enum(mockupParts),
      on: z.boolean().optional(),
      radius: z.number().nonnegative().optional(),
      sides: z.array(z.enum(boxSides)).optional(),
      inset: z.number().nonnegative().optional(),
      share: z.number().min(0).max(1).optional(),
      bar: colorSchema.optional(),
    })
    .optional(),
  /** Crop of the picture, for the shape `image`. */
  image: z
    .string()
    .regex(/^data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/]*=*$/)
    .optional(),
});

export const graphEdgeSchema = z.object({
  id,
  /** Ids of nodes; an end without one lies free, at `fromPoint` or `toPoint`. */
  from: id.optional(),
  to: id.optional(),
  /** Where the line meets the node, or lies free. */
  fromPoint: pointSchema.optional(),
  toPoint: pointSchema.optional(),
  /** The bends between the ends, in order. */
  waypoints: z.array(pointSchema).optional(),
  label: z.string(),
  /** Middle of the label. */
  labelAt: pointSchema.optional(),
  /** What is written at an end, such as `1..*`. */
  fromLabel: z.string().optional(),
  toLabel: z.string().optional(),
  fromHead: z.enum(edgeHeads),
  toHead: z.enum(edgeHeads),
  /** `orthogonal` if absent. */
  line: z.enum(['straight', 'orthogonal', 'curved']).optional(),
  dashed: z.boolean().optional(),
  stroke: colorSchema.optional(),
  strokeWidth: z.number().positive().optional(),
  textColor: colorSchema.optional(),
  fontSize: z.number().positive().optional(),
});

export const diagramGraphSchema = z.object({
  kind: z.enum(diagramKinds),
  width: z.number().positive(),
  height: z.number().positive(),
  background: colorSchema.optional(),
  /** Title or name, where the diagram has one. */
  title: z.string().optional(),
  /** Back to front. */
  nodes: z.array(graphNodeSchema),
  edges: z.array(graphEdgeSchema),
});

export type GraphPoint = z.infer<typeof pointSchema>;
export type GraphRow = z.infer<typeof rowSchema>;
export type MockupPart = (typeof mockupParts)[number];
export type BoxSide = (typeof boxSides)[number];
export type GraphNode = z.infer<typeof graphNodeSchema>;
export type GraphEdge = z.infer<typeof graphEdgeSchema>;
export type DiagramGraph = z.infer<typeof diagramGraphSchema>;
