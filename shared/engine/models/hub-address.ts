/** Which hub is asked, and who may be given the user's token. */
import { PixelwrightError } from '../../errors.ts';
import type { Environment } from '../../home-folder.ts';

export interface HubAddress {
  /** Without a slash at its end; may have a path, as mirrors inside other servers do. */
  readonly base: string;
  /** `HF_TOKEN`; for that server's own host only. */
  readonly token: string | undefined;
}

const defaultHub = 'https://huggingface.co';

/** The setting `modelHub`, else `HF_ENDPOINT`, else the public hub. @throws PixelwrightError `option-invalid`. */
export function hubAddress(modelHub: string | undefined, environment: Environment): HubAddress {
  const text = modelHub ?? (environment['HF_ENDPOINT'] || defaultHub);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new PixelwrightError(
      'option-invalid',
      `HF_ENDPOINT must be an http:// or https:// address; it is ${JSON.stringify(text)}.`,
      { next: `Correct it, or unset it to use ${defaultHub}.` },
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new PixelwrightError(
      'not-allowed',
      'Expected the address of a hub without a user name or password.',
      {
        next: 'Give an access token in HF_TOKEN instead.',
      },
    );
  }
  const base = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  return { base, token: environment['HF_TOKEN']?.trim() || undefined };
}

/**
 * Whether a request may carry the token: to the very host, port and protocol of the hub, and unencrypted to
 * this machine only. A redirect to a storage network must not learn it.
 */
export function mayCarryToken(url: URL, hub: HubAddress): boolean {
  if (hub.token === undefined || url.origin !== new URL(hub.base).origin) return false;
  return url.protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}

/** An address for messages: a signed one is a key in itself, so its query stays out. */
export const shownUrl = (url: URL): string => `${url.origin}${url.pathname}`;
