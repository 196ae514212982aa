/** The bench's second set: plans drawn by other programs, in their themes, sizes and files. */
import sharp from 'sharp';
import { mermaidText } from '../../../shared/compose/diagram/mermaid/index.ts';
import { namesFor } from '../../../shared/compose/diagram/mermaid/text.ts';
import type { DiagramGraph, GraphNode } from '../../../shared/diagram-graph.ts';
import type { Rect } from '../../../shared/geometry.ts';
import { encodePng } from '../../../shared/image/raster.ts';
import type { Browser } from '../../../shared/score/browser.ts';
import { decode } from '../draw.ts';
import { layOut } from '../layout.ts';
import { planners } from '../plans/index.ts';
import type { Plan, PlanNode } from '../plans/plan.ts';
import { type Random, randomOf } from '../random.ts';
import type { Sample } from '../samples.ts';
import { styleOf } from '../style.ts';
import type { DrawnPicture } from './drawing.ts';
import { graphvizDrawing } from './graphviz.ts';
import { drawnShape, maxGraphDrawing } from './maxgraph.ts';
import { withProgramPage } from './page.ts';

export const programs = ['mermaid', 'graphviz', 'maxgraph'] as const;
export type Program = (typeof programs)[number];

/** @param code of `programScript`. @returns undefined where the program has no form for the plan of this seed. */
export async function makeProgramSample(
  browser: Browser,
  code: string,
  program: Program,
  seed: number,
): Promise<Sample | undefined> {
  const random = randomOf(7000 + seed);
  const planner = planners[seed % planners.length];
  if (!planner) throw new RangeError(`Expected a seed of 0 or more, got ${seed}.`);
  const plan = planner(random);
  if (plan.kind === 'sequence' && program !== 'mermaid') return undefined;
  const ratio = random.pick([1, 1, 1.5, 2, 3]);
  const margin = random.pick([0, 8, 8, 30]);
  const drawn = await withProgramPage(browser, code, { ratio, margin }, async (page) => {
    if (program === 'graphviz') {
      const background = random.pick(['#ffffff', '#ffffff', '#f5f5f0']);
      const picture = await page.showSvg(await graphvizDrawing(plan, random), background);
      return {
        picture,
        boxOf: (node: PlanNode) => boxNamed(picture, node.id) ?? boxNamed(picture, `cluster_${node.id}`),
      };
    }
    if (program === 'maxgraph') {
      const placed = await layOut(
        plan,
        { ...styleOf(random, plan), fontSize: 12, line: 'orthogonal' },
        random,
      );
      const nodes = placed.nodes.filter(({ shape }) => shape !== 'text');
      const picture = await page.drawMaxGraph(maxGraphDrawing({ ...placed, nodes }, random));
      return { picture, boxOf: (node: PlanNode) => boxNamed(picture, node.id) };
    }
    const graph = unplaced(plan);
    const [theme, background] = random.pick([
      ['default', '#ffffff'],
      ['dark', '#1f2020'],
      ['forest', '#ffffff'],
      ['neutral', '#ffffff'],
      ['base', '#ffffff'],
    ] as const);
    const config = {
      theme,
      look: random.pick(['classic', 'classic', 'handDrawn']),
      handDrawnSeed: 1 + seed,
      flowchart: { curve: random.pick(['basis', 'linear', 'cardinal', 'basis']) },
    };
    const picture = await page.drawMermaid(mermaidText(graph), config, background);
    const names = namesFor(graph.nodes);
    return { picture, boxOf: (node: PlanNode) => mermaidBox(picture, node, names.get(node.id)) };
  });
  const scaled = (box: Rect): Rect => ({
    x: box.x * ratio,
    y: box.y * ratio,
    width: box.width * ratio,
    height: box.height * ratio,
  });
  const nodes = plan.nodes.flatMap((node): GraphNode[] => {
    const box = drawn.boxOf(node);
    const { tint: _, rows, shape, ...own } = node;
    if (!box)
      throw new Error(
        `Expected a box of ${node.id} in what ${program} draws of seed ${seed}: ${drawn.picture.nodes.map(({ key }) => key).join(', ')}.`,
      );
    return [
      {
        ...own,
        shape: program === 'maxgraph' ? drawnShape(shape) : shape,
        box: scaled(box),
        ...(rows ? { rows: [...rows] } : {}),
      },
    ];
  });
  const { raster } = drawn.picture;
  const truth: DiagramGraph = {
    kind: plan.kind,
    width: raster.width,
    height: raster.height,
    nodes,
    edges: edgesOf(plan),
  };
  return {
    name: `${program}-${plan.name}-${seed}`,
    look: 'clean',
    raster: await filed(raster, random),
    truth,
  };
}

/** As it comes out of a file: PNG mostly, else JPEG. */
async function filed(raster: Sample['raster'], random: Random): Promise<Sample['raster']> {
  if (!random.chance(0.25)) return raster;
  const quality = random.whole(55, 85);
  return decode(
    await sharp(await encodePng(raster))
      .jpeg({ quality })
      .toBuffer(),
  );
}

const edgesOf = (plan: Plan): DiagramGraph['edges'] =>
  plan.edges.map(({ from, to, label = '', fromHead = 'none', toHead = 'arrow', dashed }, index) => ({
    id: `e${index}`,
    from,
    to,
    label,
    fromHead,
    toHead,
    ...(dashed ? { dashed } : {}),
  }));

/** Boxes stand only for the direction, which the text tells. */
function unplaced(plan: Plan): DiagramGraph {
  const nodes = plan.nodes.map(({ tint: _, rows, ...node }, index): GraphNode => {
    const at = index * 100;
    const box =
      plan.layout === 'right'
        ? { x: at, y: 0, width: 80, height: 40 }
        : { x: 0, y: at, width: 80, height: 40 };
    return { ...node, box, ...(rows ? { rows: [...rows] } : {}) };
  });
  return { kind: plan.kind, width: 1000, height: 1000, nodes, edges: edgesOf(plan) };
}

const boxNamed = ({ nodes }: DrawnPicture, key: string): Rect | undefined =>
  nodes.find((node) => node.key === key)?.box;

/** Mermaid puts the names of nodes into ids of its own. */
function mermaidBox({ nodes }: DrawnPicture, node: PlanNode, name = ''): Rect | undefined {
  const wanted = node.shape === 'start' ? 'root_start' : node.shape === 'end' ? 'root_end' : name;
  const plain = (text: string): string => text.replace(/\s+/g, '').toLowerCase();
  const found =
    nodes.find(({ key }) => key.split('-').includes(wanted)) ??
    nodes.find(({ words }) => words !== '' && plain(words) === plain(node.label));
  return found?.box;
}
