/** What the paste and drop menus say. */
import * as vscode from 'vscode';
import type { Way } from './ways.ts';

export function pasteTitle(way: Way): string {
  switch (way) {
    case 'html':
      return vscode.l10n.t('Paste as HTML from Picture');
    case 'vue':
      return vscode.l10n.t('Paste as Vue Template from Picture');
    case 'jsx':
      return vscode.l10n.t('Paste as JSX from Picture');
    case 'text':
      return vscode.l10n.t('Paste Text of Picture');
    case 'mermaid':
    case 'mermaid-block':
      return vscode.l10n.t('Paste as Mermaid Diagram from Picture');
    case 'drawio':
      return vscode.l10n.t('Paste as Draw.io Diagram from Picture');
  }
}

export function dropTitle(way: Way): string {
  switch (way) {
    case 'html':
      return vscode.l10n.t('Insert as HTML from Picture');
    case 'vue':
      return vscode.l10n.t('Insert as Vue Template from Picture');
    case 'jsx':
      return vscode.l10n.t('Insert as JSX from Picture');
    case 'text':
      return vscode.l10n.t('Insert Text of Picture');
    case 'mermaid':
    case 'mermaid-block':
      return vscode.l10n.t('Insert as Mermaid Diagram from Picture');
    case 'drawio':
      return vscode.l10n.t('Insert as Draw.io Diagram from Picture');
  }
}
