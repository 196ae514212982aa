/** Tools for what only the editor can reach: the picture that is open in it, and the one on the clipboard. */
import * as vscode from 'vscode';
import type { Services } from '../services.ts';

export function registerTools(services: Services): void {
  services.context.subscriptions.push(
    vscode.lm.registerTool('pixelwright_editorPicture', {
      prepareInvocation: () => ({
        invocationMessage: vscode.l10n.t('Looking at the picture in the editor'),
      }),
      invoke: async ({ input }, token) => {
        const { editorPicture, invokeTool } = await import('./invoke.ts');
        return await invokeTool(services, editorPicture, input, token);
      },
    }),
    vscode.lm.registerTool('pixelwright_clipboardPicture', {
      prepareInvocation: () => ({
        invocationMessage: vscode.l10n.t('Looking at the picture on the clipboard'),
        // What was copied may be meant for somebody else.
        confirmationMessages: {
          title: vscode.l10n.t('Look at the clipboard'),
          message: vscode.l10n.t('Let the agent see the picture that you copied?'),
        },
      }),
      invoke: async ({ input }, token) => {
        const { clipboardSource, invokeTool } = await import('./invoke.ts');
        return await invokeTool(services, clipboardSource, input, token);
      },
    }),
  );
}
