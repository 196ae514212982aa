/** What can be done with a page that was made, above its first line; and how it was made. */
import * as vscode from 'vscode';
import { otherSources } from './assets.ts';
import type { Results } from './registry.ts';

/** For documents that have not been saved: saved ones are files like any others. */
export function registerLenses(results: Results): vscode.Disposable {
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: results.onDidChange,
    provideCodeLenses: ({ uri }) => {
      const page = results.get(uri);
      if (page === undefined) return [];
      const { report, files } = page.result;
      const lens = (title: string, command: string, ...args: unknown[]) =>
        // An ordinary blank behind an icon is not shown.
        new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
          title: title.replace(/^(\$\([^)]+\)) /, '$1\u00a0'),
          command,
          arguments: args,
        });
      const save = files.length > 1 ? vscode.l10n.t('Save with Assets…') : vscode.l10n.t('Save…');
      const others = page.isDraft ? 0 : otherSources(page.result.inlined ?? files).length;
      const made = page.isDraft
        ? [lens(`$(sync~spin) ${vscode.l10n.t('Draft')}`, '')]
        : page.better !== undefined
          ? [
              lens(
                `$(lightbulb) ${vscode.l10n.t('Use the Better Version')}`,
                'pixelwright.useBetterVersion',
                uri,
              ),
            ]
          : report.madeWithoutModel
            ? [lens(vscode.l10n.t('Measured without a model'), 'pixelwright.setUpModel')]
            : [];
      return [
        lens(`$(save-all) ${save}`, 'pixelwright.saveWithAssets', uri),
        lens(`$(open-preview) ${vscode.l10n.t('Open Panel')}`, 'pixelwright.openPanel', page.picture),
        ...(others === 0
          ? []
          : [
              lens(
                `$(files) ${others === 1 ? vscode.l10n.t('Open the Other File') : vscode.l10n.t('Open {0} Other Files', others)}`,
                'pixelwright.openOtherFiles',
                uri,
              ),
            ]),
        ...made,
      ];
    },
  };
  return vscode.languages.registerCodeLensProvider({ scheme: 'untitled' }, provider);
}
