/** What is measured from a picture of a diagram without any model. All lengths are pixels of the picture. */
import type { EdgeHead, GraphPoint, NodeShape } from '../../diagram-graph.ts';
import type { Rect, Rgb } from '../../geometry.ts';

/** A closed outline: a shape, or a container around others. */
export interface MeasuredOutline {
  readonly shape: NodeShape;
  /** Outer edge, stroke included. */
  readonly box: Rect;
  /** Absent where the inside looks like what is around it. */
  readonly fill?: Rgb;
  /** Of a rounded shape's corners. */
  readonly radius?: number;
  /** Beside or below the bar with the title, where that looks unlike what is around the shape. */
  readonly bodyFill?: Rgb;
  readonly stroke?: Rgb;
  readonly strokeWidth: number;
  readonly dashed: boolean;
  /** The smallest outline around it: its place in `outlines`. */
  readonly parent?: number;
  /** y of rules from side to side, and x of rules from top to bottom, inside: compartments, rows, columns. */
  readonly rules: readonly number[];
  readonly tracks: readonly number[];
  /** Its texts: places in `texts`, in reading order. */
  readonly texts: readonly number[];
  /** 0..1. */
  readonly confidence: number;
}

/** A stroke between outlines, with what stands at its ends. */
export interface MeasuredConnector {
  /** From end to end, at least two; the corners, or points along a curve. */
  readonly points: readonly GraphPoint[];
  readonly line: 'straight' | 'orthogonal' | 'curved';
  /** Outlines at its first and last point: places in `outlines`; absent where an end lies free. */
  readonly from?: number;
  readonly to?: number;
  readonly fromHead: EdgeHead;
  readonly toHead: EdgeHead;
  readonly dashed: boolean;
  readonly stroke: Rgb;
  readonly strokeWidth: number;
  /** Texts beside its middle, its first point and its last: places in `texts`. */
  readonly texts: readonly number[];
  readonly fromTexts: readonly number[];
  readonly toTexts: readonly number[];
  readonly confidence: number;
}

/** One line of text. */
export interface DiagramText {
  readonly text: string;
  /** Ink box. */
  readonly box: Rect;
  readonly color: Rgb;
  /** CSS font size. */
  readonly fontSize: number;
  readonly bold: boolean;
  /** 0..1. */
  readonly confidence: number;
}

export interface DiagramFacts {
  readonly width: number;
  readonly height: number;
  readonly background: Rgb;
  /** Drawn by hand: its lines are not straight and its boxes not exact. */
  readonly handDrawn: boolean;
  /** 0..1, how sure the measurement is that this is a diagram and not a page or a photo. */
  readonly likelihood: number;
  readonly outlines: readonly MeasuredOutline[];
  readonly connectors: readonly MeasuredConnector[];
  readonly texts: readonly DiagramText[];
  /** Drawings and photos that are part of the diagram, such as icons. */
  readonly pictures: readonly Rect[];
}
