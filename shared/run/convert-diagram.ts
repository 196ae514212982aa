/** The pipeline of `image_to_diagram`: measure, ask a model where there is one, merge, tidy, write. */
import type { ComposedDiagram, DiagramFile } from '../compose/diagram/index.ts';
import { mergedGraph } from '../compose/diagram/merge/index.ts';
import { perceivedGraph } from '../compose/diagram/perceived.ts';
import { wireframeGraph } from '../compose/diagram/wireframe.ts';
import type { RunContext } from '../context.ts';
import type { DiagramGraph } from '../diagram-graph.ts';
import { throwIfCancelled } from '../errors.ts';
import { type DiagramFacts, draftGraph, measureDiagram } from '../facts/diagram/index.ts';
import { measurePicture } from '../facts/index.ts';
import type { PictureSource, Raster } from '../image/index.ts';
import { diagramForm, readAnswer } from '../tasks/diagram/answer.ts';
import type { DiagramLayout, DiagramSubject, DiagramTarget } from '../tasks/image-to-diagram.ts';
import { type Method, imageToDiagram as task } from '../tasks/index.ts';
import type { UiTree } from '../ui-tree.ts';
import { startComposer } from './composer.ts';
import { withCrops } from './diagram-crops.ts';
import { requireEngine } from './engine.ts';
import { type LoadedPicture, loadPicture } from './load-picture.ts';
import {
  constraintOf,
  type ModelRunOptions,
  type PictureFacts,
  pictureFacts,
  type SummedUsage,
  usageOf,
} from './model-answer.ts';
import { noSuchAnswer, withoutModelAfter } from './no-such-answer.ts';
import { askEachTile } from './tiles.ts';

export interface DiagramRunOptions extends Omit<ModelRunOptions, 'engine'> {
  /** Stem of the files: `flow` gives `flow.drawio` and `flow.svg`. */
  readonly name: string;
  readonly target: DiagramTarget;
  /** `keep` unless told. */
  readonly layout?: DiagramLayout;
  /** Whether a picture of the diagram is made as well; true unless told. */
  readonly preview?: boolean;
  /** `auto` unless told: a wireframe for what does not look like a diagram. */
  readonly subject?: DiagramSubject;
  /** Needed by `model`, used by `auto`. */
  readonly engine?: ModelRunOptions['engine'] | undefined;
  /** `auto` unless told: measured, and merged with what a model sees where there is an engine. */
  readonly method?: Method;
}

export interface DiagramResult {
  /** The diagram first, then its preview where there is one. */
  readonly files: readonly DiagramFile[];
  /** As it was written. */
  readonly graph: DiagramGraph;
  readonly report: DiagramReport;
}

export interface DiagramReport {
  readonly method: 'model' | 'measured';
  readonly madeWithoutModel: boolean;
  /** For people: `measured without a model`. */
  readonly label: string;
  readonly kind: DiagramGraph['kind'];
  readonly nodes: number;
  readonly edges: number;
  readonly picture: PictureFacts;
  /** A point of the picture lies in the diagram at (x · scale + left, y · scale + top), before it was tidied. */
  readonly placement: ComposedDiagram['placement'];
  readonly warnings: readonly string[];
  readonly truncated: boolean;
  readonly usage?: SummedUsage;
}

/** Under this likelihood a picture is taken for a screen, where nobody tells what it is; see `npm run bench:subject`. */
export const leastLikelihood = 0.3;

/** The warning of a wireframe that nobody asked for. */
export const takenForScreen =
  'It looks like a screen, so a wireframe was made; say that it is a diagram if it is one.';

/** What was found in a picture, before it is tidied. */
export interface Found {
  readonly graph: DiagramGraph;
  readonly method: DiagramReport['method'];
  readonly warnings: readonly string[];
  readonly truncated: boolean;
  readonly usage?: SummedUsage;
}

/**
 * @throws PixelwrightError of the image stage and of the engine; `model-missing` for `model` without an engine;
 *   `output-invalid` where a model wrote no such answer (`auto` measures only); `cancelled`.
 */
export async function convertDiagram(
  source: PictureSource,
  options: DiagramRunOptions,
  context: RunContext,
): Promise<DiagramResult> {
  const { layout = 'keep', preview = true, name, target } = options;
  if (options.method === 'model') requireEngine(options.engine, 'Reading a diagram by a model');
  const picture = await loadPicture(source, context, options.read);
  throwIfCancelled(context.signal);
  const composer = startComposer();
  try {
    const screen = async (): Promise<Found> => {
      const facts = await measurePicture(picture, context);
      const { tree, warnings } = await composer.measured(facts, context.signal);
      const found = await wireframe(picture.raster, tree, facts.pixelRatio, options.subject, context);
      return { ...found, warnings: [...found.warnings, ...warnings] };
    };
    const found = await findGraph(picture, options, { screen }, context);
    context.progress({ stage: 'compose', message: 'tidying the diagram' });
    const composed = await composer.diagram(found.graph, { name, target, layout, preview }, context.signal);
    return {
      files: composed.files,
      graph: composed.graph,
      report: reportOf(composed, found, picture, target),
    };
  } finally {
    await composer.close();
  }
}

