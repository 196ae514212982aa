/** The extension's entry. Activation registers only: the core, with all that is native, loads with the first work. */
import type * as vscode from 'vscode';
import { registerAgents } from './agents/index.ts';
import { registerCommands } from './commands/index.ts';
import { registerPanel } from './panel/index.ts';
import { registerPaste } from './paste/index.ts';
import { openServices, type Services } from './services.ts';
import { registerSetUp } from './setup/index.ts';
import { registerStatus } from './status.ts';

/** One for each topic; each pushes what it registers to `services.context.subscriptions`. */
const topics: readonly ((services: Services) => void)[] = [
  registerCommands,
  registerStatus,
  registerPanel,
  registerPaste,
  registerSetUp,
  registerAgents,
];

export function activate(context: vscode.ExtensionContext): void {
  const services = openServices(context);
  for (const register of topics) register(services);
}
