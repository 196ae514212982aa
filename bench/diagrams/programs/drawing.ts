/** What other programs are given to draw, and what comes back. */
import type { GraphPoint } from '../../../shared/diagram-graph.ts';
import type { Rect } from '../../../shared/geometry.ts';
import type { Raster } from '../../../shared/image/index.ts';

export interface DrawnPicture {
  readonly raster: Raster;
  /** In CSS pixels of the picture; `key` as the program names it, or its words where it has no names. */
  readonly nodes: readonly { readonly key: string; readonly words: string; readonly box: Rect }[];
}

type CellStyle = Readonly<Record<string, string | number | boolean>>;

export interface MaxGraphDrawing {
  readonly background: string;
  readonly nodes: readonly {
    readonly id: string;
    readonly value: string;
    readonly parent?: string;
    /** From its parent's corner. */
    readonly box: Rect;
    readonly style: CellStyle;
  }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly value: string;
    readonly points: readonly GraphPoint[];
    readonly style: CellStyle;
  }[];
}
