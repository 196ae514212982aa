/** One panel: takes its page's messages, does one thing at a time, and tells the page what happens. */
import { z } from 'zod';
import { createContext } from '../../context.ts';
import { PixelwrightError, throwIfCancelled } from '../../errors.ts';
import {
  type Hello,
  type MessageToHost,
  type MessageToPage,
  messageToHostSchema,
  type SaveForm,
} from '../../panel-protocol.ts';
import { noModelNote } from '../engine.ts';
import { loadOptions } from '../load-picture.ts';
import { stemOf } from '../names.ts';
import { download } from './download.ts';
import type { PanelHost } from './host.ts';
import { loadForPanel } from './picture.ts';
import { KeptComposer, type Tools } from './tools.ts';
import { PictureWork, type View } from './work.ts';

export interface PanelSession {
  /** A message of the page, as it came. */
  receive(message: unknown): void;
  /** Whether it is about the picture with this checksum, and has something to show of it. */
  shows(sha256: string): boolean;
  /** Ends what runs; resolves when nothing is left of it. */
  dispose(): Promise<void>;
}

interface Running {
  readonly controller: AbortController;
  readonly done: Promise<void>;
  /** It makes something better of a draft, which a switch of the target must not end. */
  improves: boolean;
}

type Request = Extract<MessageToHost, { readonly id: number }>;

export function openPanelSession(host: PanelHost): PanelSession {
  return new Session(host);
}

class Session implements PanelSession {
  readonly #host: PanelHost;
  readonly #composer = new KeptComposer();
  #nonce = '';
  #work: PictureWork | undefined;
  #running: Running | undefined;
  #disposed = false;

  constructor(host: PanelHost) {
    this.#host = host;
  }

  receive(message: unknown): void {
    if (this.#disposed) return;
    const parsed = messageToHostSchema.safeParse(message);
    if (parsed.success) this.#take(parsed.data);
    else this.#refuse(message, parsed.error);
  }

  shows(sha256: string): boolean {
    return this.#work?.sha256 === sha256 && this.#work.isMade;
  }

  #take(message: MessageToHost): void {
    if (message.type === 'ready') {
      this.#nonce = message.nonce;
      void this.#greet();
    } else if (message.type === 'setUp') this.#host.setUp?.();
    else if (message.type === 'cancel') {
      if (this.#running !== undefined) this.#running.improves = false;
      this.#cancel();
    } else this.#start(message);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#cancel();
    await this.#running?.done;
    await this.#composer.close();
  }

  /** One thing at a time: what runs ends, and what was asked for begins after it. */
  #start(request: Request): void {
    this.#cancel();
    const before = this.#running;
    const resumes = request.type === 'retarget' && before?.improves === true;
    const controller = new AbortController();
    const done = this.#guarded(request, resumes, controller.signal, before?.done);
    const running = { controller, done, improves: request.type === 'convert' || resumes };
    this.#running = running;
    void done.then(() => {
      // One that was ended by the next is still unfinished, which is asked above, at once.
      running.improves = false;
    });
  }

