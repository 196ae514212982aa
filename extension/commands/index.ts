/** Every command that the extension has of its own; those of the panel, of pasting and of the set-up are registered there. */
import * as vscode from 'vscode';
import { Results } from '../results/registry.ts';
import type { Services } from '../services.ts';
import { convertCommands } from './convert.ts';

/** By identifier. What the menus give is passed on: the clicked file, and all that are selected. */
export type Commands = Readonly<Record<string, (...args: readonly unknown[]) => Promise<void>>>;

export function registerCommands(services: Services): void {
  const results = new Results();
  services.context.subscriptions.push(results);
  const commands: Commands = {
    ...convertCommands(services, results),
    'pixelwright.showLog': async () => services.log.show(),
  };
  for (const [name, run] of Object.entries(commands)) {
    const shown = async (...args: readonly unknown[]): Promise<void> => {
      try {
        await run(...args);
      } catch (error) {
        await services.showError(error);
      }
    };
    services.context.subscriptions.push(vscode.commands.registerCommand(name, shown));
  }
}
