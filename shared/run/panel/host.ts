/** What a panel needs of the host that it is shown by. */
import type { Settings } from '../../config.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Log } from '../../log.ts';
import type { MessageToPage, PanelTarget, SaveForm } from '../../panel-protocol.ts';
import type { MadePages } from '../convert/made-pages.ts';
import type { OutputFile } from '../write-output.ts';

/** What a host brings to its panel. */
export interface PanelHost {
  readonly log: Log;
  /** Tells the page; never called after `dispose`. */
  send(message: MessageToPage): void;
  /** As they are now. */
  settings(): Promise<Settings>;
  /** The host opens and closes it; undefined where no model is at hand. */
  engine(): Promise<Engine | undefined>;
  /** While `work` runs the engine that it was given is not closed. */
  hold?(work: () => Promise<void>): Promise<void>;
  readonly saves: readonly SaveForm[];
  /** Asks where to and writes. Resolves with what to tell, or undefined where the user thought better of it. */
  save?(result: SavedResult, signal: AbortSignal): Promise<string | undefined>;
  /** Opens the files of a result in an editor, the first in front. Resolves with what to tell. */
  open?(result: SavedResult, signal: AbortSignal): Promise<string>;
  setUp?(): void;
  /** What a conversion elsewhere has made of the picture with this checksum: asked for each that comes. */
  made?(sha256: string): MadePages | undefined;
}

export interface SavedResult {
  /** The main file first. */
  readonly files: readonly OutputFile[];
  /** Of the files: `login` of `login.html` and `Login.vue`. */
  readonly stem: string;
  readonly target: PanelTarget;
}
