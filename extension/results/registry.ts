/** Which open documents are results of ours, and of what. */
import * as vscode from 'vscode';
import type { ConvertResult, PageTarget } from '../../shared/index.ts';
import type { LiveDocument } from './live-document.ts';

export interface PageInEditor {
  readonly picture: vscode.Uri;
  readonly target: PageTarget;
  /** `login`: stem of its files. */
  readonly stem: string;
  readonly result: ConvertResult;
  readonly live: LiveDocument;
  /** Still the draft; something better is being made. */
  readonly isDraft: boolean;
  /** Made after the user had begun to type, so that it was not put in the draft's place. */
  readonly better?: ConvertResult;
}

/** Told by a context key too, for menus: `pixelwright.resultActive`. */
export class Results implements vscode.Disposable {
  readonly #byUri = new Map<string, PageInEditor>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: readonly vscode.Disposable[];
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#disposables = [
      this.#changed,
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (this.#byUri.delete(document.uri.toString())) this.#tell();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.#tell()),
    ];
  }

  put(page: PageInEditor): void {
    this.#byUri.set(page.live.document.uri.toString(), page);
    this.#tell();
  }

  get(uri: vscode.Uri | undefined): PageInEditor | undefined {
    return uri === undefined ? undefined : this.#byUri.get(uri.toString());
  }

  /** The one that was made last. */
  ofPicture(picture: vscode.Uri, target: PageTarget): PageInEditor | undefined {
    return [...this.#byUri.values()].findLast(
      (page) => page.target === target && page.picture.toString() === picture.toString(),
    );
  }

  dispose(): void {
    for (const one of this.#disposables) one.dispose();
  }

  #tell(): void {
    const active = this.get(vscode.window.activeTextEditor?.document.uri);
    void vscode.commands.executeCommand('setContext', 'pixelwright.resultActive', active !== undefined);
    this.#changed.fire();
  }
}
