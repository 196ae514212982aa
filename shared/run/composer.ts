/** The composing worker, seen from the caller's thread. */
import { Worker } from 'node:worker_threads';
import { builtFile } from '../built-file.ts';
import type { Composition } from '../compose/compile.ts';
import type { ComposedDiagram, DiagramOptions } from '../compose/diagram/index.ts';
import type { PlannedPage } from '../compose/measured/index.ts';
import type { TargetOptions } from '../compose/target.ts';
import type { DiagramGraph } from '../diagram-graph.ts';
import { cancelled, PixelwrightError, throwIfCancelled } from '../errors.ts';
import type { PageFacts } from '../facts/page-facts.ts';
import type { Perception } from '../tasks/perceive/perception.ts';
import type { PageTarget } from '../tasks/ui-to-code.ts';
import type { UiTree } from '../ui-tree.ts';
import type { ComposeJob, ComposeJobs } from './compose-worker.ts';

/** Its calls are answered one after the other. Each throws PixelwrightError `cancelled` as soon as the signal fires. */
export interface Composer {
  measured(facts: PageFacts, signal: AbortSignal): Promise<PlannedPage>;
  /** @param perception every leaf of which names what was measured. */
  perceived(facts: PageFacts, perception: Perception, signal: AbortSignal): Promise<PlannedPage>;
  compile(
    tree: UiTree,
    target: PageTarget,
    options: TargetOptions,
    signal: AbortSignal,
  ): Promise<Composition>;
  /** Tidies a graph and writes it. */
  diagram(graph: DiagramGraph, options: DiagramOptions, signal: AbortSignal): Promise<ComposedDiagram>;
  close(): Promise<void>;
}

/** Starts the worker, which loads its libraries while the caller does something else. The caller closes it. */
export function startComposer(): Composer {
  const worker = new Worker(builtFile('compose-worker.js'));
  let fail: (error: unknown) => void = () => {};
  let previous: Promise<unknown> = Promise.resolve();
  // A worker that fails before it is asked: told to whoever asks.
  let broken: unknown;
  worker.on('error', (error) => {
    broken = error;
    fail(error);
  });
  worker.on('exit', () => {
    broken ??= new PixelwrightError('engine-crashed', 'Composing ended before it had a page.');
    fail(broken);
  });
  async function asked<Job extends ComposeJob>(
    job: Job,
    input: ComposeJobs[Job]['input'],
    signal: AbortSignal,
  ): Promise<ComposeJobs[Job]['output']> {
    throwIfCancelled(signal);
    if (broken !== undefined) throw broken;
    const abort = (): void => fail(cancelled(signal.reason));
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await new Promise<ComposeJobs[Job]['output']>((resolve, reject) => {
        fail = reject;
        worker.once('message', resolve);
        worker.postMessage({ job, input });
      });
    } catch (error) {
      // Its answer may still come, and must not be taken for that to a later question.
      broken ??= error;
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }
  function ask<Job extends ComposeJob>(
    job: Job,
    input: ComposeJobs[Job]['input'],
    signal: AbortSignal,
  ): Promise<ComposeJobs[Job]['output']> {
    const answer = previous.then(() => asked(job, input, signal));
    previous = answer.catch(() => {});
    return answer;
  }
  return {
    measured: (facts, signal) => ask('measured', { facts }, signal),
    perceived: (facts, perception, signal) => ask('perceived', { facts, perception }, signal),
    compile: (tree, target, options, signal) => ask('compile', { tree, target, options }, signal),
    diagram: (graph, options, signal) => ask('diagram', { graph, options }, signal),
    async close() {
      await worker.terminate();
    },
  };
}
