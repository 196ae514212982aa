/** Registers "Set Up Model"; all that does it is loaded with the first call. */
import * as vscode from 'vscode';
import type { Services } from '../services.ts';

export function registerSetUp(services: Services): void {
  const run = async (): Promise<void> => {
    try {
      await (await import('./run.ts')).setUpModel(services);
    } catch (error) {
      await services.showError(error);
    }
  };
  services.context.subscriptions.push(vscode.commands.registerCommand('pixelwright.setUpModel', run));
}
