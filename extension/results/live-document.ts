/** A new document that fills while work goes on, and that belongs to the user as soon as they type in it. */
import type * as vscode from 'vscode';
import { applyEdits, putText } from './document-edit.ts';
import { sameText } from './edit-span.ts';
import { formatEdits } from './format.ts';

/** What became of a text: `kept`: the user's own changes were kept; `gone`: the document was closed. */
export type Shown = 'shown' | 'kept' | 'gone';

export class LiveDocument {
  readonly document: vscode.TextDocument;
  /** The text as we left it. */
  #ours: string;
  /** The whole text that was shown last, as it was before it was formatted; undefined while one streams. */
  #source: string | undefined;
  /** A formatter had a say in the text that was shown last. */
  #isFormatted = false;
  /** The last change began an undo step that goes on. */
  #streaming = false;
  /** Changes follow each other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(document: vscode.TextDocument) {
    this.document = document;
    this.#ours = document.getText();
  }

  /** Somebody else has changed it since our last change. */
  get isEdited(): boolean {
    return !sameText(this.document.getText(), this.#ours);
  }

  /** A text that is not whole yet. All that streams until the next `show` is one undo step with it. */
  async stream(text: string): Promise<Shown> {
    return await this.#inTurn(
      async () => await this.#put(text, { before: !this.#streaming, after: false }, true),
    );
  }

  /** A whole text, formatted as the user has it: one undo step, formatting included. */
  async show(text: string): Promise<Shown> {
    return await this.#inTurn(async () => {
      // Formatted it would look the same, and cost an undo step.
      if (text === this.#source && !this.document.isClosed && !this.isEdited) {
        // The formatter of a language starts with its first document, and may have been too late for the draft.
        if (!this.#isFormatted) await this.#format();
        return 'shown';
      }
      const shown = await this.#put(text, { before: !this.#streaming, after: false }, false);
      if (shown === 'shown') {
        this.#source = text;
        await this.#format();
      }
      return shown;
    });
  }

  /** Shows a whole text whatever was typed, which undo brings back. */
  async replace(text: string): Promise<Shown> {
    this.#ours = this.document.getText();
    this.#source = undefined;
    // What was typed since the last text streamed is a step of its own.
    this.#streaming = false;
    return await this.show(text);
  }

  async #put(text: string, stops: { before: boolean; after: boolean }, streaming: boolean): Promise<Shown> {
    if (this.document.isClosed) return 'gone';
    if (this.isEdited) return 'kept';
    if (!(await putText(this.document, text, stops))) return this.document.isClosed ? 'gone' : 'kept';
    this.#streaming = streaming;
    this.#source = undefined;
    this.#ours = text;
    return 'shown';
  }

  async #format(): Promise<void> {
    const edits = await formatEdits(this.document);
    this.#isFormatted = edits.length > 0;
    // Formatters take a while, and whoever types meanwhile wants their own text.
    if (edits.length === 0 || this.document.isClosed || this.isEdited) return;
    const before = this.document.version;
    const done = await applyEdits(this.document, edits, { before: false, after: true });
    if (done && this.document.version === before + 1) this.#ours = this.document.getText();
  }

  async #inTurn<Result>(change: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(change);
    this.#last = result.catch(() => {});
    return await result;
  }
}