  #cancel(): void {
    this.#running?.controller.abort();
  }

  async #guarded(
    request: Request,
    resumes: boolean,
    signal: AbortSignal,
    before: Promise<void> | undefined,
  ): Promise<void> {
    await before;
    try {
      throwIfCancelled(signal);
      this.#send({ type: 'progress', id: request.id, message: beginnings[request.type] });
      const work = (): Promise<void> => this.#answer(request, resumes, signal);
      await (this.#host.hold === undefined ? work() : this.#host.hold(work));
    } catch (error) {
      // Its last answer may still be on its way.
      await this.#composer.close();
      if (!signal.aborted) this.#fail(error, request.id);
    }
  }

  async #answer(request: Request, resumes: boolean, signal: AbortSignal): Promise<void> {
    const { id } = request;
    const tools = { ...(await this.#tools(id, signal)), resumes };
    if (request.type === 'save') return await this.#save(id, request.form, tools);
    if (request.type === 'open') return await this.#open(id, tools);
    if (request.type === 'convert') await this.#load(request, tools);
    const work = this.#required();
    if (request.type === 'convert' || request.type === 'retarget') {
      const draft = async (view: View): Promise<void> => this.#result(id, view, false, signal);
      return this.#result(id, await work.show(request.target, tools, draft), true, signal);
    }
    if (request.type === 'choose') work.choose(request.candidate);
    if (request.type === 'undo') work.undo();
    if (request.type === 'instruct') await work.instruct(request.text, tools);
    this.#result(id, await work.view(tools), true, signal);
  }

  async #tools(id: number, signal: AbortSignal): Promise<Omit<Tools, 'resumes'>> {
    const settings = await this.#host.settings();
    const context = createContext(signal, {
      log: this.#host.log,
      limits: settings,
      progress: ({ message, fraction }) => {
        if (signal.aborted) return;
        this.#send({ type: 'progress', id, message, ...(fraction === undefined ? {} : { fraction }) });
      },
    });
    const engine = settings.strategy === 'measured' ? undefined : await this.#host.engine();
    return { settings, engine, composer: this.#composer.get(), context, nonce: this.#nonce };
  }

  async #load({ id, picture, target }: Extract<Request, { type: 'convert' }>, tools: Tools): Promise<void> {
    this.#work = undefined;
    const { loaded, shown } = await loadForPanel(picture, tools.context, loadOptions(tools.settings));
    if (shown !== undefined) this.#send({ type: 'picture', id, source: shown });
    const made = this.#host.made?.(loaded.sha256);
    this.#work = new PictureWork(loaded, stemOf(picture.name), target, made);
  }

  async #save(id: number, form: SaveForm, tools: Tools): Promise<void> {
    const work = this.#required();
    const files = await work.files(form, tools);
    if (form !== 'folder') {
      const file = download(files, form, work.name);
      return this.#send({ type: 'done', id, message: `Saved ${file.name}.`, download: file });
    }
    const result = { files, stem: work.name, target: work.target };
    const told = await this.#able(this.#host.save)(result, tools.context.signal);
    this.#send({ type: 'done', id, message: told ?? '' });
  }

  async #open(id: number, tools: Tools): Promise<void> {
    const work = this.#required();
    const result = { files: await work.files('single', tools), stem: work.name, target: work.target };
    const message = await this.#able(this.#host.open)(result, tools.context.signal);
    this.#send({ type: 'done', id, message });
  }

  #required(): PictureWork {
    if (this.#work !== undefined) return this.#work;
    throw new PixelwrightError('option-invalid', 'There is no picture yet.', {
      next: 'Paste, drop or choose one.',
    });
  }

  /** @throws PixelwrightError `option-invalid` for what this host has not. */
  #able<Ability extends (...input: never[]) => unknown>(ability: Ability | undefined): Ability {
    if (ability !== undefined) return ability;
    throw new PixelwrightError('option-invalid', 'This panel cannot do that here.');
  }

  async #greet(): Promise<void> {
    const { saves, open, setUp } = this.#host;
    try {
      const settings = await this.#host.settings();
      const hello = {
        type: 'hello',
        saves: [...saves],
        opens: open !== undefined,
        setsUp: setUp !== undefined,
        maxInputBytes: settings.maxInputBytes,
        target: settings.to,
      } as const satisfies Hello;
      this.#send(hello);
      const note = noModelNote(settings, await this.#host.engine());
      if (note !== undefined) this.#send({ ...hello, note });
    } catch (error) {
      this.#fail(error);
    }
  }

  #result(id: number, view: View, final: boolean, signal: AbortSignal): void {
    if (signal.aborted) return;
    const { files, ...rest } = view;
    this.#send({
      ...rest,
      type: 'result',
      id,
      final,
      files: files.flatMap(({ path, content }) =>
        typeof content === 'string' ? [{ path, text: content }] : [],
      ),
      assets: files.flatMap(({ path, content }) =>
        typeof content === 'string' ? [] : [{ path, bytes: content.length }],
      ),
      candidates: [...view.candidates],
      warnings: [...view.warnings],
    });
  }

  #refuse(message: unknown, error: z.ZodError): void {
    const id = z.object({ id: z.int().min(0) }).safeParse(message).data?.id;
    const reason = error.issues[0]?.message ?? 'it is not one of the protocol';
    this.#fail(
      new PixelwrightError('option-invalid', `The panel's request was not understood: ${reason}.`),
      id,
    );
  }

  #fail(error: unknown, id?: number): void {
    const known = error instanceof PixelwrightError;
    if (!known) this.#host.log.error(`panel: ${error instanceof Error ? error.stack : String(error)}`);
    const message = error instanceof Error ? error.message : String(error);
    this.#send({
      type: 'failed',
      ...(id === undefined ? {} : { id }),
      code: known ? error.code : 'engine-crashed',
      message,
      ...(known && error.next !== undefined ? { next: error.next } : {}),
    });
  }

  #send(message: MessageToPage): void {
    if (!this.#disposed) this.#host.send(message);
  }
}

/** What is told at once, before there is anything to tell. */
const beginnings: Readonly<Record<Request['type'], string>> = {
  convert: 'reading the picture',
  retarget: 'writing it anew',
  choose: 'showing the candidate',
  instruct: 'reading the instruction',
  undo: 'taking it back',
  save: 'putting the files together',
  open: 'opening it in the editor',
};
