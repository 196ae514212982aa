/** The panel in the editor: a webview with a session behind it, both of which end with its tab. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as vscode from 'vscode';
import type { MadePages, MessageToPage } from '../../shared/index.ts';
import { bytesOf } from '../pictures.ts';
import type { Services } from '../services.ts';
import { openResult } from './open-result.ts';
import { saveResult } from './save-result.ts';

export interface Panel {
  reveal(): void;
  /**
   * Has the page take this picture as if the user had chosen it; what was made of it already is shown, unless it is.
   * @throws PixelwrightError as `bytesOf`.
   */
  offer(picture: vscode.Uri): Promise<void>;
  readonly onDidDispose: vscode.Event<void>;
}

/** @param existing the webview that the editor has brought back after a restart. */
export async function openPanel(
  services: Services,
  viewType: string,
  existing?: vscode.WebviewPanel,
): Promise<Panel> {
  const core = await services.core();
  const folder = vscode.Uri.file(fileURLToPath(core.panelFolder()));
  const options = { enableScripts: true, localResourceRoots: [folder] };
  const view =
    existing ??
    vscode.window.createWebviewPanel(viewType, 'Pixelwright', vscode.ViewColumn.Active, {
      ...options,
      // A conversion goes on while its tab is hidden, and its picture is nowhere else.
      retainContextWhenHidden: true,
    });
  view.iconPath = vscode.Uri.joinPath(services.context.extensionUri, 'media', 'icon.png');
  view.webview.options = options;
  /** What is to be told as soon as the page listens. */
  let waiting: MessageToPage[] | undefined = [];
  /** What was made of the picture that was offered last. Whoever chooses that picture anew wants it made anew. */
  let handedOver: MadePages | undefined;
  let isTaken = false;
  const send = (message: MessageToPage): void => void view.webview.postMessage(message);
  const session = core.openPanelSession({
    log: services.log,
    send: (message) => {
      send(message);
      if (message.type !== 'hello') return;
      waiting?.forEach(send);
      waiting = undefined;
    },
    settings: services.settings,
    engine: services.engine,
    hold: services.hold,
    saves: ['folder'],
    save: async (result, signal) => await saveResult(core, result, signal),
    open: async (result) => await openResult(result),
    made: (sha256) => {
      if (isTaken || handedOver?.measured.picture.sha256 !== sha256) return undefined;
      isTaken = true;
      return handedOver;
    },
    setUp: () => void vscode.commands.executeCommand('pixelwright.setUpModel'),
  });
  view.webview.onDidReceiveMessage((message: unknown) => session.receive(message));
  view.onDidDispose(() => {
    session.dispose().catch(services.showError);
  });
  const address = (file: string): string =>
    view.webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
  const page = await core.panelPage({
    script: address('panel.js'),
    style: address('panel.css'),
    connect: "'none'",
    language: vscode.env.language,
  });
  view.webview.html = page.html;
  return {
    reveal: () => view.reveal(),
    offer: async (picture) => {
      const bytes = await bytesOf(picture, await services.settings());
      const name = path.posix.basename(picture.path);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const made = services.made.get(sha256);
      if (made !== undefined && made === handedOver && session.shows(sha256)) return;
      handedOver = made;
      isTaken = false;
      const message = {
        type: 'offer',
        ...(made === undefined ? {} : { target: made.options.target }),
        name,
        mediaType: '',
        base64: Buffer.from(bytes).toString('base64'),
      } as const;
      if (waiting === undefined) send(message);
      else waiting.push(message);
    },
    onDidDispose: view.onDidDispose,
  };
}
