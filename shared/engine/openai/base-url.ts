/** The addresses of a server, from what a user writes as its base URL. */
import { PixelwrightError } from '../../errors.ts';

export interface ServerAddress {
  /** Without the version: `http://127.0.0.1:8080`; where a server keeps what is its own. */
  readonly root: string;
  /** `http://127.0.0.1:8080/v1`. */
  readonly api: string;
  /** Host and port for messages; never holds a password. */
  readonly label: string;
}

/**
 * Accepts the root, the `/v1` address, or the full address of the chat endpoint.
 * @throws PixelwrightError `option-invalid` for what is no http(s) URL.
 */
export function parseBaseUrl(baseUrl: string): ServerAddress {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new PixelwrightError(
      'option-invalid',
      `The base URL must be an http or https address; it is "${withoutPassword(baseUrl)}".`,
      { next: 'Write it with its port, for example http://127.0.0.1:8080/v1.' },
    );
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/(chat\/)?completions$/, '');
  const versioned = /\/v\d\w*(\/|$)/.test(path);
  const rootPath = versioned ? path.replace(/\/v\d\w*(\/.*)?$/, '') : path;
  return {
    root: url.origin + rootPath,
    api: url.origin + (versioned ? path : `${path}/v1`),
    label: url.host,
  };
}

function withoutPassword(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//');
}
