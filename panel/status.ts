/** Progress, results and errors in words: what is going on is told from the first moment, also to screen readers. */
import { byId, make } from './dom.ts';
import { text, told } from './texts.ts';

export interface Fault {
  readonly message: string;
  readonly next?: string | undefined;
  readonly button?: { readonly label: string; readonly press: () => void } | undefined;
}

export class Status {
  readonly #words = byId('progress-text', HTMLParagraphElement);
  readonly #bar = byId('progress', HTMLProgressElement);
  readonly #cancel = byId('cancel', HTMLButtonElement);
  readonly #notice = byId('error', HTMLDivElement);

  constructor(onCancel: () => void) {
    this.#cancel.addEventListener('click', onCancel);
  }

  /** @param fraction 0..1 of the work, where it can be told. */
  progress(message: string, fraction?: number): void {
    this.#words.textContent = sentence(told(message));
    this.#bar.hidden = false;
    this.#cancel.hidden = false;
    if (fraction === undefined) this.#bar.removeAttribute('value');
    else this.#bar.value = fraction;
  }

  rest(message: string): void {
    const hadFocus = document.activeElement === this.#cancel;
    this.#words.textContent = message;
    this.#bar.hidden = true;
    this.#cancel.hidden = true;
    // The button goes away under the user's hands: the focus must not fall to the top of the page.
    if (hadFocus) document.querySelector<HTMLElement>('#targets input:checked')?.focus();
  }

  fail({ message, next, button }: Fault): void {
    this.rest('');
    this.#tell('notice error', message, next, button);
  }

  /** Something to know that is no fault. */
  note(message: string, button?: Fault['button']): void {
    this.#tell('notice note', message, undefined, button);
  }

  clear(): void {
    this.#notice.hidden = true;
    this.#notice.replaceChildren();
  }

  #tell(kind: string, message: string, next: string | undefined, button: Fault['button']): void {
    const words = make(
      'p',
      {},
      make('strong', { textContent: message }),
      next === undefined ? '' : ` ${next}`,
    );
    if (kind.endsWith('note')) words.replaceChildren(message);
    const dismiss = make('button', { type: 'button', className: 'quiet', textContent: text('dismiss') });
    dismiss.addEventListener('click', () => this.clear());
    const buttons = [dismiss];
    if (button !== undefined) {
      const does = make('button', { type: 'button', textContent: button.label });
      does.addEventListener('click', button.press);
      buttons.unshift(does);
    }
    this.#notice.className = kind;
    this.#notice.replaceChildren(words, ...buttons);
    this.#notice.hidden = false;
  }
}

const sentence = (message: string): string => `${message.charAt(0).toUpperCase()}${message.slice(1)}…`;
