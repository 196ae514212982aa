/** How our edits are known to the editor, and before which they step back. */
import * as vscode from 'vscode';
import { type Way, ways } from './ways.ts';

const none = vscode.DocumentDropOrPasteEditKind.Empty;

export const kindOf = (way: Way): vscode.DocumentDropOrPasteEditKind => none.append('pixelwright', way);

export const allKinds = (): vscode.DocumentDropOrPasteEditKind[] => ways.map(kindOf);

/** Whatever else can be pasted goes first: text, paths and links, and pictures in Markdown. */
export const defaults = (): vscode.DocumentDropOrPasteEditKind[] => [
  vscode.DocumentDropOrPasteEditKind.Text,
  none.append('uri'),
  none.append('html'),
  none.append('markdown'),
];
