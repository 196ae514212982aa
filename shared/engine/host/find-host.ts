/** Looks whether this user's host is there, and whether it is who it says. */
import { request } from 'undici';
import { cancelled } from '../../errors.ts';
import { rootUrl } from './host-address.ts';
import { type HostFiles, type HostState, readState } from './host-state.ts';
import { isAlive } from './process-alive.ts';
import { challenge, isProven } from './proof.ts';
import { healthSchema } from './protocol.ts';

/** `absent`: none, or what is left of one that has gone. `silent`: something holds the port and says nothing. */
export type Look =
  | { readonly kind: 'running'; readonly state: HostState }
  | { readonly kind: 'silent'; readonly state: HostState }
  | { readonly kind: 'absent' };

/** A host answers within milliseconds; one that loads a model on a machine that swaps may take seconds. */
export const answerLimitMs = 15_000;

/** @throws PixelwrightError `cancelled`. */
export async function findHost(
  files: HostFiles,
  signal: AbortSignal,
  limitMs = answerLimitMs,
): Promise<Look> {
  const state = await readState(files.state);
  if (state === undefined || !isAlive(state.pid)) return { kind: 'absent' };
  return await prove(state, signal, limitMs);
}

/** Sends no token before the other side has proven that it knows it. */
export async function prove(state: HostState, signal: AbortSignal, limitMs = answerLimitMs): Promise<Look> {
  const { nonce, header } = challenge(state.token);
  const limit = AbortSignal.timeout(limitMs);
  try {
    const { statusCode, body } = await request(`${rootUrl(state.address, state.port)}/health`, {
      headers: { authorization: header },
      signal: AbortSignal.any([signal, limit]),
      reset: true,
    });
    const health = healthSchema.safeParse(statusCode === 200 ? await body.json() : undefined).data;
    if (statusCode !== 200) await body.dump();
    const proven = health?.proof !== undefined && isProven(state.token, nonce, health.proof);
    return proven && health.pid === state.pid ? { kind: 'running', state } : { kind: 'absent' };
  } catch {
    if (signal.aborted) throw cancelled(signal.reason);
    // Refused, reset, no HTTP, no JSON: whatever it is, it is no host of ours.
    return limit.aborted ? { kind: 'silent', state } : { kind: 'absent' };
  }
}
