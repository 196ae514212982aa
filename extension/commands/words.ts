/** "Describe Image" and "Extract Text": words of a picture, streamed into an editor. */
import * as vscode from 'vscode';
import { pictureSource } from '../pictures.ts';
import { latestOnly } from '../results/latest.ts';
import { openNewDocument } from '../results/new-document.ts';
import type { Services } from '../services.ts';
import { wantedPictures } from '../wanted-pictures.ts';
import type { Commands } from './all.ts';
import { forEachPicture, type PictureWork } from './each-picture.ts';
import { offerModel } from './offers.ts';
import { tellWarnings } from './warnings.ts';

type Names = 'pixelwright.describeImage' | 'pixelwright.extractText';

export function wordCommands(services: Services): Pick<Commands, Names> {
  return {
    'pixelwright.describeImage': async (...args) => {
      const pictures = await wantedPictures(args, vscode.l10n.t('Describe Image'));
      const title = (name: string, count: number): string =>
        count === 1 ? vscode.l10n.t('Describing {0}', name) : vscode.l10n.t('Describing {0} pictures', count);
      await forEachPicture(services, pictures, title, async (work) => await describe(services, work));
    },
    'pixelwright.extractText': async (...args) => {
      const pictures = await wantedPictures(args, vscode.l10n.t('Extract Text'));
      const title = (name: string, count: number): string =>
        count === 1 ? vscode.l10n.t('Reading {0}', name) : vscode.l10n.t('Reading {0} pictures', count);
      await forEachPicture(services, pictures, title, async (work) => await extract(services, work));
    },
  };
}

/** An editor opens with the first words, so that a model that is missing leaves none. */
async function describe(services: Services, work: PictureWork): Promise<void> {
  const { core, settings, context, stem, picture, column } = work;
  const engine = core.requireEngine(await work.engine(), vscode.l10n.t('Describing a picture'));
  let opened: ReturnType<typeof openNewDocument> | undefined;
  const open = async () => {
    opened ??= openNewDocument({ artifact: 'markdown', stem: `${stem}-description`, picture, column });
    return await opened;
  };
  const streamed = latestOnly(async (text: string) => {
    if (!context.signal.aborted) await (await open()).stream(text);
  }, services.showError);
  let words = '';
  const { text, warnings, truncated, repetition } = await core.describePicture(
    await pictureSource(picture, settings),
    {
      engine,
      read: core.loadOptions(settings),
      onText: (piece) => {
        words += piece;
        streamed(words);
      },
      ...(settings.maxTokens === undefined ? {} : { maxTokens: settings.maxTokens }),
    },
    context,
  );
  if (context.signal.aborted) return;
  await (await open()).show(`${text}\n`);
  tellWarnings(services, stem, [
    ...(truncated ? [vscode.l10n.t('The answer was cut at its limit; “maxTokens” raises it.')] : []),
    ...(repetition ? [vscode.l10n.t('The model repeated itself and was stopped.')] : []),
    ...warnings,
  ]);
}

/** What the recogniser reads is there at once; a model's reading takes its place. */
async function extract(services: Services, work: PictureWork): Promise<void> {
  const { core, settings, context, stem, picture, column } = work;
  const { strategy, maxTokens } = settings;
  const source = await pictureSource(picture, settings);
  const engine = strategy === 'measured' ? undefined : await work.engine();
  const read = core.loadOptions(settings);
  const measured = await core.extractText(source, { method: 'measured', read }, context);
  if (context.signal.aborted) return;
  const live = await openNewDocument({ artifact: 'markdown', stem: `${stem}-text`, picture, column });
  const nothing = vscode.l10n.t('No text was found.');
  await live.show(`${measured.markdown.trimEnd() || nothing}\n`);
  if (engine === undefined) {
    tellWarnings(services, stem, measured.warnings);
    if (strategy === 'auto') offerModel(services);
    return;
  }
  const { markdown, warnings } = await core.extractText(source, { engine, read, maxTokens }, context);
  if (context.signal.aborted) return;
  const kept = (await live.show(`${markdown.trimEnd() || nothing}\n`)) === 'kept';
  const note = vscode.l10n.t('The text was read anew by the model; your changes to the draft were kept.');
  tellWarnings(services, stem, [...(kept ? [note] : []), ...warnings]);
}
