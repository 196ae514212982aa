/** Downloads one file of a hub: goes on where it stopped, and keeps nothing that is not what was listed. */
import { PixelwrightError } from '../../errors.ts';
import type { HubAnswer, HubClient } from './hub-client.ts';
import { connectionError, Interrupted } from './hub-errors.ts';
import type { HubFile } from './listing.ts';
import { PartFile } from './part-file.ts';
import type { Receipt } from './store-layout.ts';
import { TransferMeter, type TransferProgress } from './transfer-meter.ts';

export interface Download {
  readonly url: string;
  /** The repository's page, for messages. */
  readonly page: string;
  readonly file: HubFile;
  /** Where the whole file shall lie; the caller holds its lock. */
  readonly target: string;
  readonly receipt: Receipt;
  readonly onProgress: (progress: TransferProgress) => void;
}

/**
 * After a cut, a cancel or an error what has come is kept in `<target>.part`; after a wrong checksum it is not.
 * @throws PixelwrightError `network`, `not-allowed`, `model-missing`, `model-corrupt`, `output-not-writable`,
 *   `cancelled`.
 */
export async function download(client: HubClient, task: Download, signal: AbortSignal): Promise<void> {
  const part = await PartFile.open(task.target, task.file, signal);
  const meter = new TransferMeter(task.file.name, task.file.bytes, task.onProgress);
  try {
    meter.update(part.received, performance.now());
    // More bytes than ever before: a server that always begins anew and always breaks off brings nothing.
    let most = part.received;
    const progressed = (): boolean => {
      const further = part.received > most;
      most = Math.max(most, part.received);
      return further;
    };
    await client.retrying(() => fetchRest(client, task, part, meter, signal), signal, { progressed });
    await part.finish(task.receipt);
  } finally {
    await part.close();
  }
}

/** Asks for what is missing until nothing is. @throws Interrupted where the connection ends before. */
async function fetchRest(
  client: HubClient,
  task: Download,
  part: PartFile,
  meter: TransferMeter,
  signal: AbortSignal,
): Promise<void> {
  const { bytes } = task.file;
  if (part.received >= bytes) return;
  const answer = await client.get(task.url, task.page, signal, rangeHeaders(part), [416]);
  try {
    if (!(await fits(answer, part, task))) {
      // Not continued, by a server that answered: the next request asks for the whole, without any wait.
      await part.restart(undefined);
      return await fetchRest(client, task, part, meter, signal);
    }
    await readBody(answer, task, part, meter, signal);
  } finally {
    answer.body.destroy();
  }
}

/** `If-Range` makes a server whose file has changed send the whole new one. A weak tag cannot serve there. */
function rangeHeaders(part: PartFile): Record<string, string> {
  if (part.received === 0) return {};
  const strong = part.etag !== undefined && !part.etag.startsWith('W/');
  return { range: `bytes=${part.received}-`, ...(strong ? { 'if-range': part.etag } : {}) };
}

/**
 * Whether the body goes on where the part ends; a part that the server sends anew is emptied first.
 * @throws Interrupted if the server announces another length than the listing.
 */
async function fits(answer: HubAnswer, part: PartFile, task: Download): Promise<boolean> {
  const { headers, status } = answer;
  const { etag } = headers;
  if (status === 416) {
    if (part.received > 0) return false;
    throw wrongLength(answer, task, 'no part of it');
  }
  if (/^text\/html/i.test(headers['content-type'] ?? '')) throw wrongLength(answer, task, 'a web page');
  if (status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
    const same = part.etag === undefined || etag === undefined || part.etag === etag;
    const total = range?.[2] === '*' ? task.file.bytes : Number(range?.[2]);
    if (Number(range?.[1]) === part.received && total === task.file.bytes && same) {
      requireLength(answer, task.file.bytes - part.received, task);
      return true;
    }
    if (part.received > 0) return false;
    throw wrongLength(answer, task, headers['content-range'] ?? 'a part of it');
  }
  requireLength(answer, task.file.bytes, task);
  await part.restart(etag);
  return true;
}

function requireLength(answer: HubAnswer, expected: number, task: Download): void {
  const announced = answer.headers['content-length'];
  if (announced !== undefined && Number(announced) !== expected) {
    throw wrongLength(answer, task, `${announced} bytes`);
  }
}

async function readBody(
  answer: HubAnswer,
  task: Download,
  part: PartFile,
  meter: TransferMeter,
  signal: AbortSignal,
): Promise<void> {
  const { bytes } = task.file;
  try {
    for await (const chunk of answer.body) {
      // undici's body gives buffers where no encoding is set.
      const piece = chunk as Buffer;
      if (part.received + piece.length > bytes) {
        await part.restart(undefined);
        throw wrongLength(answer, task, `more than ${bytes} bytes`).error;
      }
      await part.append(piece);
      meter.update(part.received, performance.now());
    }
  } catch (error) {
    if (error instanceof PixelwrightError || signal.aborted) throw error;
    throw connectionError(answer.url, error);
  }
  if (part.received === bytes) return;
  const cut = new Error(`the answer ended after ${part.received} of ${bytes} bytes`);
  throw connectionError(answer.url, cut);
}

/** A page of a network's login, a file that was just replaced: perhaps gone at the next try. */
function wrongLength(answer: HubAnswer, task: Download, came: string): Interrupted {
  const { name, bytes } = task.file;
  return new Interrupted(
    new PixelwrightError(
      'network',
      `Expected ${name} with ${bytes} bytes from ${answer.url}; it sends ${came}.`,
      {
        next: 'Run the command again; a network with a login page must be entered in a browser first.',
        details: { file: name, bytes, url: answer.url },
      },
    ),
  );
}
