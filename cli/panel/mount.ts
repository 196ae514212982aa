/** The panel on the port of `pixelwright serve`: its page, a key for who opened it, and the way to its session. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Mount, panelFolder, panelPage } from '../../shared/index.ts';
import { Access } from './access.ts';
import { bodyOf, Connections, end, type OpenSession } from './connections.ts';

const path = '/panel';

const files: Readonly<Record<string, readonly [file: string, mediaType: string]>> = {
  [`${path}/panel.js`]: ['panel.js', 'text/javascript; charset=utf-8'],
  [`${path}/panel.css`]: ['panel.css', 'text/css; charset=utf-8'],
};

/** Of everything that a browser is given. */
const always = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export interface PanelMount extends Mount {
  /** Part of the address that lets one browser in; another one each time that it was used. */
  code(): string;
}

/** @param onUsed a browser has used the code. */
export function mountPanel(openSession: OpenSession, onUsed: () => void): PanelMount {
  const access = new Access();
  const connections = new Connections(openSession);
  return {
    path,
    code: () => access.code,
    close: () => connections.close(),
    handle: async (request, response) => {
      const [where = ''] = (request.url ?? '').split('?');
      const file = files[where];
      const asked = `${request.method} ${where}`;
      if (asked === `GET ${path}` || asked === `GET ${path}/`) return await page(request, response);
      if (request.method === 'GET' && file !== undefined) return await asset(file, response);
      if (asked === `POST ${path}/key`) {
        const key = access.exchange((await bodyOf(request, 1000)) ?? '');
        if (key === undefined) return end(response, 401, 'This address has been used, or is no longer good.');
        onUsed();
        return end(response, 200, key);
      }
      if (!access.isKnown(request.headers.authorization))
        return end(response, 401, 'The panel needs its key.');
      if (asked === `GET ${path}/events`) return connections.stream(response);
      if (asked === `POST ${path}/messages`) return await connections.message(request, response);
      end(response, 404, `The panel has no ${asked}.`);
    },
  };
}

async function page(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { html, policy } = await panelPage({
    script: `${path}/panel.js`,
    style: `${path}/panel.css`,
    connect: "'self'",
    language: request.headers['accept-language'] ?? 'en',
  });
  response.writeHead(200, {
    ...always,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `${policy}; frame-ancestors 'none'`,
  });
  response.end(html);
}

async function asset([file, mediaType]: readonly [string, string], response: ServerResponse): Promise<void> {
  const contents = await readFile(new URL(file, panelFolder()));
  response.writeHead(200, { ...always, 'content-type': mediaType });
  response.end(contents);
}
