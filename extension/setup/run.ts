/** Carries out what was chosen in "Set Up Model"; loaded with the first call. */
import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { switchToNative } from './change-settings.ts';
import { chooseSetUp, type SetUp } from './choose.ts';
import { downloadModel } from './download.ts';
import { takeFiles } from './files.ts';
import { connectServer } from './server.ts';

export async function setUpModel(services: Services): Promise<void> {
  const chosen = await chooseSetUp(services);
  if (chosen === undefined || !(await carryOut(services, chosen))) return;
  services.modelChanged();
  // Ends that step of the walkthrough.
  await vscode.commands.executeCommand('setContext', 'pixelwright.hasModel', true);
  if (chosen.kind === 'server') return;
  const convert = vscode.l10n.t('Convert a Picture');
  const message = vscode.l10n.t('The model is ready.');
  if ((await vscode.window.showInformationMessage(message, convert)) === convert)
    await vscode.commands.executeCommand('pixelwright.convert');
}

/** @returns whether there is a model now. */
async function carryOut(services: Services, setUp: SetUp): Promise<boolean> {
  switch (setUp.kind) {
    case 'download':
      return await downloadModel(services, setUp.choice);
    case 'ready':
      await switchToNative(services, { model: setUp.choice.name, mmproj: undefined });
      return true;
    case 'server':
      return await connectServer(services);
    case 'files':
      return await takeFiles(services);
  }
}
