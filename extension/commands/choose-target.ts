/** Asks what a mockup is to become; the last choice comes first. */
import * as vscode from 'vscode';
import type { PageTarget } from '../../shared/index.ts';
import type { Services } from '../services.ts';

const remembered = 'pixelwright.lastTarget';

interface TargetItem extends vscode.QuickPickItem {
  readonly target: PageTarget;
}

/** Undefined where the user chose none. */
export async function chooseTarget({ context }: Services): Promise<PageTarget | undefined> {
  const last = context.globalState.get<string>(remembered);
  const items = targetItems().sort(
    (one, other) => Number(other.target === last) - Number(one.target === last),
  );
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Convert Mockup to Code'),
    placeHolder: vscode.l10n.t('Choose what to make'),
  });
  if (chosen === undefined) return undefined;
  await context.globalState.update(remembered, chosen.target);
  return chosen.target;
}

const targetItems = (): TargetItem[] => {
  const page = new vscode.ThemeIcon('code');
  const component = new vscode.ThemeIcon('symbol-misc');
  return [
    {
      target: 'html',
      label: 'HTML/CSS',
      description: vscode.l10n.t('A page with its style sheet'),
      iconPath: page,
    },
    {
      target: 'html-tailwind',
      label: 'HTML + Tailwind',
      description: vscode.l10n.t('A page with utility classes'),
      iconPath: page,
    },
    {
      target: 'vue',
      label: 'Vue',
      description: vscode.l10n.t('Single-file components'),
      iconPath: component,
    },
    {
      target: 'react',
      label: 'React',
      description: vscode.l10n.t('Components in TypeScript'),
      iconPath: component,
    },
  ];
};
