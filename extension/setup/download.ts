/** Downloads a model, after the user has agreed to its size. */
import * as vscode from 'vscode';
import type { TransferProgress } from '../../shared/index.ts';
import type { Core } from '../load-core.ts';
import type { Services } from '../services.ts';
import { switchToNative } from './change-settings.ts';
import { type ModelChoice, transferParts } from './words.ts';

/** @returns whether the model is here now. */
export async function downloadModel(services: Services, choice: ModelChoice): Promise<boolean> {
  const core = await services.core();
  const { modelHub } = await services.settings();
  const rest = core.formatSize(Math.max(0, choice.bytes - choice.partBytes));
  const from = modelHub ?? (process.env['HF_ENDPOINT'] || 'https://huggingface.co');
  const download = vscode.l10n.t('Download');
  const agreed = await vscode.window.showInformationMessage(
    vscode.l10n.t('Download {0}?', choice.name),
    {
      modal: true,
      detail: vscode.l10n.t(
        '{0} will be fetched from {1}. You can cancel at any time; it goes on later where it stopped.',
        ...[rest, from],
      ),
    },
    download,
  );
  if (agreed !== download) return false;
  const pulled = await services.run(vscode.l10n.t('Downloading {0}', choice.name), async (work) => {
    const { context, settings } = work;
    return await core.pullModel(
      { model: choice.name },
      {
        signal: context.signal,
        log: services.log,
        modelHub: settings.modelHub,
        memory: await core.memoryAtHand(settings.device),
        onProgress: (transfer) => context.progress({ stage: 'model', message: words(transfer, core) }),
        onNote: (message) => context.progress({ stage: 'model', message }),
      },
    );
  });
  if (pulled === undefined) return false;
  await switchToNative(services, choice.recommended ? {} : { model: choice.name });
  return true;
}

function words(transfer: TransferProgress, core: Core): string {
  const { received, total, rate, left } = transferParts(transfer, {
    size: core.formatSize,
    duration: core.formatDuration,
  });
  if (rate === undefined) return vscode.l10n.t('{0} of {1}', received, total);
  if (left === undefined) return vscode.l10n.t('{0} of {1}, {2}', received, total, rate);
  return vscode.l10n.t('{0} of {1}, {2}, {3} left', received, total, rate, left);
}
