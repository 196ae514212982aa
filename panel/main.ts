/** The panel's page: what the user does goes to the host, what the host answers is shown. */
import './policy.ts';
import {
  type Hello,
  type MessageToHost,
  type MessageToPage,
  messageToPageSchema,
  type PanelResult,
  type PanelTarget,
  panelTargets,
  type SaveForm,
} from '../shared/panel-protocol.ts';
import { showCandidates } from './candidates.ts';
import { openChannel } from './channel.ts';
import { Code } from './code.ts';
import { byId, make, radios } from './dom.ts';
import { bytesOf, fileOf, listenForPictures, type Picture, readPicture } from './intake.ts';
import { keepable } from './kept.ts';
import { Stage } from './stage.ts';
import { Status } from './status.ts';
import { text, told, translatePage } from './texts.ts';

const targetNames: Readonly<Record<PanelTarget, string>> = {
  html: 'HTML',
  'html-tailwind': 'Tailwind',
  vue: 'Vue',
  react: 'React',
  drawio: 'draw.io',
  mermaid: 'Mermaid',
};

const saveButtons: readonly (readonly [id: string, form: SaveForm])[] = [
  ['save-folder', 'folder'],
  ['save-zip', 'zip'],
  ['save-single', 'single'],
];

/** What needs an answer; its number is put in when it is sent. */
type Question = MessageToHost extends infer Each
  ? Each extends { id: number }
    ? Omit<Each, 'id'>
    : never
  : never;

translatePage();
if (/Mac|iPhone|iPad/.test(navigator.platform)) byId('paste-key', HTMLElement).textContent = '⌘V';
const stage = new Stage();
const code = new Code();
const status = new Status(cancel);
const channel = openChannel({ onMessage: take, onLost: lost });
const instruction = byId('instruction', HTMLInputElement);

/** Of the newest request; answers to others are not shown. */
let request = 0;
let target: PanelTarget = 'html';
let hello: Hello | undefined;
let picture: Picture | undefined;
/** What is on the screen, to return to after a cancelled request. */
let result: PanelResult | undefined;

function ask(question: Question, told: string): void {
  request += 1;
  status.clear();
  status.progress(told);
  // Omit loses that this is one of the messages; only the number was missing.
  channel.post({ ...question, id: request } as MessageToHost);
}

function cancel(): void {
  channel.post({ type: 'cancel' });
  request += 1;
  // The choice goes back to what is shown.
  if (result !== undefined) show({ ...result, final: true });
  status.rest(text('cancelled'));
}

async function convert(file: File | undefined): Promise<void> {
  const limit = hello?.maxInputBytes ?? Number.POSITIVE_INFINITY;
  if (file === undefined) return status.fail({ message: text('notAPicture') });
  if (file.size > limit)
    return status.fail({ message: text('tooLarge', megabytes(file.size), megabytes(limit)) });
  askToConvert(await showPicture(file));
}

/** Shows a picture as the one that all is about. */
async function showPicture(file: File): Promise<Picture> {
  const fresh = await readPicture(file);
  if (picture !== undefined) URL.revokeObjectURL(picture.url);
  picture = fresh;
  result = undefined;
  stage.clearPreview();
  stage.setPicture(fresh.url);
  byId('picture-name', HTMLParagraphElement).textContent = fresh.name;
  byId('result', HTMLElement).hidden = true;
  byId('look', HTMLElement).hidden = true;
  document.body.dataset['state'] = 'picture';
  keep();
  return fresh;
}

function keep(): void {
  channel.keep(keepable({ target, picture }));
}

/** After a reload: nothing is begun that nobody has asked for. */
async function restore(): Promise<void> {
  const kept = channel.kept();
  if (kept === undefined) return;
  target = kept.target;
  showTargets();
  if (kept.picture === undefined) return;
  const fresh = await showPicture(fileOf(kept.picture.name, kept.picture.base64));
  stage.showPicture();
  byId('look', HTMLElement).hidden = false;
  status.note(text('restored'), { label: text('goOn'), press: () => askToConvert(fresh) });
}

function askToConvert({ name, base64 }: Picture): void {
  ask({ type: 'convert', target, picture: { name: name.slice(-255), base64 } }, 'reading the picture');
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 1024 ** 2);

function take(received: unknown): void {
  const parsed = messageToPageSchema.safeParse(received);
  // The editor posts messages of its own into webviews.
  if (!parsed.success) return;
  const message = parsed.data;
  if ('id' in message && message.id !== undefined && message.id !== request) return;
  answers(message);
}

function answers(message: MessageToPage): void {
  if (message.type === 'hello') greet(message);
  else if (message.type === 'offer') offered(message);
  else if (message.type === 'picture') stage.setPicture(message.source);
  else if (message.type === 'progress') status.progress(message.message, message.fraction);
  else if (message.type === 'result') show(message);
  else if (message.type === 'failed') fail(message);
  else {
    if (message.download !== undefined) save(message.download);
    status.rest(message.message);
  }
}

