/** "Compare with Implementation…": a design against a picture of what was built, or against the page itself. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { ImageComparison } from '../../shared/index.ts';
import { pictureSource } from '../pictures.ts';
import { columnBeside } from '../results/columns.ts';
import { comparisonReport } from '../results/comparison.ts';
import { openNewDocument } from '../results/new-document.ts';
import type { Services } from '../services.ts';
import { givenPictures, wantedPictures } from '../wanted-pictures.ts';
import type { Work } from '../work.ts';
import type { Commands } from './all.ts';
import { nameOf } from './each-picture.ts';
import { chooseImplementation, type Implementation } from './implementation.ts';

export function compareCommands(services: Services): Pick<Commands, 'pixelwright.compare'> {
  return {
    'pixelwright.compare': async (...args) => {
      const given = givenPictures(args);
      const title = vscode.l10n.t('Choose the design');
      const [design] = given.length > 0 ? given : await wantedPictures([], title, false);
      if (design === undefined) return;
      // Two that were selected are the pair.
      const second = given.length === 2 ? given[1] : undefined;
      const built =
        second === undefined
          ? await chooseImplementation(design, services.context)
          : ({ kind: 'file', uri: second } as const);
      if (built !== undefined) await compare(services, design, built);
    },
  };
}

async function compare(services: Services, design: vscode.Uri, built: Implementation): Promise<void> {
  const column = await columnBeside(design);
  const builtName = built.kind === 'address' ? built.url.host : nameOf(built.uri);
  const title = vscode.l10n.t('Comparing {0} with {1}', nameOf(design), builtName);
  const drawing = await services.run(title, async (work) => {
    const comparison = await comparisonOf(design, built, work);
    const stem = `${work.core.stemOf(nameOf(design))}-comparison`;
    const live = await openNewDocument({ artifact: 'markdown', stem, picture: design, column });
    const report = comparisonReport(comparison, {
      title: `${nameOf(design)} – ${builtName}`,
      same: vscode.l10n.t('No visible difference.'),
      pixels: vscode.l10n.t('Pixels alike'),
      structure: vscode.l10n.t('Structure alike'),
      place: vscode.l10n.t('Place (pixels)'),
      weight: vscode.l10n.t('Weight'),
      more: vscode.l10n.t('There are more regions.'),
    });
    await live.show(report);
    return comparison.same ? undefined : comparison.files[0]?.content;
  });
  if (drawing instanceof Uint8Array) await offerDrawing(services, drawing, nameOf(design), column);
}

async function comparisonOf(
  design: vscode.Uri,
  built: Implementation,
  { core, settings, context }: Work,
): Promise<ImageComparison> {
  const expected = await pictureSource(design, settings);
  const read = core.loadOptions(settings);
  const options = { read, differenceImage: true, name: core.stemOf(nameOf(design)) };
  const browser = settings.browser === undefined ? {} : { browserPath: settings.browser };
  if (built.kind === 'address') {
    // Whoever types the address of their own machine means it.
    const allowPrivateHosts = [...settings.allowPrivateHosts, built.url.hostname.replace(/^\[|\]$/g, '')];
    const typed = { ...options, ...browser, read: { ...read, allowPrivateHosts } };
    return await core.comparePage(expected, built.url.href, typed, context);
  }
  if (/\.(x?html?)$/i.test(built.uri.path))
    return await core.comparePage(expected, built.uri.fsPath, { ...options, ...browser }, context);
  const actual = await pictureSource(built.uri, settings);
  return await core.compareImagesInWorker(expected, actual, options, context);
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
