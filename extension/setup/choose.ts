/** "Set Up Model": what can be done, with what is known of this machine as soon as it is known. */
import * as vscode from 'vscode';
import type { GpuReport } from '../../shared/index.ts';
import type { Core } from '../load-core.ts';
import type { Services } from '../services.ts';
import { type ModelChoice, modelChoices, placeOf } from './words.ts';

export type SetUp =
  | { readonly kind: 'download'; readonly choice: ModelChoice }
  | { readonly kind: 'ready'; readonly choice: ModelChoice }
  | { readonly kind: 'server' }
  | { readonly kind: 'files' };

interface Item extends vscode.QuickPickItem {
  readonly setUp?: SetUp;
}

/** Undefined where the user chose nothing. */
export async function chooseSetUp(services: Services): Promise<SetUp | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  const looking = new AbortController();
  pick.title = vscode.l10n.t('Set Up Model');
  pick.placeholder = vscode.l10n.t('Looking at this machine…');
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.busy = true;
  pick.items = otherItems();
  pick.show();
  try {
    fill(pick, services, looking.signal).catch((error: unknown) => {
      if (!looking.signal.aborted) void services.showError(error);
    });
    return await new Promise<SetUp | undefined>((resolve) => {
      pick.onDidAccept(() => {
        const [chosen] = pick.selectedItems;
        if (chosen?.setUp !== undefined) resolve(chosen.setUp);
      });
      pick.onDidHide(() => resolve(undefined));
    });
  } finally {
    looking.abort();
    pick.dispose();
  }
}

async function fill(pick: vscode.QuickPick<Item>, services: Services, signal: AbortSignal): Promise<void> {
  const core = await services.core();
  const settings = await services.settings();
  const memory = await core.memoryAtHand(settings.device);
  const choices = modelChoices((await core.listModels(memory)).files);
  const items = choices.map((choice) => itemOf(choice, core));
  if (signal.aborted) return;
  pick.items = [
    ...items.slice(0, 1),
    ...otherItems(),
    separator(vscode.l10n.t('More models')),
    ...items.slice(1),
  ];
  pick.placeholder = vscode.l10n.t('Choose where the model comes from');
  const context = core.createContext(signal, { log: services.log, limits: settings });
  const report = await core.listGpus(settings, context);
  if (signal.aborted) return;
  pick.busy = false;
  pick.placeholder = machineWords(report, core);
}

function itemOf(choice: ModelChoice, core: Core): Item {
  const size = core.formatSize(choice.bytes);
  const part = core.formatSize(choice.partBytes);
  const marks = [
    choice.isInstalled ? vscode.l10n.t('installed') : size,
    ...(choice.partBytes > 0 && !choice.isInstalled ? [vscode.l10n.t('{0} downloaded', part)] : []),
    ...(choice.recommended ? [vscode.l10n.t('fits this machine best')] : []),
    ...(choice.tested ? [] : [vscode.l10n.t('untested')]),
  ];
  return choice.isInstalled
    ? { label: `$(check) ${choice.name}`, description: marks.join(', '), setUp: { kind: 'ready', choice } }
    : {
        label: `$(cloud-download) ${vscode.l10n.t('Download {0}', choice.name)}`,
        description: marks.join(', '),
        setUp: { kind: 'download', choice },
      };
}

const otherItems = (): Item[] => [
  {
    label: `$(server) ${vscode.l10n.t('Use a Server…')}`,
    description: vscode.l10n.t('llama-server, Ollama, LM Studio, vLLM and others'),
    setUp: { kind: 'server' },
  },
  {
    label: `$(folder-opened) ${vscode.l10n.t('Use GGUF Files…')}`,
    description: vscode.l10n.t('a model and its vision file that are on this machine'),
    setUp: { kind: 'files' },
  },
];

const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });

/** Where a model would run, in plain words. */
function machineWords(report: GpuReport, core: Core): string {
  const place = placeOf(report);
  switch (place.kind) {
    case 'gpu':
      return vscode.l10n.t('Runs on {0} ({1}).', place.name, core.formatSize(place.bytes));
    case 'processor':
      return vscode.l10n.t('Runs on the processor: no GPU was found, so answers take longer.');
    case 'nowhere':
      return vscode.l10n.t('No model can run here, so use a server. {0}', place.reason);
  }
}
