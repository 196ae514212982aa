/** What every part of the extension is given: settings, the core, the engine, and how to run work and tell errors. */
import * as vscode from 'vscode';
import type { Engine } from '../shared/index.ts';
import type { Settings } from '../shared/start.ts';
import { type Core, loadCore } from './load-core.ts';
import { MadePagesStore } from './made-pages.ts';
import { readSettings, section } from './settings.ts';
import { SharedEngine } from './shared-engine.ts';
import type { Work } from './work.ts';

export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly made: MadePagesStore;
  /** Loaded at the first call. */
  core(): Promise<Core>;
  /** Live: each call reads them anew. @throws PixelwrightError `option-invalid` naming the source. */
  settings(): Promise<Settings>;
  /**
   * The engine of this window, opened anew after settings have changed; undefined without a model. Never to be
   * closed by who asks. Inside of `run` no engine that was given is closed before the work ends. Throws as `openEngine`.
   */
  engine(): Promise<Engine | undefined>;
  /**
   * Runs work beneath a notification with Cancel, and shows its error with buttons.
   * @returns undefined where it failed or was cancelled; the user has been told.
   */
  run<Result>(title: string, work: (work: Work) => Promise<Result>): Promise<Result | undefined>;
  /** Counts work that tells of itself elsewhere; while it runs no engine that it was given is closed. */
  hold<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Resolves when the message was answered, so most callers do not wait for it. */
  showError(error: unknown): Promise<void>;
  /** Pieces of work that are going on. */
  working(): number;
  /** To be called where a model has come or gone. */
  modelChanged(): void;
  /** Settings, the model, or what is going on has changed. */
  readonly onDidChange: vscode.Event<void>;
}

/** Its disposables end with the extension. What needs the core, or its schemas, loads with the first work. */
export function openServices(context: vscode.ExtensionContext): Services {
  const log = vscode.window.createOutputChannel('Pixelwright', { log: true });
  const changed = new vscode.EventEmitter<void>();
  const shared = new SharedEngine(log);
  let running = 0;
  const counted = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    running += 1;
    changed.fire();
    try {
      return await work();
    } finally {
      running -= 1;
      changed.fire();
    }
  };
  const services: Services = {
    context,
    log,
    made: new MadePagesStore(),
    core: loadCore,
    settings: async () => await readSettings(context.secrets),
    engine: async () => await shared.get(await services.settings()),
    hold: async (work) => await counted(() => shared.use(work)),
    run: async (title, work) => {
      log.info(title);
      try {
        const { withNotification } = await import('./work.ts');
        return await counted(() =>
          withNotification(title, (signal, report) =>
            shared.use(async () => await work(await workOf(services, signal, report))),
          ),
        );
      } catch (error) {
        void services.showError(error);
        return undefined;
      }
    },
    showError: async (error) => {
      const { showError } = await import('./show-error.ts');
      await showError(error, log);
    },
    working: () => running,
    modelChanged: () => {
      shared.forget().then(() => changed.fire(), services.showError);
    },
    onDidChange: changed.event,
  };
  context.subscriptions.push(
    log,
    changed,
    { dispose: async () => await shared.close() },
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(section)) changed.fire();
    }),
  );
  return services;
}

async function workOf(
  services: Services,
  signal: AbortSignal,
  report: (message: string) => void,
): Promise<Work> {
  const [core, settings] = await Promise.all([loadCore(), services.settings()]);
  const { log, engine } = services;
  const contextOf = (label: string) =>
    core.createContext(signal, {
      log,
      limits: settings,
      progress: ({ message }) => report(label === '' ? message : `${label}: ${message}`),
    });
  return { core, settings, engine, context: contextOf(''), contextOf };
}
