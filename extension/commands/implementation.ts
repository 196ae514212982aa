/** Asks what a design is compared with: a picture or a page in a file, or a page by its address. */
import * as vscode from 'vscode';
import { pictureExtensions } from '../picture-names.ts';
import { nameOf } from './each-picture.ts';
import { addressOf } from './typed-address.ts';

export type Implementation =
  | { readonly kind: 'file'; readonly uri: vscode.Uri }
  | { readonly kind: 'address'; readonly url: URL };

/** Under which the last address is remembered, for this workspace. */
const memory = 'pixelwright.comparedAddress';

/** Undefined where the user thought better of it. */
export async function chooseImplementation(
  design: vscode.Uri,
  { workspaceState }: vscode.ExtensionContext,
): Promise<Implementation | undefined> {
  const file = {
    label: vscode.l10n.t('Choose a File…'),
    detail: vscode.l10n.t('A picture or an HTML page.'),
  };
  const address = {
    label: vscode.l10n.t('Enter an Address…'),
    detail: vscode.l10n.t('A page that a server shows, for example your own at localhost.'),
  };
  const title = vscode.l10n.t('Compare {0} with Its Implementation', nameOf(design));
  const chosen = await vscode.window.showQuickPick([file, address], { title });
  if (chosen === file) return await chooseFile(design);
  if (chosen !== address) return undefined;
  const typed = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Address of the page, for example localhost:3000'),
    value: workspaceState.get<string>(memory) ?? 'http://localhost:3000/',
    ignoreFocusOut: true,
    validateInput: (text) =>
      addressOf(text) === undefined ? vscode.l10n.t('This is not an http(s) address.') : undefined,
  });
  const url = addressOf(typed ?? '');
  if (url === undefined) return undefined;
  await workspaceState.update(memory, url.href);
  return { kind: 'address', url };
}

async function chooseFile(design: vscode.Uri): Promise<Implementation | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Choose the implementation of {0}: a picture or an HTML page', nameOf(design)),
    openLabel: vscode.l10n.t('Compare'),
    defaultUri: vscode.Uri.joinPath(design, '..'),
    filters: { [vscode.l10n.t('Pictures and pages')]: [...pictureExtensions, 'html', 'htm', 'xhtml'] },
  });
  const uri = chosen?.[0];
  return uri === undefined ? undefined : { kind: 'file', uri };
}
