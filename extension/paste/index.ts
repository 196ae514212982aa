/** Offers pictures that are pasted or dropped as code, beside what the editor would do by itself. */
import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { allKinds, defaults, kindOf } from './kinds.ts';
import { dropTitle, pasteTitle } from './titles.ts';
import { pictureIn, pictureMimeTypes, type TransferredPicture } from './transfer.ts';
import { documentFilters, type Way, waysFor } from './ways.ts';

/** Loaded late: most windows never paste a picture. */
const loadWork = async () => ({
  ...(await import('./resolve.ts')),
  ...(await import('./improve.ts')),
  ...(await import('./drops.ts')),
});

interface Origin {
  readonly way: Way;
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
  readonly picture: TransferredPicture;
}

type PasteEdit = vscode.DocumentPasteEdit & { origin?: Origin };

export function registerPaste(services: Services): void {
  const { subscriptions } = services.context;
  const work = lazily(services);
  const paste: vscode.DocumentPasteEditProvider<PasteEdit> = {
    provideDocumentPasteEdits: async (document, ranges, transfer, context, token) => {
      const position = ranges[0]?.start ?? new vscode.Position(0, 0);
      const origins = await originsOf(document, position, transfer, token, context.only);
      return origins.map((origin) => {
        const edit: PasteEdit = new vscode.DocumentPasteEdit('', pasteTitle(origin.way), kindOf(origin.way));
        return Object.assign(edit, { yieldTo: defaults(), origin });
      });
    },
    resolveDocumentPasteEdit: async (edit, token) => await work.resolve(edit, token),
  };
  const drop: vscode.DocumentDropEditProvider = {
    provideDocumentDropEdits: async (document, position, transfer, token) => {
      const origins = await originsOf(document, position, transfer, token);
      if (origins.length === 0) return [];
      const drops = await work.drops();
      return origins.map((origin) => {
        const edit = new vscode.DocumentDropEdit(
          drops.remark(origin),
          dropTitle(origin.way),
          kindOf(origin.way),
        );
        return Object.assign(edit, { yieldTo: defaults() });
      });
    },
  };
  const pasteAs = async (): Promise<void> => {
    try {
      await (await import('./paste-as.ts')).pasteAs(services);
    } catch (error) {
      await services.showError(error);
    }
  };
  subscriptions.push(
    vscode.commands.registerCommand('pixelwright.pasteAs', pasteAs),
    vscode.languages.registerDocumentPasteEditProvider(documentFilters, paste, {
      providedPasteEditKinds: allKinds(),
      pasteMimeTypes: pictureMimeTypes,
    }),
    vscode.languages.registerDocumentDropEditProvider(documentFilters, drop, {
      providedDropEditKinds: allKinds(),
      dropMimeTypes: pictureMimeTypes,
    }),
  );
}

/** One for each way that fits the document; empty where no picture comes. */
async function originsOf(
  document: vscode.TextDocument,
  position: vscode.Position,
  transfer: vscode.DataTransfer,
  token: vscode.CancellationToken,
  only?: vscode.DocumentDropOrPasteEditKind,
): Promise<Origin[]> {
  const fitting = waysFor(document.languageId, document.uri.path, document.getText());
  const wanted = fitting.filter((way) => only === undefined || only.contains(kindOf(way)));
  if (wanted.length === 0) return [];
  const picture = await pictureIn(transfer, token);
  return picture === undefined ? [] : wanted.map((way) => ({ way, document, position, picture }));
}

/** What both kinds of edits share, made with the first picture. */
function lazily(services: Services) {
  let opened: Promise<Opened> | undefined;
  const open = async () => {
    const { Improvements, Drops, additionalEdit, atCursor, resolvePaste } = await loadWork();
    const improvements = new Improvements(services);
    const drops = new Drops(services, async (...made) => await improvements.offer(...made));
    services.context.subscriptions.push(improvements, drops);
    return { improvements, drops, additionalEdit, atCursor, resolvePaste };
  };
  type Opened = Awaited<ReturnType<typeof open>>;
  const opening = async (): Promise<Opened> => {
    opened ??= open();
    return await opened;
  };
  return {
    drops: async () => (await opening()).drops,
    resolve: async (edit: PasteEdit, token: vscode.CancellationToken): Promise<PasteEdit> => {
      const { origin } = edit;
      if (origin === undefined) return edit;
      const { improvements, additionalEdit, atCursor, resolvePaste } = await opening();
      const resolved = await resolvePaste(services, origin, token);
      // The user has been told; nothing at all is to be pasted then, not even an empty text over a selection.
      if (resolved === undefined) throw new vscode.CancellationError();
      edit.insertText = atCursor(resolved.pasted);
      edit.additionalEdit = additionalEdit(origin.document, resolved.pasted);
      await improvements.offer(origin.document, resolved);
      return edit;
    },
  };
}
