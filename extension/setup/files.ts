/** Uses a model that is on this machine already: a GGUF file, and the vision file that belongs to it. */
import * as vscode from 'vscode';
import { PixelwrightError } from '../../shared/start.ts';
import type { Services } from '../services.ts';
import { switchToNative } from './change-settings.ts';

/** @returns whether the files are a model that is used now. */
export async function takeFiles(services: Services): Promise<boolean> {
  const model = await chooseFile(vscode.l10n.t('Choose the Model'));
  if (model === undefined) return false;
  const core = await services.core();
  try {
    const beside = await core.findModel({ model });
    if (beside !== undefined) return await use(services, model, beside.mmproj);
  } catch (error) {
    // None or several lie beside it.
    if (!(error instanceof PixelwrightError) || error.code !== 'option-invalid') throw error;
  }
  const mmproj = await chooseFile(vscode.l10n.t('Choose Its Vision File (mmproj)'));
  if (mmproj === undefined) return false;
  await core.findModel({ model, mmproj });
  return await use(services, model, mmproj);
}

async function use(services: Services, model: string, mmproj: string): Promise<boolean> {
  await switchToNative(services, { model, mmproj });
  return true;
}

async function chooseFile(title: string): Promise<string | undefined> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: vscode.l10n.t('Use'),
      filters: { GGUF: ['gguf'] },
    })) ?? [];
  return chosen?.fsPath;
}
