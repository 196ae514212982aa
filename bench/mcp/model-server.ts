/** A model server on this machine that answers at once, whatever it is shown, and hands out one picture. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface ModelServer {
  readonly url: string;
  close(): Promise<void>;
}

const words = 'A blue rectangle.';

/** @param picture what GET /picture.png gives. */
export async function startModelServer(picture: Uint8Array): Promise<ModelServer> {
  const server = createServer(async (request, response) => {
    if (request.url === '/picture.png') {
      response.writeHead(200, { 'content-type': 'image/png' }).end(picture);
    } else if (request.url?.endsWith('/chat/completions')) {
      const body: unknown = await json(request);
      const streams = typeof body === 'object' && body !== null && 'stream' in body && body.stream === true;
      const choice = { index: 0, finish_reason: 'stop' };
      const type = streams ? 'text/event-stream' : 'application/json';
      response.writeHead(200, { 'content-type': type });
      if (streams) {
        const event = (choices: object) => `data: ${JSON.stringify({ choices: [choices] })}\n\n`;
        response.write(event({ index: 0, delta: { content: words } }));
        response.end(`${event({ ...choice, delta: {} })}data: [DONE]\n\n`);
      } else {
        const message = { role: 'assistant', content: words };
        response.end(JSON.stringify({ choices: [{ ...choice, message }] }));
      }
    } else {
      const models = { object: 'list', data: [{ id: 'scripted', object: 'model' }] };
      const known = request.url?.endsWith('/models');
      response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(known ? models : {}));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // What `listen` on TCP gives; a pipe would give text.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
