/** The chat requests of a host: each has a model for its time, and ends when its client leaves or the host ends. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PixelwrightError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { EngineInfo } from '../engine.ts';
import { chatAnswer } from './chat-answer.ts';
import { chatCall } from './chat-request.ts';
import { checked } from './checked.ts';
import { asOurs } from './host-server.ts';
import type { Lease, ModelSlot } from './model-slot.ts';
import { readJson } from './read-body.ts';
import { sendJson } from './send.ts';
import { modelName, type WantedModel, wantedModelSchema } from './wanted-model.ts';

export interface RequestsOptions {
  readonly slot: ModelSlot;
  /** For clients that name no model of ours. @throws PixelwrightError `model-missing`. */
  readonly defaultModel: () => Promise<WantedModel>;
  readonly longestBody: number;
  readonly keepAliveMs: number;
  readonly log: Log;
}

export class Requests {
  readonly #options: RequestsOptions;
  // Not AbortSignal.any on one signal for all: that keeps a little of every request.
  readonly #running = new Map<AbortController, Promise<void>>();
  #ending: PixelwrightError | undefined;
  #served = 0;
  /** When the last one ended, by `performance.now()`. */
  #lastEnd = performance.now();

  constructor(options: RequestsOptions) {
    this.#options = options;
  }

  get running(): number {
    return this.#running.size;
  }

  get served(): number {
    return this.#served;
  }

  /** Milliseconds; undefined while a request runs. */
  get idleMs(): number | undefined {
    return this.#running.size > 0 ? undefined : performance.now() - this.#lastEnd;
  }

  /** `POST /v1/chat/completions`. */
  readonly chat = (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    this.#counted((signal) => this.#chat(request, response, signal), response);

  /** `POST /describe`: what the engine says about the wanted model, which is loaded for it. */
  readonly describe = (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    this.#counted(async (signal) => {
      const body = await readJson(request, this.#options.longestBody);
      const wanted = checked(wantedModelSchema, body, 'The model to describe');
      sendJson(response, 200, await this.#described(wanted, signal));
    }, response);

  /** Ends all requests with this error and waits until they have ended. */
  async end(reason: PixelwrightError): Promise<void> {
    this.#ending = reason;
    for (const controller of this.#running.keys()) controller.abort(reason);
    await Promise.allSettled(this.#running.values());
  }

  async #counted(work: (signal: AbortSignal) => Promise<void>, response: ServerResponse): Promise<void> {
    const controller = new AbortController();
    response.once('close', () => controller.abort(new PixelwrightError('cancelled', 'The client has gone.')));
    const running = this.#unlessEnding(work, controller.signal);
    this.#running.set(controller, running);
    try {
      await running;
    } finally {
      this.#running.delete(controller);
      this.#served += 1;
      this.#lastEnd = performance.now();
    }
  }

  /** A request that the end of the host ended fails with the reason of that. */
  async #unlessEnding(work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    try {
      if (this.#ending) throw this.#ending;
      await work(signal);
    } catch (error) {
      throw this.#ending ?? error;
    }
  }

  async #chat(request: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> {
    const { slot, log, longestBody, keepAliveMs } = this.#options;
    const start = performance.now();
    const call = await chatCall(await readJson(request, longestBody), signal);
    const wanted = call.wanted ?? slot.current?.wanted ?? (await this.#options.defaultModel());
    if (call.idleMinutes !== undefined) slot.idleMs = call.idleMinutes * 60_000;
    const answer = chatAnswer(response, call, { model: modelName(wanted), keepAliveMs });
    let lease: Lease | undefined;
    let broken = false;
    try {
      lease = await slot.acquire(wanted, { signal, onStage: answer.part });
      for await (const part of lease.engine.stream(call.request, { signal })) answer.part(part);
      answer.end();
      log.info(`answered in ${Math.round(performance.now() - start)} ms`);
    } catch (error) {
      const ours = asOurs(this.#ending ?? error);
      broken = ours.code === 'engine-crashed';
      log.info(`failed after ${Math.round(performance.now() - start)} ms: ${ours.code}: ${ours.message}`);
      answer.fail(ours);
    } finally {
      answer.close();
      lease?.release(broken);
    }
  }

  async #described(wanted: WantedModel, signal: AbortSignal): Promise<EngineInfo> {
    const lease = await this.#options.slot.acquire(wanted, { signal, onStage: () => {} });
    try {
      return await lease.engine.describe({ signal });
    } finally {
      lease.release(false);
    }
  }
}
