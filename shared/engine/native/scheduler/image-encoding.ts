/** Encodes the pictures that requests wait for, one step at a time, each picture once. */
import { EmbeddingCache } from './embedding-cache.ts';
import type { EncodeJob, PromptImage } from './entries.ts';

/** A request that waits for a picture. */
export interface ImageWaiter {
  encoding(fraction: number): void;
  encoded(key: string, embeddings: Float32Array): void;
  failed(error: unknown): void;
}

/** A picture on its way from its file to the encoder's input. */
interface Preparation {
  readonly job: Promise<EncodeJob>;
  /** Resolves when `job` has settled either way. */
  readonly end: Promise<void>;
  readonly ended: boolean;
}

interface Encoding {
  readonly image: PromptImage;
  readonly waiters: Set<ImageWaiter>;
  preparation?: Preparation | undefined;
  job?: EncodeJob | undefined;
  /** Its job was told to end: whoever asks for the picture again needs a new one. */
  abandoned: boolean;
}

export class ImageEncoding {
  readonly #cache: EmbeddingCache;
  /** In the order in which they were asked for. */
  readonly #running = new Map<string, Encoding>();
  #stir: (() => void) | undefined;
  #stirred = false;

  /** @param cacheBytes what embeddings of pictures may take that nobody waits for. */
  constructor(cacheBytes: number) {
    this.#cache = new EmbeddingCache(cacheBytes);
  }

  get pending(): boolean {
    return this.#running.size > 0;
  }

  /** Embeddings that are there already. */
  cached(key: string): Float32Array | undefined {
    return this.#cache.get(key);
  }

  /** Asks for a picture; asking again changes nothing. */
  want(image: PromptImage, waiter: ImageWaiter): void {
    const running = this.#running.get(image.key) ?? {
      image,
      waiters: new Set<ImageWaiter>(),
      abandoned: false,
    };
    this.#running.set(image.key, running);
    running.waiters.add(waiter);
  }

  /** Ends the wait of a request that is over. A picture that nobody waits for any more is given up. */
  leave(waiter: ImageWaiter): void {
    for (const encoding of this.#running.values()) {
      if (!encoding.waiters.delete(waiter) || encoding.waiters.size > 0) continue;
      encoding.abandoned = true;
      encoding.job?.abort();
      this.stir();
    }
  }

  /**
   * One step for the picture that was asked for first. Errors go to those who wait for it.
   * @param patient whether to wait for a picture that is still being decoded, because nothing else is to be done.
   */
  async step(patient: boolean): Promise<void> {
    const [encoding] = this.#running.values();
    if (encoding === undefined) return;
    try {
      if (!encoding.abandoned) await this.#advance(encoding, patient);
    } catch (error) {
      if (!encoding.abandoned) {
        this.#end(encoding);
        for (const waiter of encoding.waiters) waiter.failed(error);
        return;
      }
    } finally {
      this.#stirred = false;
    }
    if (encoding.abandoned) this.#restart(encoding);
  }

  async #advance(encoding: Encoding, patient: boolean): Promise<void> {
    encoding.preparation ??= prepare(encoding.image);
    const { preparation } = encoding;
    if (patient && !preparation.ended && !this.#stirred) {
      await Promise.race([preparation.end, this.#stirring()]);
    }
    if (encoding.abandoned || !preparation.ended) return;
    encoding.job = await preparation.job;
    const done = await encoding.job.step();
    if (encoding.abandoned) return;
    for (const waiter of encoding.waiters) waiter.encoding(encoding.job.progress);
    if (!done) return;
    const embeddings = encoding.job.result();
    this.#cache.set(encoding.image.key, embeddings);
    this.#end(encoding);
    for (const waiter of encoding.waiters) waiter.encoded(encoding.image.key, embeddings);
  }

  /** Ends the wait for a picture's file, or lets the next one be none, since there may be something else to do. */
  stir(): void {
    this.#stirred = true;
    this.#stir?.();
  }

  #stirring(): Promise<void> {
    return new Promise((resolve) => {
      this.#stir = resolve;
    });
  }

  /** Ends a job that was given up; the picture stays if somebody has asked for it since. */
  #restart(encoding: Encoding): void {
    this.#end(encoding);
    encoding.preparation = undefined;
    encoding.job = undefined;
    encoding.abandoned = false;
    if (encoding.waiters.size > 0) this.#running.set(encoding.image.key, encoding);
  }

  #end({ image, preparation }: Encoding): void {
    this.#running.delete(image.key);
    // Its error went to those who waited; a job that comes later is of no use to anybody.
    void preparation?.job.then((job) => job.dispose()).catch(() => undefined);
  }

  /** Gives up everything; call when no step runs. */
  close(): void {
    for (const encoding of this.#running.values()) this.#end(encoding);
    this.#cache.clear();
  }
}

function prepare(image: PromptImage): Preparation {
  const job = image.encode();
  let ended = false;
  const note = (): void => {
    ended = true;
  };
  return {
    job,
    end: job.then(note, note),
    get ended() {
      return ended;
    },
  };
}
