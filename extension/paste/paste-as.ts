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

/** A page, a component, a diagram, words. */
const icons = { page: 'code', part: 'symbol-misc', diagram: 'type-hierarchy', words: 'symbol-text' } as const;

function items(): Item[] {
  const document = vscode.window.activeTextEditor?.document;
  const ways =
    document === undefined ? [] : waysFor(document.languageId, document.uri.path, document.getText());
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const here = ways.map((way): Item => ({ label: hereTitle(way), way }));
  const fresh = (kind: keyof typeof icons, name: string, command: string): Item => ({
    label: `$(${icons[kind]}) ${name}`,
    command: `pixelwright.${command}`,
  });
  return [
    ...(here.length === 0 ? [] : [separator(vscode.l10n.t('at the cursor')), ...here]),
    separator(vscode.l10n.t('in a new editor')),
    fresh('page', 'HTML/CSS', 'convertToHtml'),
    fresh('page', 'HTML + Tailwind', 'convertToTailwind'),
    fresh('part', 'Vue', 'convertToVue'),
    fresh('part', 'React', 'convertToReact'),
    fresh('diagram', vscode.l10n.t('Draw.io Diagram'), 'convertToDrawio'),
    fresh('diagram', vscode.l10n.t('Mermaid Diagram'), 'convertToMermaid'),
    fresh('words', vscode.l10n.t('Text'), 'extractText'),
    { label: `$(comment) ${vscode.l10n.t('Description')}`, command: 'pixelwright.describeImage' },
  ];
}

function hereTitle(way: Way): string {
  const title = (kind: keyof typeof icons, name: string): string => `$(${icons[kind]}) ${name}`;
  switch (way) {
    case 'html':
      return title('page', 'HTML');
    case 'vue':
      return title('part', vscode.l10n.t('Vue Template'));
    case 'jsx':
      return title('part', 'JSX');
    case 'text':
      return title('words', vscode.l10n.t('Text'));
    case 'mermaid':
    case 'mermaid-block':
      return title('diagram', vscode.l10n.t('Mermaid Diagram'));
    case 'drawio':
      return title('diagram', vscode.l10n.t('Draw.io Diagram'));
  }
}

/** As a file, so that it can be shown beside its result, in a folder of its own, so that its name is plain; the oldest make room. */
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
  for (const { uri } of oldest) await vscode.workspace.fs.delete(uri, { recursive: true });
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  const picture = vscode.Uri.joinPath(folder, hash, 'screenshot.png');
  await vscode.workspace.fs.writeFile(picture, bytes);
  return picture;
}
