/** Every command of this folder, and what they share. */
import { registerLenses } from '../results/lenses.ts';
import { Results } from '../results/registry.ts';
import type { Services } from '../services.ts';
import { compareCommands } from './compare.ts';
import { convertCommands } from './convert.ts';
import { diagramCommands } from './diagram.ts';
import type { CommandName } from './index.ts';
import { saveCommands } from './save-with-assets.ts';
import { wordCommands } from './words.ts';

/** What the menus give is passed on: the clicked file, and all that are selected. */
export type Command = (...args: readonly unknown[]) => Promise<void>;
export type Commands = Readonly<Record<CommandName, Command>>;

export function openCommands(services: Services): Commands {
  const results = new Results();
  services.context.subscriptions.push(results, registerLenses(results));
  return {
    ...convertCommands(services, results),
    ...diagramCommands(services),
    ...wordCommands(services),
    ...compareCommands(services),
    ...saveCommands(services, results),
  };
}
