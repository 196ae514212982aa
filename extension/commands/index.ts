/** Registers the commands. What runs them loads with the first that is called; see `all.ts`. */
import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import type { Commands } from './all.ts';

const names = [
  'convert',
  'convertToHtml',
  'convertToTailwind',
  'convertToVue',
  'convertToReact',
  'convertToDrawio',
  'convertToMermaid',
  'describeImage',
  'extractText',
  'compare',
  'saveWithAssets',
  'openOtherFiles',
  'useBetterVersion',
] as const;

/** Those of the panel, of pasting and of the set-up are registered there. */
export type CommandName = `pixelwright.${(typeof names)[number]}`;

export function registerCommands(services: Services): void {
  const { context, log, showError } = services;
  let opened: Promise<Commands> | undefined;
  const commands = async (): Promise<Commands> => {
    opened ??= import('./all.ts').then(({ openCommands }) => openCommands(services));
    return await opened;
  };
  for (const name of names) {
    const run = async (...args: readonly unknown[]): Promise<void> => {
      try {
        await (await commands())[`pixelwright.${name}`](...args);
      } catch (error) {
        await showError(error);
      }
    };
    context.subscriptions.push(vscode.commands.registerCommand(`pixelwright.${name}`, run));
  }
  context.subscriptions.push(vscode.commands.registerCommand('pixelwright.showLog', () => log.show()));
}
