/** Worker entry: plans and compiles pages, so that layout and formatting hold nobody's thread. */
import { parentPort } from 'node:worker_threads';
import { type Composition, compileTree } from '../compose/compile.ts';
import type { ComposedDiagram, DiagramOptions } from '../compose/diagram/index.ts';
import { type PlannedPage, planMeasured } from '../compose/measured/index.ts';
import { planPerceived } from '../compose/perceived/index.ts';
import type { TargetOptions } from '../compose/target.ts';
import type { DiagramGraph } from '../diagram-graph.ts';
import type { PageFacts } from '../facts/page-facts.ts';
import type { Perception } from '../tasks/perceive/perception.ts';
import type { PageTarget } from '../tasks/ui-to-code.ts';
import type { UiTree } from '../ui-tree.ts';

/** What can be asked, with what is answered. */
export interface ComposeJobs {
  readonly measured: { readonly input: { readonly facts: PageFacts }; readonly output: PlannedPage };
  readonly perceived: {
    readonly input: { readonly facts: PageFacts; readonly perception: Perception };
    readonly output: PlannedPage;
  };
  readonly compile: {
    readonly input: {
      readonly tree: UiTree;
      readonly target: PageTarget;
      readonly options: TargetOptions;
    };
    readonly output: Composition;
  };
  readonly diagram: {
    readonly input: { readonly graph: DiagramGraph; readonly options: DiagramOptions };
    readonly output: ComposedDiagram;
  };
}

export type ComposeJob = keyof ComposeJobs;

type Requests = {
  readonly [Job in ComposeJob]: { readonly job: Job; readonly input: ComposeJobs[Job]['input'] };
};
export type ComposeRequest = Requests[ComposeJob];

async function answer(request: ComposeRequest): Promise<ComposeJobs[ComposeJob]['output']> {
  if (request.job === 'measured') return planMeasured(request.input.facts);
  if (request.job === 'perceived') return planPerceived(request.input.facts, request.input.perception);
  if (request.job === 'diagram') {
    const { composeDiagram } = await import('../compose/diagram/index.ts');
    // Whoever cancels ends the worker.
    return await composeDiagram(request.input.graph, request.input.options, new AbortController().signal);
  }
  const { tree, target, options } = request.input;
  return await compileTree(tree, target, options);
}

// One at a time, in order: the caller waits for each. An error that leaves this handler ends the worker, and
// its `error` event carries it to the caller.
parentPort?.on('message', async (request: ComposeRequest) => {
  parentPort?.postMessage(await answer(request));
});
