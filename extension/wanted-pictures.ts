/** Which pictures a command is about: those of its arguments, else the one in the active editor, else chosen ones. */
import * as vscode from 'vscode';
import { isPictureName, pictureExtensions } from './picture-names.ts';

/**
 * @param args what the menus give: the clicked file and, in the Explorer, all that are selected.
 * @returns empty where the user chose none.
 */
export async function wantedPictures(
  args: readonly unknown[],
  title: string,
  many = true,
): Promise<readonly vscode.Uri[]> {
  const given = givenPictures(args);
  if (given.length > 0) return given;
  const active = activePicture();
  return active === undefined ? await choosePictures(title, many) : [active];
}

/** Those that the menus give. */
export function givenPictures([clicked, selected]: readonly unknown[]): readonly vscode.Uri[] {
  return (Array.isArray(selected) && selected.length > 0 ? selected : [clicked]).filter(isPicture);
}

/** The picture in the active editor: the picture viewer's, or an SVG that is open as text. */
export function activePicture(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isFile = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
  return isFile && isPicture(input.uri) ? input.uri : undefined;
}

/** Untitled documents have no bytes that could be read. */
const isPicture = (value: unknown): value is vscode.Uri =>
  value instanceof vscode.Uri && value.scheme !== 'untitled' && isPictureName(value.path);

/** Has the user choose pictures; empty where they do not. */
async function choosePictures(title: string, many: boolean): Promise<readonly vscode.Uri[]> {
  const chosen = await vscode.window.showOpenDialog({
    title,
    canSelectMany: many,
    filters: { [vscode.l10n.t('Pictures')]: [...pictureExtensions] },
  });
  return chosen ?? [];
}
