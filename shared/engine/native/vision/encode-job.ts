/** The encoding of one picture, step by step. */
import { cancelled, throwIfCancelled } from '../../../errors.ts';
import { float32s } from '../library/memory.ts';
import type { Scheduler, VisionDevice } from './device.ts';
import type { VisionGgml } from './ggml.ts';
import { Graph } from './graph.ts';
import { type EncodePlan, planEncode, type Unit } from './plan.ts';
import type { PreparedImage } from './preprocess.ts';
import { embeddingSize, type Projector } from './projector.ts';
import type { Attention, Tower } from './tower.ts';
import { createTowerState, type TowerState } from './tower-state.ts';

/** What all jobs of an encoder share. */
export interface EncodeSurroundings {
  readonly ggml: VisionGgml;
  readonly projector: Projector;
  readonly tower: Tower;
  readonly attention: Attention;
  readonly device: VisionDevice;
  readonly workPerStep: number;
  /** Runs one piece of work after the other: the device computes one graph at a time. */
  readonly alone: <Result>(work: () => Promise<Result>) => Promise<Result>;
  readonly ended: (job: EncodeJob) => void;
}

/** Operations of a unit, with room to spare. */
const nodesPerUnit = 80;

export class EncodeJob {
  readonly #surroundings: EncodeSurroundings;
  readonly #plan: EncodePlan;
  readonly #stop = new AbortController();
  #image: PreparedImage | undefined;
  #state: TowerState | undefined;
  #scheduler: Scheduler | undefined;
  #next = 0;
  #running = false;
  /** The running step has the device; before, it waits for another job's. */
  #computing = false;
  #disposed = false;
  #result: Float32Array | undefined;

  constructor(surroundings: EncodeSurroundings, image: PreparedImage) {
    this.#surroundings = surroundings;
    this.#image = image;
    const [{ across, down }] = image.frames;
    const { projector, workPerStep, attention } = surroundings;
    this.#plan = planEncode(projector, across * down, workPerStep, attention);
  }

  /** How often `step` has to be called. */
  get steps(): number {
    return this.#plan.steps.length;
  }

  get done(): boolean {
    return this.#result !== undefined;
  }

  /** 0..1. */
  get progress(): number {
    return this.#next / this.steps;
  }

  /**
   * Computes the next part, off the main thread; nothing after the last. A job whose step has failed is over.
   * @param signal as `abort`, for this step.
   * @returns whether all is done.
   * @throws PixelwrightError `cancelled`, `out-of-memory`, `engine-crashed`.
   */
  async step(signal?: AbortSignal): Promise<boolean> {
    if (this.done) return true;
    if (this.#running) throw new Error('A step of this picture is running already.');
    if (signal !== undefined) throwIfCancelled(signal);
    const stop = () => this.abort();
    signal?.addEventListener('abort', stop, { once: true });
    this.#running = true;
    try {
      await this.#surroundings.alone(() => this.#compute());
    } catch (error) {
      this.#disposed = true;
      throw signal?.aborted ? cancelled(signal.reason) : error;
    } finally {
      signal?.removeEventListener('abort', stop);
      this.#running = false;
      if (this.#disposed) this.#free();
    }
    return this.done;
  }

  /** Makes a running step end early, and refuses further ones. On a GPU the step is finished first. */
  abort(): void {
    this.#stop.abort();
    if (this.#computing) this.#surroundings.device.abort();
  }

  /** f32[tokens × embedding size], once all is done. @throws Error before. */
  result(): Float32Array {
    if (this.#result === undefined) throw new Error('The picture is not encoded yet.');
    return this.#result;
  }

  /** Frees what the device holds for this picture; a running step is ended first. The result stays. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (this.#running) this.abort();
    else this.#free();
  }

  async #compute(): Promise<void> {
    const { device } = this.#surroundings;
    throwIfCancelled(this.#stop.signal);
    if (this.#disposed) throw cancelled();
    device.resume();
    this.#state ??= await this.#createState();
    this.#scheduler ??= await this.#createScheduler(this.#state);
    throwIfCancelled(this.#stop.signal);
    const units = this.#plan.steps[this.#next] ?? [];
    const graph = this.#build(units, this.#state);
    try {
      this.#computing = true;
      await this.#scheduler.compute(graph);
    } finally {
      this.#computing = false;
      graph.free();
    }
    this.#next += 1;
    if (units.some(({ kind }) => kind === 'keys')) this.#state.freePixels();
    if (this.#next < this.steps) return;
    this.#result = await this.#read(this.#state);
    this.#free();
  }

  #build(units: readonly Unit[], state: TowerState): Graph {
    const graph = new Graph(this.#surroundings.ggml, units.length * nodesPerUnit);
    for (const unit of units) addUnit(this.#surroundings.tower, graph, state, unit);
    return graph;
  }

  async #createScheduler(state: TowerState): Promise<Scheduler> {
    const { largest, steps } = this.#plan;
    const units = Math.max(largest.length, ...steps.map((step) => step.length));
    const scheduler = this.#surroundings.device.createScheduler(units * nodesPerUnit);
    const graph = this.#build(largest, state);
    try {
      await scheduler.reserve(graph);
      return scheduler;
    } catch (error) {
      scheduler.free();
      throw error;
    } finally {
      graph.free();
    }
  }

  async #createState(): Promise<TowerState> {
    const { ggml, projector, attention, device } = this.#surroundings;
    if (this.#image === undefined) throw cancelled();
    const { frames } = this.#image;
    this.#image = undefined;
    return createTowerState(ggml, projector, {
      frames,
      parts: this.#plan.parts,
      attention,
      memory: device.memory,
      signal: this.#stop.signal,
    });
  }

  async #read({ output, across, down }: TowerState): Promise<Float32Array> {
    const { ggml, projector } = this.#surroundings;
    const tokens = (across * down) / projector.patches.mergeSize ** 2;
    const result = float32s(tokens * embeddingSize(projector));
    await ggml.ggml_backend_tensor_get.later(output, result, 0, result.byteLength);
    return result;
  }

  #free(): void {
    this.#image = undefined;
    this.#scheduler?.free();
    this.#scheduler = undefined;
    this.#state?.free();
    this.#state = undefined;
    this.#surroundings.ended(this);
  }
}

function addUnit(tower: Tower, graph: Graph, state: TowerState, unit: Unit): void {
  switch (unit.kind) {
    case 'positions':
      tower.positions(graph, state);
      break;
    case 'patches':
      tower.patches(graph, state, unit.rows);
      break;
    case 'keys':
      tower.keys(graph, state, unit.layer, unit.rows);
      break;
    case 'layer':
      tower.layer(graph, state, unit.layer, unit.rows);
      break;
    case 'merger':
      tower.merger(graph, state, unit.rows);
      break;
  }
}
