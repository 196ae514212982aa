/** What a diagram says before anybody has placed it: nodes, edges, and how they are to be laid out. */
import type { DiagramKind, EdgeHead, GraphRow, NodeShape } from '../../../shared/diagram-graph.ts';
import type { Random } from '../random.ts';

export interface PlanNode {
  readonly id: string;
  readonly label: string;
  readonly shape: NodeShape;
  readonly parent?: string;
  readonly rows?: readonly GraphRow[];
  /** Which of the style's fills it gets; plain if absent. */
  readonly tint?: number;
}

export interface PlanEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  readonly fromHead?: EdgeHead;
  /** The style's own arrow if absent. */
  readonly toHead?: EdgeHead;
  readonly dashed?: boolean;
}

export type PlanLayout = 'down' | 'right' | 'tree' | 'radial' | 'stress' | 'lanes' | 'sequence';

export interface Plan {
  readonly name: string;
  readonly kind: DiagramKind;
  readonly title?: string;
  readonly nodes: readonly PlanNode[];
  readonly edges: readonly PlanEdge[];
  readonly layout: PlanLayout;
  /** How edges may be drawn; the style picks one. */
  readonly lines: readonly ('straight' | 'orthogonal' | 'curved')[];
}

export type Planner = (random: Random) => Plan;
