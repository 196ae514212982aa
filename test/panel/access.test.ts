/** Who gets into the panel of `pixelwright serve`, and who does not. */
import { request as httpRequest } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { serve, urlIn } from './served.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** By `node:http`, which sends whatever headers it is told to. */
async function ask(
  address: string,
  method: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const request = httpRequest(address, { method, headers }, (response) => {
      if (response.headers['content-type'] === 'application/x-ndjson') {
        response.destroy();
        resolve({ status: response.statusCode ?? 0, body: '', headers: response.headers });
        return;
      }
      textOf(response).then(
        (told) => resolve({ status: response.statusCode ?? 0, body: told, headers: response.headers }),
        reject,
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

it('lets in who has the address, once, and nobody else', async () => {
  const { url, says } = await serve();
  const { origin, hash } = new URL(url);
  const at = (path: string): string => `${origin}/panel${path}`;
  const code = hash.slice(1);

  // The page itself is no secret, and says what it may do.
  const page = await ask(at(''), 'GET');
  expect(page.status).toBe(200);
  expect(page.headers['content-security-policy']).toMatch(
    /^default-src 'none'; script-src 'nonce-[\w-]{24}'; .*frame-ancestors 'none'$/,
  );
  expect(page.headers['content-security-policy']).not.toMatch(/unsafe-eval|script-src[^;]*unsafe/);
  expect(page.body).not.toContain(code);
  const again = await ask(at(''), 'GET');
  expect(again.headers['content-security-policy']).not.toBe(page.headers['content-security-policy']);

  // Other pages and other names of this machine.
  for (const headers of [
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { host: `evil.example:${new URL(url).port}` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])
    expect(await ask(at('/key'), 'POST', headers, code), JSON.stringify(headers)).toMatchObject({
      status: 403,
    });

  // Without a key, with a wrong one, with the host's own paths unchanged.
  expect(await ask(at('/events'), 'GET')).toMatchObject({ status: 401 });
  expect(await ask(at('/messages'), 'POST', { authorization: 'Bearer x' }, '{}')).toMatchObject({
    status: 401,
  });
  expect(await ask(at('/key'), 'POST', {}, 'wrong')).toMatchObject({ status: 401 });
  expect(await ask(`${origin}/status`, 'GET', { origin })).toMatchObject({ status: 403 });

  // Once.
  const { status, body: key } = await ask(
    at('/key'),
    'POST',
    { origin, 'sec-fetch-site': 'same-origin' },
    code,
  );
  expect(status).toBe(200);
  expect(await ask(at('/key'), 'POST', { origin }, code)).toMatchObject({ status: 401 });
  const authorization = `Bearer ${key}`;
  expect(await ask(at('/events'), 'GET', { authorization })).toMatchObject({ status: 200 });
  expect(await ask(`${origin}/status`, 'GET', { authorization })).toMatchObject({ status: 401 });
  expect(await ask(at('/messages'), 'POST', { authorization }, '{}')).toMatchObject({ status: 404 });
  expect(await ask(at('/nothing'), 'GET', { authorization })).toMatchObject({ status: 404 });

  // Another browser has another address.
  const next = new URL(urlIn(await says('For another browser: '))).hash.slice(1);
  expect(next).not.toBe(code);
  expect(await ask(at('/key'), 'POST', {}, next)).toMatchObject({ status: 200, body: key });
});
