/** Run inside the extension host: activation loads nothing native, and everything that is contributed is there. */
import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly languageModelTools: readonly { readonly name: string }[];
  };
}

/** Native libraries of the extension that this process has loaded. */
function nativeOf(folder: string): string[] {
  const report: unknown = process.report.getReport();
  assert(typeof report === 'object' && report !== null && 'sharedObjects' in report);
  const { sharedObjects } = report;
  assert(Array.isArray(sharedObjects));
  return sharedObjects
    .map(String)
    .filter((file) => file.startsWith(folder) || /libvips|koffi|skia/.test(file));
}

export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('pixelwright.pixelwright');
  assert(extension !== undefined, 'the extension is installed');
  await extension.activate();
  assert.deepEqual(nativeOf(extension.extensionPath), [], 'activation loads nothing native');

  // The manifest is the one that this repository has.
  const { contributes } = extension.packageJSON as Manifest;
  const registered = new Set(await vscode.commands.getCommands(true));
  const missing = contributes.commands.filter(({ command }) => !registered.has(command));
  assert.deepEqual(missing, [], 'every command of the manifest is registered');

  const offered = vscode.lm.tools.map(({ name }) => name);
  for (const { name } of contributes.languageModelTools)
    assert(offered.includes(name), `the tool ${name} is offered`);

  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert(folder !== undefined);
  await vscode.commands.executeCommand('pixelwright.convertToHtml', vscode.Uri.joinPath(folder, 'card.png'));
  const made = vscode.workspace.textDocuments.find(
    ({ uri }) => path.posix.basename(uri.path) === 'card.html',
  );
  assert.equal(made?.languageId, 'html');
  assert.match(made.getText(), /Welcome back/);
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.joinPath(folder, 'card.png'));
  const input = { result: 'text' };
  const answer = await vscode.lm.invokeTool('pixelwright_editorPicture', {
    input,
    toolInvocationToken: undefined,
  });
  const told = answer.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ''));
  assert.match(told.join('\n'), /Welcome back/, 'an agent is told of the picture in the editor');
  // So that the check above is known to see what it looks for.
  assert.notDeepEqual(nativeOf(extension.extensionPath), [], 'a conversion loads what is native');
  console.log('all is well');
}
