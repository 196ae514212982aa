/** What all calls of a server share: settings, the engine, the folders that may be used. */
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Engine, Log, Settings } from '../shared/index.ts';
import { loadCore } from './load-core.ts';

export interface ServerOptions {
  readonly settings: Settings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  /** The working folder of the agent. */
  readonly workingFolder: string;
}

export interface Services extends ServerOptions {
  /** Folders that pictures may be read from and files written into. */
  readonly roots: readonly string[];
  /** The one engine of this server; looked for again with each call while there is no model. Throws as `openEngine`. */
  engine(): Promise<Engine | undefined>;
  /** Ends what runs in the engine. */
  close(): Promise<void>;
}

/** Nothing is opened before a call needs it. The caller closes them. */
export function openServices(options: ServerOptions): Services {
  let engine: Promise<Engine | undefined> | undefined;
  return {
    ...options,
    roots: allowedRoots(options),
    engine: async () => {
      engine ??= loadCore().then(({ openEngine }) => openEngine(options.settings, options.log));
      const asked = engine;
      // A model that is installed later is found by the next call.
      const forget = (): void => {
        if (engine === asked) engine = undefined;
      };
      try {
        const found = await asked;
        if (found === undefined) forget();
        return found;
      } catch (error) {
        forget();
        throw error;
      }
    },
    close: async () => {
      const opened = await engine?.catch(() => undefined);
      await opened?.close();
    },
  };
}

/** A client that starts us in the root of the file system has no working folder, and must not open the whole disk. */
export function allowedRoots({ settings, workingFolder }: ServerOptions): string[] {
  const working = path.parse(workingFolder).root === workingFolder ? [] : [workingFolder];
  const added = settings.roots.map((root) => path.resolve(workingFolder, root));
  return [...new Set([...working, tmpdir(), ...added])];
}
