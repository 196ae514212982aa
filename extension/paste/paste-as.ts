/** "Paste Screenshot as…": asks what the picture on the clipboard is to become, here or in a document of its own. */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { clipboardPicture } from './clipboard-picture.ts';
import { kindOf } from './kinds.ts';
import { type Way, waysFor } from './ways.ts';

/** Pictures that are kept so that their results can refer to them. */
const mostKept = 20;

interface Item extends vscode.QuickPickItem {
  readonly way?: Way;
  readonly command?: string;
}

export async function pasteAs(services: Services): Promise<void> {
  const chosen = await vscode.window.showQuickPick(items(), {
    title: vscode.l10n.t('Paste Screenshot as…'),
    placeHolder: vscode.l10n.t('Choose what to make of the picture on the clipboard'),
  });
  if (chosen === undefined) return;
  if (chosen.way !== undefined) {
    if (vscode.env.uiKind === vscode.UIKind.Web) {
      // A browser lets nobody but its user paste a picture.
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Press Ctrl+V (⌘V on a Mac) to paste the picture here.'),
      );
      return;
    }
    // The editor reads its clipboard itself, and the paste is one undo step.
    await vscode.commands.executeCommand('editor.action.pasteAs', { kind: kindOf(chosen.way).value });
    return;
  }
  if (chosen.command === undefined) return;
  const picture = await keep(await clipboardPicture(services), services.context.globalStorageUri);
  await vscode.commands.executeCommand(chosen.command, picture);
}

function items(): Item[] {
  const document = vscode.window.activeTextEditor?.document;
  const ways =
    document === undefined ? [] : waysFor(document.languageId, document.uri.path, document.getText());
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const here = ways.map((way): Item => ({ label: hereTitle(way), way }));
  return [
    ...(here.length === 0 ? [] : [separator(vscode.l10n.t('at the cursor')), ...here]),
    separator(vscode.l10n.t('in a new editor')),
    { label: '$(code) HTML/CSS', command: 'pixelwright.convertToHtml' },
    { label: '$(code) HTML + Tailwind', command: 'pixelwright.convertToTailwind' },
    { label: '$(symbol-misc) Vue', command: 'pixelwright.convertToVue' },
    { label: '$(symbol-misc) React', command: 'pixelwright.convertToReact' },
    {
      label: `$(type-hierarchy) ${vscode.l10n.t('Draw.io Diagram')}`,
      command: 'pixelwright.convertToDrawio',
    },
    {
      label: `$(type-hierarchy) ${vscode.l10n.t('Mermaid Diagram')}`,
      command: 'pixelwright.convertToMermaid',
    },
    { label: `$(symbol-text) ${vscode.l10n.t('Text')}`, command: 'pixelwright.extractText' },
    { label: `$(comment) ${vscode.l10n.t('Description')}`, command: 'pixelwright.describeImage' },
  ];
}

function hereTitle(way: Way): string {
  switch (way) {
    case 'html':
      return '$(insert) HTML';
    case 'vue':
      return `$(insert) ${vscode.l10n.t('Vue Template')}`;
    case 'jsx':
      return '$(insert) JSX';
    case 'text':
      return `$(insert) ${vscode.l10n.t('Text')}`;
    case 'mermaid':
    case 'mermaid-block':
      return `$(insert) ${vscode.l10n.t('Mermaid Diagram')}`;
    case 'drawio':
      return `$(insert) ${vscode.l10n.t('Draw.io Diagram')}`;
  }
}

/** As a file, so that it can be shown beside its result; the oldest make room. */
async function keep(bytes: Uint8Array, storage: vscode.Uri): Promise<vscode.Uri> {
  const folder = vscode.Uri.joinPath(storage, 'screenshots');
  await vscode.workspace.fs.createDirectory(folder);
  const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  const stats = names.map(async (name) => {
    const uri = vscode.Uri.joinPath(folder, name);
    return { uri, time: (await vscode.workspace.fs.stat(uri)).mtime };
  });
  const oldest = (await Promise.all(stats))
    .toSorted((one, other) => other.time - one.time)
    .slice(mostKept - 1);
  for (const { uri } of oldest) await vscode.workspace.fs.delete(uri);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  const picture = vscode.Uri.joinPath(folder, `screenshot-${hash}.png`);
  await vscode.workspace.fs.writeFile(picture, bytes);
  return picture;
}
