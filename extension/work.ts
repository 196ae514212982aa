/** Work that a user waits for: a notification with what is happening, and Cancel that works at once. */
import * as vscode from 'vscode';
import type { Engine } from '../shared/index.ts';
import { cancelled, type RunContext, type Settings } from '../shared/start.ts';
import type { Core } from './load-core.ts';

/** What a piece of work is given. */
export interface Work {
  readonly core: Core;
  readonly settings: Settings;
  /** Its progress goes to the notification; its signal fires with Cancel. */
  readonly context: RunContext;
  /** The same for one of several things: its messages begin with `label`. */
  readonly contextOf: (label: string) => RunContext;
  /** Undefined where there is no model. Owned by the services, so never to be closed. Throws as `openEngine`. */
  readonly engine: () => Promise<Engine | undefined>;
}

/** Rejects with `cancelled` as soon as the user cancels, whatever `work` still does. */
export async function withNotification<Result>(
  title: string,
  work: (signal: AbortSignal, report: (message: string) => void) => Promise<Result>,
): Promise<Result> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return await vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    return await new Promise<Result>((resolve, reject) => {
      token.onCancellationRequested(() => {
        const reason = cancelled();
        controller.abort(reason);
        reject(reason);
      });
      work(controller.signal, (message) => progress.report({ message })).then(resolve, reject);
    });
  });
}
