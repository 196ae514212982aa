/** Proxies of the environment: used, passed by, and told when they refuse. */
import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startHub } from './hub.ts';
import { newStore, pull } from './store.ts';

/** A proxy that forwards requests, refuses tunnels, and remembers both. */
async function startProxy(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { method, headers } = request;
    send(request.url ?? '', { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    }).end();
  });
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return { url: `http://127.0.0.1:${address.port}`, asked };
}

describe('a proxy', () => {
  it('of HTTP_PROXY is used for a hub without encryption, and for its storage', async () => {
    const [hub, proxy] = [await startHub(), await startProxy()];
    const store = await newStore(hub);
    store.environment['HTTP_PROXY'] = proxy.url;
    await pull(store);
    expect(proxy.asked).toHaveLength(5);
    expect(proxy.asked[0]).toMatch(new RegExp(`^GET ${hub.url}/api/models/`));
    expect(proxy.asked[2]).toMatch(new RegExp(`^GET ${hub.storageUrl}/blobs/`));
  });

  it.each(['127.0.0.1,localhost', '*'])('is passed by for the hosts of NO_PROXY=%s', async (hosts) => {
    const [hub, proxy] = [await startHub(), await startProxy()];
    const store = await newStore(hub);
    store.environment['http_proxy'] = proxy.url;
    store.environment['NO_PROXY'] = hosts;
    await pull(store);
    expect(proxy.asked).toEqual([]);
  });

  it('of HTTPS_PROXY is asked for a tunnel to the hub, and its refusal is told', async () => {
    const proxy = await startProxy();
    const store = await newStore();
    Object.assign(store.environment, { HTTPS_PROXY: proxy.url, HF_ENDPOINT: 'https://hub.invalid' });
    await expect(pull(store, {}, { retryDelaysMs: [] })).rejects.toMatchObject({
      code: 'network',
      message: expect.stringMatching(/^The connection to hub\.invalid failed: .*403/),
      next: expect.stringContaining('HTTPS_PROXY'),
    });
    expect(proxy.asked).toEqual(['CONNECT hub.invalid:443']);
  });

  it('that is no address is told', async () => {
    const store = await newStore(await startHub());
    store.environment['HTTPS_PROXY'] = 'not an address';
    await expect(pull(store)).rejects.toMatchObject({
      code: 'option-invalid',
      next: 'Write it as http://host:port.',
    });
  });
});
