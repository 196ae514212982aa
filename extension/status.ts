/** The status bar item: where the model runs, whether work goes on; a click offers what can be done. */
import * as vscode from 'vscode';
import { type EngineState, engineState, stateIcon } from './engine-state.ts';
import type { Services } from './services.ts';

const menuCommand = 'pixelwright.statusMenu';

/** The core is not loaded for it: until the first work, or a click, the state is not told. */
export function registerStatus(services: Services): void {
  const { context, showError, onDidChange, working } = services;
  const item = vscode.window.createStatusBarItem('pixelwright.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Pixelwright';
  item.command = menuCommand;
  let state: EngineState = { kind: 'unknown' };
  const draw = (): void => {
    item.text = `${stateIcon(state, working())} Pixelwright`;
    item.tooltip = working() > 0 ? vscode.l10n.t('Pixelwright is working') : sentence(state);
    item.accessibilityInformation = { label: `Pixelwright, ${item.tooltip}` };
  };
  const look = async (): Promise<void> => {
    state = await currentState(services);
    draw();
  };
  draw();
  item.show();
  context.subscriptions.push(
    item,
    onDidChange(() => {
      draw();
      if (state.kind !== 'unknown' || working() > 0) void look();
    }),
    vscode.commands.registerCommand(menuCommand, async () => {
      try {
        await look();
        await showMenu(state);
      } catch (error) {
        await showError(error);
      }
    }),
  );
}

async function currentState({ core, settings }: Services): Promise<EngineState> {
  try {
    const [{ findModel }, now] = await Promise.all([core(), settings()]);
    return await engineState(now, async () => await findModel(now));
  } catch (error) {
    // Settings that are wrong are told by the work that needs them.
    return { kind: 'broken', reason: error instanceof Error ? error.message : String(error) };
  }
}

function sentence(state: EngineState): string {
  switch (state.kind) {
    case 'unknown':
      return vscode.l10n.t('Turn pictures into code');
    case 'none':
      return vscode.l10n.t('No model: results are measured from the pixels');
    case 'ready':
      return vscode.l10n.t('Model: {0}', state.model);
    case 'server':
      return vscode.l10n.t('Model on the server {0}', state.address);
    case 'broken':
      return state.reason;
  }
}

interface Entry extends vscode.QuickPickItem {
  readonly command: string;
  readonly argument?: string;
}

async function showMenu(state: EngineState): Promise<void> {
  const entry = (label: string, icon: string, command: string, argument?: string): Entry => ({
    label,
    iconPath: new vscode.ThemeIcon(icon),
    command,
    ...(argument === undefined ? {} : { argument }),
  });
  const setUp = entry(vscode.l10n.t('Set Up Model'), 'cloud-download', 'pixelwright.setUpModel');
  const rest = [
    entry(vscode.l10n.t('Convert Mockup to Code…'), 'wand', 'pixelwright.convert'),
    entry(vscode.l10n.t('Open Panel'), 'open-preview', 'pixelwright.openPanel'),
    entry(
      vscode.l10n.t('Open Settings'),
      'gear',
      'workbench.action.openSettings',
      '@ext:pixelwright.pixelwright',
    ),
    entry(vscode.l10n.t('Show Log'), 'output', 'pixelwright.showLog'),
  ];
  const needed = state.kind === 'none' || state.kind === 'broken';
  const entries = needed ? [setUp, ...rest] : [...rest.slice(0, 2), setUp, ...rest.slice(2)];
  const chosen = await vscode.window.showQuickPick(entries, {
    title: 'Pixelwright',
    placeHolder: sentence(state),
  });
  if (chosen === undefined) return;
  const given = chosen.argument === undefined ? [] : [chosen.argument];
  await vscode.commands.executeCommand(chosen.command, ...given);
}
