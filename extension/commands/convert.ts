/** "Convert Mockup to …": pages of one picture or several, each in an editor of its own. */
import pLimit from 'p-limit';
import * as vscode from 'vscode';
import type { PageTarget } from '../../shared/index.ts';
import { pictureSource } from '../pictures.ts';
import { columnBeside } from '../results/columns.ts';
import { livePage } from '../results/page-result.ts';
import type { Results } from '../results/registry.ts';
import type { Services } from '../services.ts';
import { wantedPictures } from '../wanted-pictures.ts';
import type { Work } from '../work.ts';
import type { Commands } from './all.ts';
import { chooseTarget } from './choose-target.ts';

export function convertCommands(
  services: Services,
  results: Results,
): Pick<
  Commands,
  | 'pixelwright.convert'
  | 'pixelwright.convertToHtml'
  | 'pixelwright.convertToTailwind'
  | 'pixelwright.convertToVue'
  | 'pixelwright.convertToReact'
> {
  const to =
    (target: PageTarget) =>
    async (...args: readonly unknown[]): Promise<void> =>
      await convertAll(services, results, await wantedPictures(args, titles().choose), target);
  return {
    'pixelwright.convert': async (...args) => {
      const pictures = await wantedPictures(args, titles().choose);
      const target = pictures.length === 0 ? undefined : await chooseTarget(services);
      if (target !== undefined) await convertAll(services, results, pictures, target);
    },
    'pixelwright.convertToHtml': to('html'),
    'pixelwright.convertToTailwind': to('html-tailwind'),
    'pixelwright.convertToVue': to('vue'),
    'pixelwright.convertToReact': to('react'),
  };
}

const titles = () => ({ choose: vscode.l10n.t('Convert Mockup to Code') });

async function convertAll(
  services: Services,
  results: Results,
  pictures: readonly vscode.Uri[],
  target: PageTarget,
): Promise<void> {
  await forEachPicture(services, pictures, async (picture, label, work, column) => {
    const { core, settings, engine } = work;
    const { strategy, maxTokens, samples, browser, fit, components } = settings;
    const context = work.contextOf(label);
    const stem = core.stemOf(picture.path);
    const view = {
      picture,
      target,
      stem,
      column,
      signal: context.signal,
      results,
      failed: services.showError,
    };
    const page = livePage(view);
    const model = strategy === 'measured' ? undefined : await engine();
    const result = await core.convertPicture(
      await pictureSource(picture, settings),
      {
        name: stem,
        target,
        strategy,
        alsoInlined: true,
        fit,
        // They are for Vue alone, and the setting is for whenever Vue is made.
        components: target === 'vue' ? components : 'plain',
        read: core.loadOptions(settings),
        onDraft: page.onDraft,
        onText: page.onText,
        ...(model === undefined ? {} : { engine: model }),
        ...(maxTokens === undefined ? {} : { maxTokens }),
        ...(samples === undefined ? {} : { samples }),
        ...(browser === undefined ? {} : { browserPath: browser }),
      },
      context,
    );
    for (const warning of result.report.warnings) services.log.warn(`${stem}: ${warning}`);
    await page.finish(result);
  });
}

/** Several at once, as many as the settings say; one that fails stops no other and is told by itself. */
export async function forEachPicture(
  services: Services,
  pictures: readonly vscode.Uri[],
  one: (picture: vscode.Uri, label: string, work: Work, column: vscode.ViewColumn) => Promise<void>,
): Promise<void> {
  const [first] = pictures;
  if (first === undefined) return;
  const nameOf = (uri: vscode.Uri): string => uri.path.split('/').at(-1) ?? uri.path;
  const title =
    pictures.length === 1
      ? vscode.l10n.t('Converting {0}', nameOf(first))
      : vscode.l10n.t('Converting {0} pictures', pictures.length);
  const column = await columnBeside(first);
  await services.run(title, async (work) => {
    const limit = pLimit(work.settings.jobs);
    const run = pictures.map((picture) =>
      limit(async () => {
        if (work.context.signal.aborted) return;
        const label = pictures.length === 1 ? '' : nameOf(picture);
        await one(picture, label, work, column).catch((error) => void services.showError(error));
      }),
    );
    await Promise.all(run);
  });
}
