/** Does one thing for each of several pictures, several at once, beneath one notification. */
import pLimit from 'p-limit';
import type * as vscode from 'vscode';
import type { RunContext } from '../../shared/index.ts';
import { columnBeside } from '../results/columns.ts';
import type { Services } from '../services.ts';
import type { Work } from '../work.ts';

/** What is done for one picture. */
export interface PictureWork extends Work {
  readonly picture: vscode.Uri;
  /** Its messages name the picture where there are several. */
  readonly context: RunContext;
  /** `login`: what its results are called. */
  readonly stem: string;
  /** Where its results are shown. */
  readonly column: vscode.ViewColumn;
}

export const nameOf = (uri: vscode.Uri): string => uri.path.split('/').at(-1) ?? uri.path;

/** As many at once as the settings say; one that fails stops no other, and is told by itself. */
export async function forEachPicture(
  services: Services,
  pictures: readonly vscode.Uri[],
  titleOf: (name: string, count: number) => string,
  one: (work: PictureWork) => Promise<void>,
): Promise<void> {
  const [first] = pictures;
  if (first === undefined) return;
  const column = await columnBeside(first);
  await services.run(titleOf(nameOf(first), pictures.length), async (work) => {
    const limit = pLimit(work.settings.jobs);
    const run = pictures.map((picture) =>
      limit(async () => {
        const context = work.contextOf(pictures.length === 1 ? '' : nameOf(picture));
        if (context.signal.aborted) return;
        const stem = work.core.stemOf(nameOf(picture));
        // Not waited for: the notification would stay until the message is answered.
        await one({ ...work, picture, context, stem, column }).catch(
          (error) => void services.showError(error),
        );
      }),
    );
    await Promise.all(run);
  });
}
