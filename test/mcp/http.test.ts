/** The same server over HTTP: both eras at one address, for programs of this machine only. */
import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { card } from '../cli/samples.ts';
import { delta, event, finish, serveChat, stream } from '../engine/scripted-server.ts';
import { until } from '../host/helpers.ts';
import { eras, type HttpService, httpClient, httpService, place } from './client.ts';

const describing = { name: 'describe_image', arguments: { image: 'a.png' } };

describe.each(eras)('a client of %s', (era) => {
  it('lists and calls tools, with progress', async () => {
    const server = await serveChat(stream([delta('A card.'), finish(), event('[DONE]')]));
    const home = await place({ 'a.png': await card() });
    const client = await httpClient(await httpService(home, ['--base-url', server.url]), era);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain('ui_to_code');
    const told: number[] = [];
    const answer = await client.callTool(describing, {
      onprogress: ({ progress }) => void told.push(progress),
    });
    expect(answer.structuredContent).toMatchObject({ text: 'A card.' });
    expect(told.length).toBeGreaterThan(0);
  });

  it('that cancels ends the work of the model, and no other call', async () => {
    const server = await serveChat(stream([delta('It goes on ')], 'hold'));
    const home = await place({ 'a.png': await card() });
    const service = await httpService(home, ['--base-url', server.url]);
    const [one, other] = [await httpClient(service, era), await httpClient(service, era)];
    const abort = new AbortController();
    const cancelled = one.callTool(describing, { signal: abort.signal });
    const ended = expect(cancelled).rejects.toThrow();
    await until(() => server.chats().length === 1);
    const kept = other.callTool(describing, { signal: AbortSignal.timeout(30_000) });
    const keptEnds = expect(kept).rejects.toThrow();
    await until(() => server.chats().length === 2);
    abort.abort();
    await ended;
    expect(await server.chats()[0]?.closed).toBe(false);
    const still = Symbol('still open');
    expect(await Promise.race([server.chats()[1]?.closed, still])).toBe(still);
    await other.close();
    await keptEnds;
    // A client that goes away ends what it asked for.
    expect(await server.chats()[1]?.closed).toBe(false);
  });
});

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

async function statusOf({ url }: HttpService, { method = 'POST', path, headers, body = {} }: Sent) {
  const target = new URL(path ?? '/mcp', url);
  const accept = 'application/json, text/event-stream';
  const sent = request(target, {
    method,
    headers: { 'content-type': 'application/json', accept, ...headers },
  });
  // A body that was announced as too long is refused before it is sent.
  if (headers?.['content-length'] !== undefined) sent.flushHeaders();
  else sent.end(method === 'POST' ? JSON.stringify(body) : undefined);
  const [response] = await once(sent, 'response');
  response.resume();
  sent.destroy();
  return response.statusCode;
}

const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };

it('refuses pages that reach us by another name, unknown paths, sessions and too much', async () => {
  const service = await httpService(await place());
  const { port } = new URL(service.url);
  expect(await statusOf(service, { body: ping })).toBe(200);
  expect(await statusOf(service, { body: ping, headers: { host: `localhost:${port}` } })).toBe(200);
  expect(await statusOf(service, { body: ping, headers: { origin: `http://localhost:${port}` } })).toBe(200);
  expect(await statusOf(service, { body: ping, headers: { host: 'evil.example' } })).toBe(403);
  expect(await statusOf(service, { body: ping, headers: { origin: 'http://evil.example' } })).toBe(403);
  expect(await statusOf(service, { body: ping, headers: { origin: 'null' } })).toBe(403);
  expect(await statusOf(service, { path: '/', method: 'GET' })).toBe(404);
  expect(await statusOf(service, { body: ping, headers: { 'mcp-session-id': 'never-given' } })).toBe(404);
  expect(await statusOf(service, { headers: { 'content-length': '5000000' } })).toBe(413);
});

it('ends on a signal, and with it what runs', async () => {
  const server = await serveChat(stream([delta('It goes on ')], 'hold'));
  const home = await place({ 'a.png': await card() });
  const service = await httpService(home, ['--base-url', server.url]);
  for (const era of eras) {
    const client = await httpClient(service, era);
    client.callTool(describing, { signal: AbortSignal.timeout(30_000) }).catch(() => {});
  }
  await until(() => server.chats().length === 2);
  service.process.kill('SIGTERM');
  expect(await once(service.process, 'exit')).toEqual([0, null]);
  for (const { closed } of server.chats()) expect(await closed).toBe(false);
});

it('says which port is taken', async () => {
  const home = await place();
  const { url } = await httpService(home);
  const { run } = await import('../cli/command.ts');
  const { code, stderr } = await run(['mcp', '--http', '--port', new URL(url).port], home);
  expect(code).toBe(1);
  expect(stderr).toContain('another program uses it');
});
