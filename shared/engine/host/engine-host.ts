/** The engine host: one model for all programs of one user, behind HTTP, until nobody needs it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PixelwrightError } from '../../errors.ts';
import { type Log, silentLog } from '../../log.ts';
import { defaultKeepAliveMs } from './chat-answer.ts';
import { baseUrl, loopback } from './host-address.ts';
import { type Mount, startHostServer } from './host-server.ts';
import { Linger } from './linger.ts';
import type { LoadEngine } from './loaded-model.ts';
import { ModelSlot } from './model-slot.ts';
import { newToken } from './proof.ts';
import { longestBody } from './read-body.ts';
import { Requests } from './requests.ts';
import { routes } from './routes.ts';
import type { WantedModel } from './wanted-model.ts';

export interface EngineHostOptions {
  readonly load: LoadEngine;
  /** The model for clients that name none; without it they need one that is loaded already. */
  readonly defaultModel?: (() => Promise<WantedModel>) | undefined;
  /** Milliseconds without a request after which the model is unloaded. */
  readonly idleMs: number;
  /** Milliseconds without model and request after which the host ends; absent: it does not end by itself. */
  readonly lingerMs?: number | undefined;
  /** 0, the default, lets the system choose. */
  readonly port?: number | undefined;
  /** Default `127.0.0.1`. */
  readonly address?: string | undefined;
  /** Longest body of a request, in bytes. */
  readonly longestBody?: number | undefined;
  /** Milliseconds between the comments that keep a stream alive; default 5000. */
  readonly keepAliveMs?: number | undefined;
  /** Closed with the host. */
  readonly mount?: Mount | undefined;
  readonly log?: Log | undefined;
}

export interface EngineHost {
  readonly port: number;
  readonly token: string;
  readonly startedAt: Date;
  /** Resolves when the host has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends all requests with an error that gives this reason, unloads, closes the port. May be called again. */
  end(why: string): Promise<void>;
  /** Ends as soon as no request runs: nobody can find this host any more. */
  endWhenIdle(): void;
}

/**
 * @param beforeEnd runs when the end is decided, while the port is still open: nobody new may find the host.
 * @throws PixelwrightError `engine-unavailable` if the port cannot be had.
 */
export async function startEngineHost(
  options: EngineHostOptions,
  beforeEnd: () => void = () => {},
): Promise<EngineHost> {
  const { load, idleMs, lingerMs, port = 0, address = loopback, mount, log = silentLog } = options;
  const defaultModel = options.defaultModel ?? noDefaultModel;
  const startedAt = new Date();
  const token = newToken();
  const slot = new ModelSlot({ load, idleMs, log });
  const requests = new Requests({
    slot,
    defaultModel,
    longestBody: options.longestBody ?? longestBody,
    keepAliveMs: options.keepAliveMs ?? defaultKeepAliveMs,
    log,
  });
  const isBusy = (): boolean => requests.running > 0 || slot.current !== undefined;
  const linger =
    lingerMs === undefined
      ? undefined
      : new Linger({ lingerMs, isBusy, end: () => void end('it was not needed any more') });

  let resolveEnded = (): void => {};
  const ended = new Promise<void>((resolve) => {
    resolveEnded = resolve;
  });
  let ending: Promise<void> | undefined;
  const end = (why: string): Promise<void> => {
    ending ??= leave(why).finally(resolveEnded);
    return ending;
  };
  const leave = async (why: string): Promise<void> => {
    log.info(`ending: ${why}`);
    linger?.stop();
    beforeEnd();
    server.stop();
    const freed = requests.end(hostEnding(why)).then(() => slot.close());
    await Promise.race([Promise.all([freed, mount?.close()]), sleep(endLimitMs, undefined, { ref: false })]);
    await server.close();
  };
  const server = await startHostServer({
    token,
    port,
    address,
    mount,
    log,
    routes: routes({
      slot,
      requests,
      defaultModel,
      startedAt,
      foreground: lingerMs === undefined,
      baseUrl: () => baseUrl(address, server.port),
      touch: () => linger?.touch(),
      stop: () => void end('it was told to stop'),
    }),
  });
  const endWhenIdle = (): void => {
    linger?.stop();
    const isRunning = (): boolean => requests.running > 0;
    new Linger({ lingerMs: 1000, isBusy: isRunning, end: () => void end('no client can find it any more') });
  };
  return { port: server.port, token, startedAt, ended, end, endWhenIdle };
}

/** Longer than a step of an engine takes; one that hangs must not keep the host. */
const endLimitMs = 10_000;

/** A client of ours that sees this before its answer has begun looks for another host. */
function hostEnding(why: string): PixelwrightError {
  return new PixelwrightError('engine-unavailable', `The engine host is ending: ${why}.`, {
    next: 'Run again; a new host is started by the next request.',
    details: { hostEnding: true },
  });
}

async function noDefaultModel(): Promise<WantedModel> {
  throw new PixelwrightError(
    'model-missing',
    'The engine host has no model loaded, and the request names none.',
    {
      next: 'Start "pixelwright serve" with a model, or let a pixelwright command load one first.',
    },
  );
}
