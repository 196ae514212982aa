/** Shows a page while it is made: the measured draft at once, then what is better, never over what was typed. */
import * as vscode from 'vscode';
import type { ConvertResult, PageTarget } from '../../shared/index.ts';
import { latestOnly } from './latest.ts';
import type { LiveDocument } from './live-document.ts';
import { openNewDocument } from './new-document.ts';
import type { PageInEditor, Results } from './registry.ts';

export interface PageView {
  readonly picture: vscode.Uri;
  readonly target: PageTarget;
  readonly stem: string;
  readonly column: vscode.ViewColumn;
  readonly signal: AbortSignal;
  readonly results: Results;
  readonly failed: (error: unknown) => void;
}

export interface LivePage {
  readonly onDraft: (draft: ConvertResult) => void;
  readonly onText: (code: string) => void;
  /** Shows the page that was chosen; where the user has typed meanwhile they are asked, which is not waited for. */
  finish(result: ConvertResult): Promise<void>;
  /** Nothing better comes: a draft that is shown is what there is. */
  end(): void;
}

/** The text that stands in the editor: one file, as far as the target can. */
export function textOf({ files, inlined }: ConvertResult): string {
  const content = (inlined ?? files)[0]?.content;
  return typeof content === 'string' ? content : '';
}

export function livePage(view: PageView): LivePage {
  const { picture, target, stem, column, signal, results, failed } = view;
  let opened: Promise<LiveDocument> | undefined;
  const open = async (): Promise<LiveDocument> => {
    opened ??= openNewDocument({ artifact: target, stem, picture, column });
    return await opened;
  };
  let ended = false;
  /** The draft that was shown last. */
  let shownDraft: PageInEditor | undefined;
  const drafted = latestOnly(async (draft: ConvertResult) => {
    const live = await open();
    await live.show(textOf(draft));
    // A failure may come while the draft is being formatted.
    shownDraft = { picture, target, stem, result: draft, live, isDraft: !ended };
    results.put(shownDraft);
  }, failed);
  const streamed = latestOnly(async (code: string) => {
    if (signal.aborted) return;
    await (await open()).stream(code);
  }, failed);
  return {
    end: () => {
      ended = true;
      if (shownDraft === undefined || results.get(shownDraft.live.document.uri) !== shownDraft) return;
      results.put({ ...shownDraft, isDraft: false });
    },
    onDraft: drafted,
    onText: streamed,
    finish: async (result) => {
      if (signal.aborted) return;
      const live = await open();
      const shown = await live.show(textOf(result));
      if (shown === 'shown') results.put({ picture, target, stem, result, live, isDraft: false });
      else offer(view, live, result).catch(failed);
    },
  };
}

/** What was typed stays, unless the user says otherwise. */
async function offer(view: PageView, live: LiveDocument, result: ConvertResult): Promise<void> {
  const { picture, target, stem, column, results } = view;
  const isClosed = live.document.isClosed;
  const message = isClosed
    ? vscode.l10n.t('The page of {0} is ready; its draft was closed.', stem)
    : vscode.l10n.t('A better version of {0} is ready. Your changes to the draft were kept.', stem);
  const page: PageInEditor = { picture, target, stem, result, live, isDraft: false };
  // The message goes after a while; what stands above the first line stays.
  if (!isClosed) results.put({ ...(results.get(live.document.uri) ?? page), isDraft: false, better: result });
  const replace = vscode.l10n.t('Replace');
  const open = isClosed ? vscode.l10n.t('Open') : vscode.l10n.t('Open Beside');
  const chosen = await vscode.window.showInformationMessage(message, ...(isClosed ? [] : [replace]), open);
  if (chosen === undefined) return;
  const fresh = async (): Promise<LiveDocument> =>
    await openNewDocument({
      artifact: target,
      stem,
      picture,
      column: isClosed ? column : vscode.ViewColumn.Beside,
    });
  if (chosen === replace && !live.document.isClosed) {
    await putBetter(results, page, result);
    return;
  }
  const beside = await fresh();
  await beside.replace(textOf(result));
  results.put({ ...page, live: beside });
}

/** Puts it in the place of what stands in the editor, which undo brings back. */
export async function putBetter(
  results: Results,
  { picture, target, stem, live }: PageInEditor,
  result: ConvertResult,
): Promise<void> {
  await live.replace(textOf(result));
  results.put({ picture, target, stem, live, result, isDraft: false });
}
