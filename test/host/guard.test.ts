/** Who gets in: programs with the token that call the host by a name of loopback. */
import { once } from 'node:events';
import { request } from 'node:http';
import { expect, it } from 'vitest';
import type { EngineHost } from '../../shared/engine/host/engine-host.ts';
import { answerChallenge, challenge, isProven, newToken } from '../../shared/engine/host/proof.ts';
import { call, localHost } from './helpers.ts';

/** By `node:http`, which lets a test write any header. */
async function status(
  { port }: EngineHost,
  headers: Record<string, string>,
  path = '/status',
): Promise<{ status: number; body: string }> {
  const sent = request({ host: '127.0.0.1', port, path, headers, agent: false }).end();
  const [response] = await once(sent, 'response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, body };
}

const bearer = ({ token }: EngineHost) => ({ authorization: `Bearer ${token}` });

it.each(['/status', '/health', '/v1/models', '/stop', '/nothing'])('%s needs the token', async (path) => {
  const host = await localHost();
  expect((await status(host, {}, path)).status).toBe(401);
  expect((await status(host, { authorization: `Bearer ${newToken()}` }, path)).status).toBe(401);
  expect((await status(host, { authorization: host.token }, path)).status).toBe(401);
  expect((await status(host, { authorization: `Basic ${host.token}` }, path)).status).toBe(401);
});

it('says what to send to those who have no token', async () => {
  const { body } = await status(await localHost(), {});
  expect(JSON.parse(body).error.message).toBe(
    'The engine host needs its token, and no token came. Send "Authorization: Bearer TOKEN"; "pixelwright status --token" prints it to the user who started the host.',
  );
});

it('can be called by the names of loopback, and by no other', async () => {
  const host = await localHost();
  for (const name of ['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST']) {
    expect((await status(host, { ...bearer(host), host: `${name}:${host.port}` })).status, name).toBe(200);
  }
  for (const name of [
    'evil.test',
    `evil.test:${host.port}`,
    '127.0.0.1',
    '127.0.0.1:1',
    `localhost.evil.test:${host.port}`,
  ]) {
    expect((await status(host, { ...bearer(host), host: name })).status, name).toBe(403);
  }
});

it('takes addresses of this machine where its user has opened it, but no names', async () => {
  const host = await localHost({ address: '0.0.0.0' });
  expect((await status(host, { ...bearer(host), host: `192.168.1.5:${host.port}` })).status).toBe(200);
  expect((await status(host, { ...bearer(host), host: `evil.test:${host.port}` })).status).toBe(403);
  expect((await status(host, { host: `192.168.1.5:${host.port}` })).status).toBe(401);
});

it('takes nothing from web pages', async () => {
  const host = await localHost();
  for (const origin of ['https://evil.test', 'null', `http://127.0.0.1:${host.port}`]) {
    expect((await status(host, { ...bearer(host), origin })).status, origin).toBe(403);
  }
  const response = await fetch(`http://127.0.0.1:${host.port}/v1/chat/completions`, {
    method: 'OPTIONS',
    headers: { 'access-control-request-method': 'POST' },
  });
  expect(response.status).toBe(401);
  expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
});

it('proves itself to a client that sends no token, and gives it nothing else', async () => {
  const host = await localHost();
  const { nonce, header } = challenge(host.token);
  const health = JSON.parse((await status(host, { authorization: header }, '/health')).body);
  expect(isProven(host.token, nonce, health.proof)).toBe(true);
  expect(isProven(newToken(), nonce, health.proof)).toBe(false);
  expect((await status(host, { authorization: header }, '/status')).status).toBe(401);
  expect((await status(host, { authorization: challenge(newToken()).header }, '/health')).status).toBe(401);
});

it('a challenge of one host proves nothing at another', () => {
  expect(answerChallenge(newToken(), challenge(newToken()).header)).toBeUndefined();
  expect(answerChallenge(newToken(), 'Pixelwright short proof')).toBeUndefined();
});

it.each<[what: string, body: string, status: number, message: string]>([
  ['no JSON', '{"messages": [', 400, 'The request to the engine host is not JSON: '],
  ['nothing', '', 400, 'The request to the engine host is not JSON: '],
  ['a number', '7', 400, 'The chat request is not valid: '],
  ['more than it may be', JSON.stringify('x'.repeat(5000)), 413, 'is longer than 4096 bytes.'],
])('a body of %s gets a sentence', async (_, body, code, message) => {
  const host = await localHost({ longestBody: 4096 });
  const response = await call(host, '/v1/chat/completions', { body });
  expect(response.status).toBe(code);
  expect((await response.json()).error.message).toContain(message);
});

it('a body of unknown length is bounded too', async () => {
  const host = await localHost({ longestBody: 4096 });
  const sent = request({
    host: '127.0.0.1',
    port: host.port,
    path: '/v1/chat/completions',
    method: 'POST',
    headers: { ...bearer(host), 'transfer-encoding': 'chunked' },
    agent: false,
  });
  const answered = once(sent, 'response');
  for (let count = 0; count < 100; count += 1) sent.write('x'.repeat(1000));
  sent.end();
  const [response] = await answered;
  expect(response.statusCode).toBe(413);
  response.resume();
});

it.each([
  ['GET', '/v1/chat/completions', 405],
  ['POST', '/health', 405],
  ['GET', '/v1/nothing', 404],
])('%s %s is answered with %i', async (method, path, code) => {
  const host = await localHost();
  const response = await fetch(`http://127.0.0.1:${host.port}${path}`, {
    method,
    headers: bearer(host),
  });
  expect(response.status).toBe(code);
});
