/** "Compare with Implementation…": a design against a picture of what was built, or against the page itself. */
import path from 'node:path';
import * as vscode from 'vscode';
import { pictureExtensions } from '../picture-names.ts';
import { pictureSource } from '../pictures.ts';
import { columnBeside } from '../results/columns.ts';
import { comparisonReport } from '../results/comparison.ts';
import { openNewDocument } from '../results/new-document.ts';
import type { Services } from '../services.ts';
import { givenPictures, wantedPictures } from '../wanted-pictures.ts';
import type { Work } from '../work.ts';
import type { Commands } from './all.ts';
import { nameOf } from './each-picture.ts';

export function compareCommands(services: Services): Pick<Commands, 'pixelwright.compare'> {
  return {
    'pixelwright.compare': async (...args) => {
      const given = givenPictures(args);
      const title = vscode.l10n.t('Choose the design');
      const [design] = given.length > 0 ? given : await wantedPictures([], title, false);
      if (design === undefined) return;
      // Two that were selected are the pair.
      const built = given.length === 2 ? given[1] : await chooseImplementation(design);
      if (built !== undefined) await compare(services, design, built);
    },
  };
}

async function chooseImplementation(design: vscode.Uri): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Choose the implementation of {0}: a picture or an HTML page', nameOf(design)),
    openLabel: vscode.l10n.t('Compare'),
    defaultUri: vscode.Uri.joinPath(design, '..'),
    filters: { [vscode.l10n.t('Pictures and pages')]: [...pictureExtensions, 'html', 'htm', 'xhtml'] },
  });
  return chosen?.[0];
}

async function compare(services: Services, design: vscode.Uri, built: vscode.Uri): Promise<void> {
  const column = await columnBeside(design);
  const title = vscode.l10n.t('Comparing {0} with {1}', nameOf(design), nameOf(built));
  const drawing = await services.run(title, async (work) => {
    const comparison = await comparisonOf(design, built, work);
    const stem = `${work.core.stemOf(nameOf(design))}-comparison`;
    const live = await openNewDocument({ artifact: 'markdown', stem, picture: design, column });
    const report = comparisonReport(comparison, {
      title: `${nameOf(design)} – ${nameOf(built)}`,
      same: vscode.l10n.t('No visible difference.'),
      pixels: vscode.l10n.t('Pixels alike'),
      structure: vscode.l10n.t('Structure alike'),
      columns: [
        vscode.l10n.t('Difference'),
        vscode.l10n.t('Place (pixels)'),
        vscode.l10n.t('Weight'),
        vscode.l10n.t('What it is'),
      ],
      more: vscode.l10n.t('There are more regions.'),
    });
    await live.show(report);
    return comparison.same ? undefined : comparison.files[0]?.content;
  });
  if (drawing instanceof Uint8Array) await offerDrawing(services, drawing, nameOf(design), column);
}

async function comparisonOf(design: vscode.Uri, built: vscode.Uri, { core, settings, context }: Work) {
  const expected = await pictureSource(design, settings);
  const options = {
    read: core.loadOptions(settings),
    differenceImage: true,
    name: core.stemOf(nameOf(design)),
  };
  if (/\.(x?html?)$/i.test(built.path)) {
    const browser = settings.browser === undefined ? {} : { browserPath: settings.browser };
    return await core.comparePage(expected, built.fsPath, { ...options, ...browser }, context);
  }
  return await core.compareImages(expected, await pictureSource(built, settings), options, context);
}

/** The drawing is kept in the extension's own folder, under one name for each design. */
async function offerDrawing(
  { context }: Services,
  drawing: Uint8Array,
  name: string,
  column: vscode.ViewColumn,
): Promise<void> {
  const show = vscode.l10n.t('Show Differences');
  const message = vscode.l10n.t('{0} differs from its implementation.', name);
  if ((await vscode.window.showInformationMessage(message, show)) !== show) return;
  const folder = context.storageUri ?? context.globalStorageUri;
  const file = vscode.Uri.joinPath(folder, `${path.posix.parse(name).name}-difference.png`);
  await vscode.workspace.fs.writeFile(file, drawing);
  await vscode.commands.executeCommand('vscode.open', file, { viewColumn: column, preview: true });
}