export interface FindOptions {
  /** Makes the graph of what is no diagram. */
  readonly screen: () => Promise<Found>;
  /** Is given what was measured, before a model is asked. */
  readonly onDraft?: (draft: Found) => Promise<void>;
}

/** The graph of a picture. @throws PixelwrightError as `convertDiagram`. */
export async function findGraph(
  picture: LoadedPicture,
  options: DiagramRunOptions,
  { screen, onDraft }: FindOptions,
  context: RunContext,
): Promise<Found> {
  const { method = 'auto', subject = 'auto' } = options;
  if (subject === 'screen') return await screen();
  const facts = await measureDiagram(picture, context);
  if (subject === 'auto' && facts.likelihood < leastLikelihood) return await screen();
  return await seen(picture, facts, { ...options, method, onDraft }, context);
}

/** The graph of a screen. @param pixelRatio pixels of the picture per CSS pixel of the tree. */
export async function wireframe(
  raster: Raster,
  tree: UiTree,
  pixelRatio: number,
  subject: DiagramSubject | undefined,
  { signal }: RunContext,
): Promise<Found> {
  const graph = await withCrops(wireframeGraph(tree), raster, pixelRatio, signal);
  const told = (subject ?? 'auto') === 'auto' && graph.nodes.length > 0 ? [takenForScreen] : [];
  return { graph, method: 'measured', warnings: told, truncated: false };
}

async function seen(
  picture: LoadedPicture,
  facts: DiagramFacts,
  options: DiagramRunOptions & {
    readonly method: Method;
    readonly onDraft: FindOptions['onDraft'] | undefined;
  },
  context: RunContext,
): Promise<Found> {
  const draft = await withCrops(draftGraph(facts), picture.raster, 1, context.signal);
  const { engine, method } = options;
  const measured: Found = { graph: draft, method: 'measured', warnings: [], truncated: false };
  if (engine === undefined || method === 'measured') return measured;
  await options.onDraft?.(measured);
  try {
    return await perceived(picture, draft, { ...options, engine }, context);
  } catch (error) {
    return { ...measured, warnings: [withoutModelAfter(error, method)] };
  }
}

async function perceived(
  picture: LoadedPicture,
  draft: DiagramGraph,
  options: ModelRunOptions,
  context: RunContext,
): Promise<Found> {
  const constraint = await constraintOf(diagramForm, options.engine, context);
  const input = task.input.parse({ image: picture.name });
  const answered = await askEachTile(
    picture,
    (image) => task.prompt(input, { images: [image] }),
    task.model,
    { ...options, constraint },
    context,
  );
  const answers = answered.map(({ answer }) => answer);
  const parts = answered.map(({ tile, answer }) => {
    const read = readAnswer(answer.text);
    const incomplete = answer.truncated || answer.repetition;
    if (read.nodes.length === 0 && !incomplete && !/"nodes"\s*:\s*\[\s*\]/.test(answer.text))
      throw noSuchAnswer('shapes and arrows', answer);
    return { answer: read, toPicture: tile.toSource };
  });
  const { width, height } = picture.raster;
  return {
    graph: mergedGraph(draft, perceivedGraph(parts, { width, height })),
    method: 'model',
    warnings: [...new Set(answers.flatMap(({ warnings }) => warnings))],
    truncated: answers.some((answer) => answer.truncated || answer.repetition),
    ...usageOf(answers),
  };
}

function reportOf(
  { graph, placement }: ComposedDiagram,
  found: Found,
  picture: LoadedPicture,
  target: DiagramTarget,
): DiagramReport {
  const { method, truncated, usage } = found;
  return {
    method,
    madeWithoutModel: method === 'measured',
    label: method === 'measured' ? 'measured without a model' : 'measured, and named by the model',
    kind: graph.kind,
    nodes: graph.nodes.length,
    edges: graph.edges.length,
    picture: pictureFacts(picture),
    placement,
    warnings: [...picture.warnings, ...found.warnings, ...whatIsLost(graph, target)],
    truncated,
    ...(usage === undefined ? {} : { usage }),
  };
}

/** What a user cannot see from the file alone. */
export function whatIsLost({ nodes, kind }: DiagramGraph, target: DiagramTarget): string[] {
  if (nodes.length === 0)
    return [
      'No shapes were found in this picture, so the diagram is empty; crop the picture to what is drawn.',
    ];
  return target === 'mermaid' && kind === 'wireframe'
    ? [
        'Mermaid has no wireframes, so the parts of the screen are boxes in boxes; draw.io shows them in place.',
      ]
    : [];
}
