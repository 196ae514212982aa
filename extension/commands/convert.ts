/** "Convert Mockup to …": pages of one picture or several, each in an editor of its own. */
import * as vscode from 'vscode';
import type { PageTarget } from '../../shared/index.ts';
import { pictureSource } from '../pictures.ts';
import { livePage, putBetter } from '../results/page-result.ts';
import type { Results } from '../results/registry.ts';
import type { Services } from '../services.ts';
import { wantedPictures } from '../wanted-pictures.ts';
import type { Commands } from './all.ts';
import { chooseTarget } from './choose-target.ts';
import { forEachPicture } from './each-picture.ts';
import { offerModel } from './offers.ts';

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
  | 'pixelwright.useBetterVersion'
> {
  const to =
    (target: PageTarget) =>
    async (...args: readonly unknown[]): Promise<void> =>
      await convertAll(
        services,
        results,
        await wantedPictures(args, vscode.l10n.t('Convert Mockup to Code')),
        target,
      );
  return {
    'pixelwright.convert': async (...args) => {
      const pictures = await wantedPictures(args, vscode.l10n.t('Convert Mockup to Code'));
      const target = pictures.length === 0 ? undefined : await chooseTarget(services);
      if (target !== undefined) await convertAll(services, results, pictures, target);
    },
    'pixelwright.convertToHtml': to('html'),
    'pixelwright.convertToTailwind': to('html-tailwind'),
    'pixelwright.convertToVue': to('vue'),
    'pixelwright.convertToReact': to('react'),
    'pixelwright.useBetterVersion': async (uri) => {
      const page = uri instanceof vscode.Uri ? results.get(uri) : undefined;
      if (page?.better !== undefined) await putBetter(results, page, page.better);
    },
  };
}

async function convertAll(
  services: Services,
  results: Results,
  pictures: readonly vscode.Uri[],
  target: PageTarget,
): Promise<void> {
  await forEachPicture(services, pictures, convertingTitle, async (work) => {
    const { core, settings, engine, context, picture, stem, column } = work;
    const { strategy, maxTokens, samples, browser, fit, components } = settings;
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
    const conversion = core.convertPicture(
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
        onMade: (made) => services.made.put(made),
        ...(model === undefined ? {} : { engine: model }),
        ...(maxTokens === undefined ? {} : { maxTokens }),
        ...(samples === undefined ? {} : { samples }),
        ...(browser === undefined ? {} : { browserPath: browser }),
      },
      context,
    );
    const result = await conversion.finally(page.end);
    for (const warning of result.report.warnings) services.log.warn(`${stem}: ${warning}`);
    await page.finish(result);
    if (model === undefined && strategy === 'auto') offerModel(services);
  });
}

export const convertingTitle = (name: string, count: number): string =>
  count === 1 ? vscode.l10n.t('Converting {0}', name) : vscode.l10n.t('Converting {0} pictures', count);
