/** What both sides of the comparison can do, so that every measurement is written once. */
import type { PictureRecipe } from '../../test/native/parity/pictures.ts';

/** One user turn: pictures, then words. Always greedy. */
export interface Job {
  readonly pictures: readonly PictureRecipe[];
  readonly text: string;
  readonly maxTokens: number;
  /**
   * What the answer is to be whatever the model says, because random weights say nothing of use. The native engine
   * samples and then takes these tokens; llama-server is biased to one harmless token, which costs it no less.
   */
  readonly answer: string;
  /** Texts that the answer may quote; speculation is on exactly if given, on our side only. */
  readonly hints?: readonly string[];
}

/** Milliseconds since the job was given. */
export interface Outcome {
  readonly promptTokens: number;
  readonly cachedPromptTokens: number;
  readonly completionTokens: number;
  readonly firstTokenMs: number;
  readonly lastTokenMs: number;
  /** Of the vision tower alone, where the side tells it. */
  readonly encodeMs?: number;
  readonly draft?: { readonly proposed: number; readonly accepted: number };
}

export interface Contestant {
  readonly name: string;
  /** Starts a process and waits until it has loaded the model. */
  start(signal: AbortSignal): Promise<Running>;
}

export interface Running {
  readonly pid: number;
  run(job: Job, signal: AbortSignal): Promise<Outcome>;
  close(): Promise<void>;
}

export interface EngineSettings {
  readonly model: string;
  readonly projector: string;
  readonly threads: number;
  /** Tokens that all requests at once share. */
  readonly contextSize: number;
  /** Requests at once. */
  readonly parallel: number;
}
