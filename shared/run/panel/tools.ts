/** What every step of the panel works with, and the composer that outlives them. */
import type { Settings } from '../../config.ts';
import type { RunContext } from '../../context.ts';
import type { Engine } from '../../engine/engine.ts';
import type { PanelPreview, PanelResult } from '../../panel-protocol.ts';
import { type Composer, startComposer } from '../composer.ts';
import type { OutputFile } from '../write-output.ts';

export interface Tools {
  readonly settings: Settings;
  /** Undefined where there is no model, or none is wanted. */
  readonly engine: Engine | undefined;
  readonly composer: Composer;
  readonly context: RunContext;
  /** The user has switched the target while a better result was made: that goes on. */
  readonly resumes: boolean;
  /** Of the panel's page: styles of a preview need it there. */
  readonly nonce: string;
}

/** What a page or a diagram looks like in one target. */
export interface Made extends Pick<PanelResult, 'label' | 'size'> {
  /** The main file first. */
  readonly files: readonly OutputFile[];
  readonly preview: PanelPreview;
  readonly warnings: readonly string[];
}

/** Starting a composer takes longer than most of what it is asked, so one is kept until it breaks. */
export class KeptComposer {
  #composer: Composer | undefined;

  get(): Composer {
    this.#composer ??= startComposer();
    return this.#composer;
  }

  /** After a failure or a cancelled request, which leave an answer on its way. */
  async close(): Promise<void> {
    const composer = this.#composer;
    this.#composer = undefined;
    await composer?.close();
  }
}
