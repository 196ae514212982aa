/** The code of a result, a tab for each file; read only. */
import type { PanelResult } from '../shared/panel-protocol.ts';
import { byId, make } from './dom.ts';
import { highlight } from './highlight.ts';
import { text } from './texts.ts';

type SourceFile = PanelResult['files'][number];

export class Code {
  readonly #tabs = byId('tabs', HTMLDivElement);
  readonly #source = byId('source', HTMLPreElement);
  readonly #code = byId('source-text', HTMLElement);
  readonly #assets = byId('assets', HTMLParagraphElement);
  #files: readonly SourceFile[] = [];
  #shown = 0;

  constructor() {
    // It scrolls, so the keyboard must reach it.
    this.#source.tabIndex = 0;
    this.#tabs.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.#choose((this.#shown + step + this.#files.length) % this.#files.length);
      this.#tabs.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
    });
  }

  show({ files, assets }: Pick<PanelResult, 'files' | 'assets'>): void {
    const isSameKind = files.length === this.#files.length && files[0]?.path === this.#files[0]?.path;
    this.#files = files;
    const bytes = assets.reduce((sum, asset) => sum + asset.bytes, 0);
    this.#assets.textContent =
      assets.length === 0
        ? ''
        : text(
            assets.length === 1 ? 'assetsOne' : 'assets',
            assets.length,
            Math.max(1, Math.round(bytes / 1024)),
          );
    this.#choose(isSameKind ? this.#shown : 0);
  }

  /** The file that is shown. */
  get current(): SourceFile | undefined {
    return this.#files[this.#shown];
  }

  /** Selects all of the code, for those whom the browser lets copy by hand only. */
  select(): void {
    getSelection()?.selectAllChildren(this.#code);
  }

  #choose(index: number): void {
    this.#shown = index;
    const tabs = this.#files.map(({ path }, at) => {
      const tab = make('button', { type: 'button', role: 'tab', id: `tab-${at}`, textContent: path });
      tab.setAttribute('aria-selected', String(at === index));
      tab.setAttribute('aria-controls', this.#source.id);
      tab.tabIndex = at === index ? 0 : -1;
      tab.addEventListener('click', () => this.#choose(at));
      return tab;
    });
    this.#tabs.replaceChildren(...tabs);
    this.#source.setAttribute('aria-labelledby', `tab-${index}`);
    const source = this.#files[index]?.text ?? '';
    if (this.#code.textContent !== source) this.#source.scrollTop = 0;
    this.#code.textContent = source;
    highlight(this.#code);
  }
}