function offered({
  name,
  base64,
  mediaType,
  target: wanted,
}: Extract<MessageToPage, { type: 'offer' }>): void {
  if (wanted !== undefined && wanted !== target) {
    target = wanted;
    showTargets();
  }
  void convert(fileOf(name, base64, mediaType));
}

function greet(message: Hello): void {
  const first = hello === undefined;
  hello = message;
  byId('open', HTMLButtonElement).hidden = !message.opens;
  for (const [id, form] of saveButtons) byId(id, HTMLButtonElement).hidden = !message.saves.includes(form);
  if (first && channel.kept() === undefined) {
    target = message.target;
    showTargets();
  }
  if (message.note !== undefined && (picture === undefined || result !== undefined))
    status.note(message.setsUp ? text('noModel') : message.note, setUpButton());
}

function showTargets(): void {
  const options = panelTargets.map((value) => ({
    value,
    content: [targetNames[value]],
    checked: value === target,
  }));
  radios(byId('targets', HTMLFieldSetElement), options, (value) => {
    target = panelTargets.find((one) => one === value) ?? target;
    keep();
    // Before there is a draft there is nothing to write anew.
    if (result !== undefined) ask({ type: 'retarget', target }, 'writing it anew');
    else if (picture !== undefined) askToConvert(picture);
  });
}

function show(fresh: PanelResult): void {
  result = fresh;
  if (target !== fresh.target) {
    target = fresh.target;
    showTargets();
  }
  byId('look', HTMLElement).hidden = false;
  byId('result', HTMLElement).hidden = false;
  stage.setPreview(fresh.preview, fresh.size);
  byId('stage-label', HTMLElement).textContent = fresh.final ? '' : text('draft');
  showCandidates(fresh.candidates, fresh.final, (candidate) =>
    ask({ type: 'choose', candidate }, 'showing the candidate'),
  );
  code.show(fresh);
  showWarnings(fresh.warnings);
  const { noInstructions } = fresh;
  for (const id of ['instruction', 'apply'] as const)
    byId(id, HTMLElement).toggleAttribute('disabled', noInstructions !== undefined);
  const why = byId('no-instructions', HTMLParagraphElement);
  why.hidden = noInstructions === undefined;
  why.textContent = told(noInstructions ?? '');
  byId('undo', HTMLButtonElement).disabled = !fresh.undoable;
  if (fresh.final) status.rest(text('done', told(fresh.label)));
  else status.progress(text('drafted').replace(/\.$/, ''));
}

function showWarnings(warnings: readonly string[]): void {
  byId('warnings-section', HTMLElement).hidden = warnings.length === 0;
  byId('warnings-title', HTMLElement).textContent = text('notes', warnings.length);
  byId('warnings', HTMLUListElement).replaceChildren(
    ...warnings.map((warning) => make('li', { textContent: told(warning) })),
  );
}

const setUpButton = () =>
  hello?.setsUp === true ? { label: text('setUp'), press: () => channel.post({ type: 'setUp' }) } : undefined;

function fail({ code: kind, message, next }: Extract<MessageToPage, { type: 'failed' }>): void {
  const button = kind === 'model-missing' ? setUpButton() : undefined;
  if (result !== undefined) show({ ...result, final: true });
  // Where a button does the next step, what to type in a shell is none.
  status.fail({ message, next: button === undefined ? next : undefined, button });
}

function lost(reason: 'lost' | 'noKey'): void {
  document.body.dataset['connection'] = 'lost';
  status.fail({ message: text(reason), next: text(`${reason}Next`) });
}

function save({ name, mediaType, base64 }: { name: string; mediaType: string; base64: string }): void {
  const url = URL.createObjectURL(new Blob([bytesOf(base64)], { type: mediaType }));
  make('a', { href: url, download: name }).click();
  // The browser has taken it over when this runs.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

async function copy(): Promise<void> {
  const file = code.current;
  if (file === undefined) return;
  try {
    await navigator.clipboard.writeText(file.text);
    status.rest(text('copied', file.path));
  } catch {
    code.select();
    status.rest(text('notCopied'));
  }
}

showTargets();
void restore();
listenForPictures((file) => void convert(file));
byId('copy', HTMLButtonElement).addEventListener('click', () => void copy());
byId('open', HTMLButtonElement).addEventListener('click', () =>
  ask({ type: 'open' }, 'opening it in the editor'),
);
byId('undo', HTMLButtonElement).addEventListener('click', () => ask({ type: 'undo' }, 'taking it back'));
for (const [id, form] of saveButtons) {
  byId(id, HTMLButtonElement).addEventListener('click', () =>
    ask({ type: 'save', form }, 'putting the files together'),
  );
}
byId('instruct', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  const words = instruction.value.trim();
  if (words !== '') ask({ type: 'instruct', text: words }, 'reading the instruction');
});
// The browser hides nonces from selectors and attributes, not from scripts. The editor adds elements of its own, so
// it is the style sheet's, which is this page's for sure.
channel.post({ type: 'ready', nonce: byId('style', HTMLLinkElement).nonce });
