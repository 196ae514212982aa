/** Every command of this folder, and what they share. */
import { Results } from '../results/registry.ts';
import type { Services } from '../services.ts';
import { convertCommands } from './convert.ts';
import type { CommandName } from './index.ts';

/** What the menus give is passed on: the clicked file, and all that are selected. */
export type Command = (...args: readonly unknown[]) => Promise<void>;
export type Commands = Readonly<Record<CommandName, Command>>;

export function openCommands(services: Services): Commands {
  const results = new Results();
  services.context.subscriptions.push(results);
  return { ...convertCommands(services, results) };
}
