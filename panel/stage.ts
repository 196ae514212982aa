/** The picture and the preview: side by side, one wiped over the other, or their difference. */
import type { PanelPreview } from '../shared/panel-protocol.ts';
import { byId, radios } from './dom.ts';
import { text } from './texts.ts';

const views = ['side', 'slider', 'difference'] as const;
type View = (typeof views)[number];

const isView = (value: string): value is View => views.some((view) => view === value);

/** Share of the width that a key moves the slider by, in hundredths. */
const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -2,
  ArrowDown: -2,
  ArrowRight: 2,
  ArrowUp: 2,
  PageDown: -10,
  PageUp: 10,
  Home: -100,
  End: 100,
};

export class Stage {
  readonly #stage = byId('stage', HTMLDivElement);
  readonly #picture = byId('picture', HTMLImageElement);
  readonly #frame = byId('preview', HTMLIFrameElement);
  readonly #drawing = byId('drawing', HTMLImageElement);
  readonly #wipe = byId('wipe', HTMLDivElement);
  readonly #views = byId('views', HTMLFieldSetElement);
  readonly #hint = byId('view-hint', HTMLParagraphElement);
  #size = { width: 1, height: 1 };
  #html = '';
  /** Hundredths of the width that show the picture. */
  #at = 50;

  constructor() {
    // In the next frame: what is fitted changes the size that is observed.
    new ResizeObserver(() => requestAnimationFrame(() => this.#fit())).observe(this.#stage);
    this.#listen();
    this.#show('side');
    this.#move(this.#at);
  }

  setPicture(url: string): void {
    this.#picture.src = url;
  }

  /** Alone, before there is anything to see beside it; in its own pixels. */
  showPicture(): void {
    this.#stage.dataset['alone'] = '';
    const settle = (): void => {
      if (this.#stage.dataset['alone'] === undefined) return;
      this.#size = { width: this.#picture.naturalWidth, height: this.#picture.naturalHeight };
      this.#fit();
    };
    if (this.#picture.complete && this.#picture.naturalWidth > 0) settle();
    else this.#picture.addEventListener('load', settle, { once: true });
  }

  /** @param size of the picture, CSS pixels. */
  setPreview(preview: PanelPreview, size: { readonly width: number; readonly height: number }): void {
    delete this.#stage.dataset['alone'];
    this.#size = size;
    const isPage = preview.kind === 'page';
    this.#frame.hidden = !isPage;
    this.#drawing.hidden = isPage;
    if (isPage) {
      // The same page again would lose its place and flicker.
      if (this.#html !== preview.html) this.#frame.srcdoc = preview.html;
      this.#html = preview.html;
    } else {
      this.#drawing.src = preview.source;
      for (const side of ['x', 'y', 'width', 'height'] as const)
        this.#stage.style.setProperty(`--drawing-${side}`, String(preview[side]));
    }
    this.#fit();
  }

  /** A result of an earlier picture must not stand beside the new one. */
  clearPreview(): void {
    this.#html = '';
    this.#frame.srcdoc = '';
    this.#drawing.removeAttribute('src');
  }

  /** Both in the same scale, as wide as there is room, and never larger than life. */
  #fit(): void {
    const columns = getComputedStyle(this.#stage).gridTemplateColumns.split(' ').length;
    const { columnGap, paddingLeft, paddingRight } = getComputedStyle(this.#stage);
    const [gap = 0, left = 0, right = 0] = [columnGap, paddingLeft, paddingRight].map(Number.parseFloat);
    const room = (this.#stage.clientWidth - left - right - gap * (columns - 1)) / columns;
    if (room <= 0) return;
    const { width, height } = this.#size;
    const { style } = this.#stage;
    style.setProperty('--width', String(width));
    style.setProperty('--height', String(height));
    style.setProperty('--scale', String(Math.min(1, room / width)));
  }

  #show(view: View): void {
    this.#stage.dataset['view'] = view;
    this.#hint.hidden = view !== 'difference';
    this.#hint.textContent = text('differenceHint');
    radios(
      this.#views,
      views.map((value) => ({ value, content: [text(value)], checked: value === view })),
      (value) => {
        if (isView(value)) this.#show(value);
      },
    );
    this.#fit();
  }

  #move(at: number): void {
    this.#at = Math.min(100, Math.max(0, at));
    const shown = Math.round(this.#at);
    this.#stage.style.setProperty('--wipe', String(this.#at / 100));
    this.#wipe.setAttribute('aria-valuenow', String(shown));
    this.#wipe.setAttribute('aria-valuetext', text('wipeValue', shown));
  }

  #listen(): void {
    this.#wipe.addEventListener('keydown', (event) => {
      const step = steps[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.#move(this.#at + step);
    });
    const follow = ({ clientX }: PointerEvent): void => {
      const { left } = this.#stage.getBoundingClientRect();
      const scale = Number(this.#stage.style.getPropertyValue('--scale'));
      this.#move((100 * (clientX - left + this.#stage.scrollLeft)) / (this.#size.width * scale));
    };
    this.#stage.addEventListener('pointerdown', (event) => {
      if (this.#stage.dataset['view'] !== 'slider' || event.button !== 0) return;
      event.preventDefault();
      this.#wipe.focus();
      this.#wipe.setPointerCapture(event.pointerId);
      follow(event);
    });
    this.#wipe.addEventListener('pointermove', (event) => {
      if (this.#wipe.hasPointerCapture(event.pointerId)) follow(event);
    });
  }
}
