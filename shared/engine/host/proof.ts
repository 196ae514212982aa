/** The host's secret: how it is made, compared, and proven by both sides without being sent. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits, in characters that need no quoting anywhere. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** In constant time, whatever the lengths. */
export function sameSecret(given: string, expected: string): boolean {
  // Digests have one length, which timingSafeEqual asks for.
  return timingSafeEqual(digest('compare', given), digest('compare', expected));
}

/**
 * What a client sends before it trusts a port with its token: the host may have died, and another user's
 * program may listen there now.
 */
export function challenge(token: string): { readonly nonce: string; readonly header: string } {
  const nonce = randomBytes(16).toString('base64url');
  return { nonce, header: `Pixelwright ${nonce} ${mac(token, 'client', nonce)}` };
}

/** The answer to a challenge, or undefined if it does not come from somebody who knows the token. */
export function answerChallenge(token: string, header: string): string | undefined {
  const [, nonce, proof] = /^Pixelwright ([\w-]{16,64}) ([\w-]{43})$/.exec(header) ?? [];
  if (nonce === undefined || proof === undefined) return undefined;
  return sameSecret(proof, mac(token, 'client', nonce)) ? mac(token, 'host', nonce) : undefined;
}

export function isProven(token: string, nonce: string, proof: string): boolean {
  return sameSecret(proof, mac(token, 'host', nonce));
}

function mac(token: string, side: 'client' | 'host', nonce: string): string {
  return digest(token, `${side}:${nonce}`).toString('base64url');
}

function digest(key: string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
