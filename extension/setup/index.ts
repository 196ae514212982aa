/** Registers "Set Up Model"; all that does it is loaded with the first call. */
import * as vscode from 'vscode';
import type { Services } from '../services.ts';

export function registerSetUp(services: Services): void {
  /** @param way `server`, where it is known already that one is wanted. */
  const run = async (way?: unknown): Promise<void> => {
    try {
      if (way === 'server') {
        if (await (await import('./server.ts')).connectServer(services)) services.modelChanged();
      } else await (await import('./run.ts')).setUpModel(services);
    } catch (error) {
      await services.showError(error);
    }
  };
  services.context.subscriptions.push(vscode.commands.registerCommand('pixelwright.setUpModel', run));
}
