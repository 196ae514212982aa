/** Cuts the pictures of a diagram out of its source, so that its file holds them. */
import type { DiagramGraph, GraphNode } from '../diagram-graph.ts';
import { throwIfCancelled } from '../errors.ts';
import { crop, type Raster } from '../image/index.ts';
import { toSourcePixels } from './assets.ts';

/** Bytes of one picture, and of all together; what is larger stays a box with a cross. */
const largest = 64 * 1024;
const allTogether = 1024 * 1024;

/** @param pixelRatio source pixels per pixel of the graph. */
export async function withCrops(
  graph: DiagramGraph,
  raster: Raster,
  pixelRatio: number,
  signal: AbortSignal,
): Promise<DiagramGraph> {
  let room = allTogether;
  const nodes: GraphNode[] = [];
  for (const node of graph.nodes) {
    if (node.shape !== 'image') {
      nodes.push(node);
      continue;
    }
    throwIfCancelled(signal);
    const bytes = await crop(raster, toSourcePixels(node.box, pixelRatio, raster), { format: 'png' });
    const fits = bytes.byteLength <= Math.min(largest, room);
    room -= fits ? bytes.byteLength : 0;
    const image = `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
    nodes.push(fits ? { ...node, image } : node);
  }
  return { ...graph, nodes };
}
