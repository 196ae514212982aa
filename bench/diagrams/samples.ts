/** The bench's pictures, each with the graph that it was drawn from, in pixels of the picture. */
import { createContext } from '../../shared/context.ts';
import type { DiagramGraph, GraphPoint } from '../../shared/diagram-graph.ts';
import type { Rect } from '../../shared/geometry.ts';
import type { Raster } from '../../shared/image/index.ts';
import { homographyBetween, project } from '../../shared/image/photo/homography.ts';
import type { Quadrilateral } from '../../shared/image/photo/quadrilateral.ts';
import { straightenPhoto } from '../../shared/image/photo/straighten.ts';
import type { DiagramReport } from '../../shared/index.ts';
import type { Browser } from '../../shared/score/browser.ts';
import { drawScene, takePhoto } from './draw.ts';
import { layOut } from './layout.ts';
import { planners } from './plans/index.ts';
import { randomOf } from './random.ts';
import { sceneOf } from './scene.ts';
import { handStyle, styleOf } from './style.ts';

export const looks = ['clean', 'hand', 'photo'] as const;
export type Look = (typeof looks)[number];

export interface Sample {
  /** Name of the plan and its seed: `flowchart-1`. */
  readonly name: string;
  readonly look: Look;
  /** What is measured; a photo after it was straightened. */
  readonly raster: Raster;
  readonly truth: DiagramGraph;
}

/** The diagram of a seed; seeds below 12 are the bench's own, one of each kind. */
export async function makeSample(
  browser: Browser,
  seed: number,
  look: Look,
  signal: AbortSignal,
): Promise<Sample> {
  const random = randomOf(1000 + seed);
  const planner = planners[seed % planners.length];
  if (!planner) throw new RangeError(`Expected a seed of 0 or more, got ${seed}.`);
  const plan = planner(random);
  const clean = styleOf(random, plan);
  const style = look === 'clean' ? clean : handStyle(randomOf(seed), clean);
  const graph = await layOut(plan, style, random);
  const hand = look === 'clean' ? undefined : { seed: seed + 1 };
  const drawn = await drawScene(browser, sceneOf(graph, style), style, hand);
  const name = `${plan.name}-${seed}`;
  const truth = mapped(graph, (point) => ({ x: point.x * style.ratio, y: point.y * style.ratio }), drawn);
  if (look !== 'photo') return { name, look, raster: drawn, truth };
  const photo = await takePhoto(drawn, seed);
  const straight = await straightenPhoto(photo.raster, createContext(signal));
  const toPhoto = homographyBetween(cornersOf(photo.page), photo.corners);
  const toStraight = straight.corners && homographyBetween(straight.corners, cornersOf(straight.raster));
  const scale = straight.raster.width / photo.raster.width;
  const move = (point: GraphPoint): GraphPoint => {
    const inPhoto = project(toPhoto, { x: point.x + photo.left, y: point.y + photo.top });
    return toStraight ? project(toStraight, inPhoto) : { x: inPhoto.x * scale, y: inPhoto.y * scale };
  };
  return { name, look, raster: straight.raster, truth: mapped(truth, move, straight.raster) };
}

/** The true graph where its parts lie in a diagram's file, whose units are not the picture's pixels. */
export function placed(truth: DiagramGraph, { scale, left, top }: DiagramReport['placement']): DiagramGraph {
  const move = ({ x, y }: GraphPoint): GraphPoint => ({ x: x * scale + left, y: y * scale + top });
  return mapped(truth, move, { width: truth.width * scale, height: truth.height * scale });
}

function cornersOf({ width, height }: Raster): Quadrilateral {
  const [right, bottom] = [width - 0.5, height - 0.5];
  return [
    { x: -0.5, y: -0.5 },
    { x: right, y: -0.5 },
    { x: right, y: bottom },
    { x: -0.5, y: bottom },
  ];
}

/** Every point and box taken through `move`; boxes stay upright. */
function mapped(
  graph: DiagramGraph,
  move: (point: GraphPoint) => GraphPoint,
  { width, height }: Pick<Raster, 'width' | 'height'>,
): DiagramGraph {
  const box = ({ x, y, width: w, height: h }: Rect): Rect => {
    const points = [
      move({ x, y }),
      move({ x: x + w, y }),
      move({ x: x + w, y: y + h }),
      move({ x, y: y + h }),
    ];
    const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
    // The mean of both corners of a side: the larger one would grow with every turn.
    const mean = (list: number[], a: number, b: number): number => ((list[a] ?? 0) + (list[b] ?? 0)) / 2;
    const [left, top] = [mean(xs, 0, 3), mean(ys, 0, 1)];
    return { x: left, y: top, width: mean(xs, 1, 2) - left, height: mean(ys, 2, 3) - top };
  };
  return {
    ...graph,
    width,
    height,
    nodes: graph.nodes.map((node) => ({ ...node, box: box(node.box) })),
    edges: graph.edges.map((edge) => ({
      ...edge,
      ...(edge.fromPoint ? { fromPoint: move(edge.fromPoint) } : {}),
      ...(edge.toPoint ? { toPoint: move(edge.toPoint) } : {}),
      ...(edge.waypoints ? { waypoints: edge.waypoints.map(move) } : {}),
      ...(edge.labelAt ? { labelAt: move(edge.labelAt) } : {}),
    })),
  };
}
