/** Registers the panel. What it is made of loads when it is opened. */
import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { activePicture, givenPictures } from '../wanted-pictures.ts';
import type { Panel } from './panel.ts';

/** Of the webview, also for those that the editor brings back after a restart. */
const viewType = 'pixelwright.panel';

export function registerPanel(services: Services): void {
  let open: Panel | undefined;
  const show = async (existing?: vscode.WebviewPanel): Promise<Panel> => {
    if (open !== undefined && existing === undefined) {
      open.reveal();
      return open;
    }
    const { openPanel } = await import('./panel.ts');
    const panel = await openPanel(services, viewType, existing);
    open = panel;
    panel.onDidDispose(() => {
      if (open === panel) open = undefined;
    });
    return panel;
  };
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      await services.showError(error);
    }
  };
  services.context.subscriptions.push(
    vscode.commands.registerCommand('pixelwright.openPanel', (...args: unknown[]) =>
      guarded(async () => {
        const picture = givenPictures(args)[0] ?? activePicture();
        const panel = await show();
        if (picture !== undefined) await panel.offer(picture);
      }),
    ),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: (panel) => guarded(async () => void (await show(panel))),
    }),
  );
}
