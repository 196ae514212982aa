/** Where a result is shown: beside its picture, which is made visible if it is not. */
import * as vscode from 'vscode';

/** The column next to the picture. */
export async function columnBeside(picture: vscode.Uri): Promise<vscode.ViewColumn> {
  const seen = groupOf(picture);
  if (seen !== undefined) return seen.viewColumn + 1;
  const options = { viewColumn: vscode.ViewColumn.Active, preserveFocus: true, preview: true };
  await vscode.commands.executeCommand('vscode.open', picture, options);
  return (groupOf(picture) ?? vscode.window.tabGroups.activeTabGroup).viewColumn + 1;
}

/** The group where the picture lies on top. */
const groupOf = (picture: vscode.Uri): vscode.TabGroup | undefined =>
  vscode.window.tabGroups.all.find(({ activeTab }) => {
    const input = activeTab?.input;
    const isFile = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
    return isFile && input.uri.toString() === picture.toString();
  });
