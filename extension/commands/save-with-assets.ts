/** "Save with Assets…": the page in the active editor and its pictures, as files in a folder that the user chooses. */
import path from 'node:path';
import * as vscode from 'vscode';
import { PixelwrightError } from '../../shared/start.ts';
import { extractAssets, otherSources } from '../results/assets.ts';
import { artifactBeside } from '../results/languages.ts';
import { openNewDocument } from '../results/new-document.ts';
import type { PageInEditor, Results } from '../results/registry.ts';
import type { Services } from '../services.ts';
import type { Commands } from './all.ts';

export function saveCommands(
  services: Services,
  results: Results,
): Pick<Commands, 'pixelwright.saveWithAssets' | 'pixelwright.openOtherFiles'> {
  return {
    'pixelwright.saveWithAssets': async (...args) => {
      const [given] = args;
      const uri = given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri;
      const page = results.get(uri);
      if (page !== undefined) await save(services, page);
    },
    'pixelwright.openOtherFiles': async (uri) => {
      const page = uri instanceof vscode.Uri ? results.get(uri) : undefined;
      if (page !== undefined) await openOthers(page);
    },
  };
}

const pathsBeside = ({ result: { inlined, files } }: PageInEditor): readonly string[] =>
  otherSources(inlined ?? files).map(({ file }) => file.path);

/** Each in an editor of its own behind the page, with its pictures inside where the page has them so. */
async function openOthers({ live, result, target, picture }: PageInEditor): Promise<void> {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document === live.document);
  const column = editor?.viewColumn ?? vscode.ViewColumn.Active;
  for (const { file, text } of otherSources(result.inlined ?? result.files)) {
    const { name, ext } = path.parse(file.path);
    const artifact = artifactBeside(ext.slice(1), target);
    const part = await openNewDocument({ artifact, stem: name, picture, column });
    await part.show(text);
  }
}

async function save(services: Services, page: PageInEditor): Promise<void> {
  const { live, result, stem, picture } = page;
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Save {0} with its pictures', stem),
    openLabel: vscode.l10n.t('Save Here'),
    canSelectFiles: false,
    canSelectFolders: true,
    defaultUri: vscode.Uri.joinPath(picture, '..'),
  });
  const folder = chosen?.[0];
  if (folder === undefined) return;
  // What was typed is kept: then the page is written as it stands, with its pictures taken out of it.
  const files = live.isEdited
    ? extractAssets(live.document.getText(), result.files, pathsBeside(page))
    : result.files;
  const main = files[0]?.path ?? stem;
  const places = await services.run(vscode.l10n.t('Saving {0}', main), async ({ core, context }) => {
    if (folder.scheme !== 'file')
      throw new PixelwrightError(
        'output-not-writable',
        `Expected a folder on this machine; got ${folder.scheme}.`,
      );
    const output = await core.openOutputFolder(folder.fsPath);
    try {
      return await core.writeOutput(output, { stem, main }, files, { force: false, signal: context.signal });
    } finally {
      await output.close();
    }
  });
  const [saved] = places ?? [];
  if (places === undefined || saved === undefined) return;
  await closeUnsaved(live.document);
  await vscode.window.showTextDocument(vscode.Uri.file(saved), { preview: false });
  const where = path.basename(path.dirname(saved));
  const told =
    places.length === 1
      ? vscode.l10n.t('Saved {0} in {1}.', main, where)
      : vscode.l10n.t('Saved {0} files in {1}.', places.length, where);
  void vscode.window.showInformationMessage(told);
}

/** What it held has just been written; left open, it would ask to be saved under the same name. */
async function closeUnsaved(document: vscode.TextDocument): Promise<void> {
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  if (vscode.window.activeTextEditor === editor && document.isUntitled)
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}
