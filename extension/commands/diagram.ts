/** "Convert to Draw.io Diagram", "Convert to Mermaid". */
import path from 'node:path';
import * as vscode from 'vscode';
import type { DiagramSubject, DiagramTarget } from '../../shared/index.ts';
import { pictureSource } from '../pictures.ts';
import { freeName } from '../results/languages.ts';
import { fileExists, openNewDocument } from '../results/new-document.ts';
import type { Services } from '../services.ts';
import { wantedPictures } from '../wanted-pictures.ts';
import type { Commands } from './all.ts';
import { convertingTitle } from './convert.ts';
import { forEachPicture, type PictureWork } from './each-picture.ts';
import { offerDrawio, offerModel } from './offers.ts';
import { tellWarnings } from './warnings.ts';

type Names = 'pixelwright.convertToDrawio' | 'pixelwright.convertToMermaid';

export function diagramCommands(services: Services): Pick<Commands, Names> {
  const to =
    (target: DiagramTarget, title: string) =>
    async (...args: readonly unknown[]): Promise<void> =>
      await convertAll(services, target, await wantedPictures(args, title));
  return {
    'pixelwright.convertToDrawio': to('drawio', vscode.l10n.t('Convert to Draw.io Diagram')),
    'pixelwright.convertToMermaid': to('mermaid', vscode.l10n.t('Convert to Mermaid')),
  };
}

/** @param subject what they are known to be; absent: it is found out. */
async function convertAll(
  services: Services,
  target: DiagramTarget,
  pictures: readonly vscode.Uri[],
  subject?: DiagramSubject,
): Promise<void> {
  await forEachPicture(services, pictures, convertingTitle, async (work) => {
    await convert(services, target, work, subject);
  });
}

async function convert(
  services: Services,
  target: DiagramTarget,
  work: PictureWork,
  subject: DiagramSubject = 'auto',
): Promise<void> {
  const { core, settings, context, stem, picture } = work;
  const { strategy, maxTokens } = settings;
  const engine = strategy === 'measured' ? undefined : await work.engine();
  const method = strategy === 'measured' || strategy === 'auto' ? strategy : 'model';
  const { files, report } = await core.convertDiagram(
    await pictureSource(picture, settings),
    {
      name: stem,
      target,
      subject,
      preview: false,
      method,
      engine,
      maxTokens,
      read: core.loadOptions(settings),
    },
    context,
  );
  if (context.signal.aborted) return;
  const content = files[0]?.content;
  const text = typeof content === 'string' ? content : '';
  // One offer at a time.
  let offered = false;
  if (target === 'drawio') offered = offerDrawio(services, await showDrawio(text, work));
  else await showMermaid(text, work);
  const isGuess = report.warnings.includes(core.takenForScreen);
  if (isGuess)
    askWhetherDiagram(services, stem, () => convertAll(services, target, [work.picture], 'diagram'));
  tellWarnings(
    services,
    stem,
    report.warnings.filter((warning) => warning !== core.takenForScreen),
  );
  if (engine === undefined && strategy === 'auto' && !offered && !isGuess) offerModel(services);
}

/** Not waited for: whoever wanted the wireframe need not answer. */
function askWhetherDiagram({ showError }: Services, stem: string, again: () => Promise<void>): void {
  const act = vscode.l10n.t('It Is a Diagram');
  const message = vscode.l10n.t('{0} looks like a screen, so a wireframe was made.', stem);
  const ask = async (): Promise<void> => {
    if ((await vscode.window.showInformationMessage(message, act)) === act) await again();
  };
  ask().catch(showError);
}

/** A file beside the picture, as drawing editors open files only; it takes the place of none. */
async function showDrawio(text: string, { picture, stem, column }: PictureWork): Promise<vscode.Uri> {
  const folder = picture.with({ path: path.posix.dirname(picture.path), query: '' });
  if (vscode.workspace.fs.isWritableFileSystem(picture.scheme) !== false) {
    const name = await freeName(stem, 'drawio', (one) => fileExists(vscode.Uri.joinPath(folder, one)));
    const uri = vscode.Uri.joinPath(folder, name);
    const written = await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text)).then(
      () => true,
      (error: unknown) => {
        // Folders may be read-only; an editor that was not saved yet holds it as well.
        if (error instanceof vscode.FileSystemError) return false;
        throw error;
      },
    );
    if (written) {
      const options = { viewColumn: column, preserveFocus: true, preview: false };
      await vscode.commands.executeCommand('vscode.open', uri, options);
      const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
      // Without an editor of its own it is shown as the XML that it is.
      if (document?.languageId === 'plaintext')
        await vscode.languages.setTextDocumentLanguage(document, 'xml');
      return uri;
    }
  }
  const live = await openNewDocument({ artifact: 'drawio', stem, picture, column });
  await live.show(text);
  return live.document.uri;
}

/** An editor that does not know Mermaid knows Markdown, which shows it in a fence. */
async function showMermaid(text: string, { picture, stem, column }: PictureWork): Promise<void> {
  const isKnown = (await vscode.languages.getLanguages()).includes('mermaid');
  const artifact = isKnown ? 'mermaid' : 'markdown';
  const live = await openNewDocument({ artifact, stem, picture, column });
  await live.show(isKnown ? text : `\`\`\`mermaid\n${text.trimEnd()}\n\`\`\`\n`);
}
