/** Offers the MCP server to agents in the editor: the command of this extension, run by the editor's own Node. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { section } from '../settings.ts';

const agreedKey = 'pixelwright.agentsAgreed';

export function registerMcp(services: Services): void {
  const { context } = services;
  const changed = new vscode.EventEmitter<void>();
  // Asked for at once and without a user: nothing is loaded here, and nothing is asked.
  const provideMcpServerDefinitions = (): vscode.McpStdioServerDefinition[] => {
    if (!vscode.workspace.isTrusted) return [];
    const [first, ...others] = localFolders();
    const command = path.join(context.extensionPath, 'dist', 'cli.js');
    const version = String(context.extension.packageJSON['version']);
    const server = new vscode.McpStdioServerDefinition(
      'Pixelwright',
      process.execPath,
      [command, 'mcp', ...others.map(({ fsPath }) => fsPath)],
      {},
      version,
    );
    if (first !== undefined) server.cwd = first;
    return [server];
  };
  const resolveMcpServerDefinition = async (
    server: vscode.McpStdioServerDefinition,
  ): Promise<vscode.McpStdioServerDefinition | undefined> => {
    if (!(await agreed(context))) return undefined;
    const { settingsEnvironment } = await import('./environment.ts');
    // The desktop's Node is inside of its Electron.
    server.env = { ...settingsEnvironment(await services.settings()), ELECTRON_RUN_AS_NODE: '1' };
    return server;
  };
  context.subscriptions.push(
    changed,
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(section)) changed.fire();
    }),
    vscode.lm.registerMcpServerDefinitionProvider('pixelwright', {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions,
      resolveMcpServerDefinition,
    }),
  );
}

const localFolders = (): vscode.Uri[] =>
  (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri).filter(({ scheme }) => scheme === 'file');

/** Asked once. */
async function agreed({ globalState }: vscode.ExtensionContext): Promise<boolean> {
  if (globalState.get<boolean>(agreedKey) === true) return true;
  const allow = vscode.l10n.t('Allow');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Let agents use Pixelwright?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Agents in this editor can then read pictures in the folders of the workspace, in the temporary folder and on the clipboard, and write results there.',
      ),
    },
    allow,
  );
  if (chosen !== allow) return false;
  await globalState.update(agreedKey, true);
  return true;
}
