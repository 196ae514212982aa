/** A design against the page of a server that the user named: our rules hold for all that the page asks for. */
import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { comparePage } from '../../shared/index.ts';
import { findBrowser } from '../../shared/score/find-browser.ts';
import { context, plain } from '../image/pictures.ts';

/** A page that is drawn by its script, in a folder that the server leads to. */
async function application(): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (request.url === '/') response.writeHead(302, { location: '/app/' }).end();
    else if (request.url === '/app/')
      response
        .setHeader('content-type', 'text/html')
        .end(
          '<!doctype html><title>App</title><body style="margin:0"><script type="module" src="main.js"></script>',
        );
    else if (request.url === '/app/main.js')
      response.setHeader('content-type', 'text/javascript').end(`
        const { color } = await (await fetch('color.json')).json();
        document.body.style.background = color;
        fetch('color.json', { method: 'POST', body: 'secret' }).catch(() => {});
        document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.2:' + location.port + '/secret.png', hidden: true }));`);
    else if (request.url === '/app/color.json')
      response.setHeader('content-type', 'application/json').end('{"color":"#3060c0"}');
    else response.writeHead(404).end();
  });
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  await new Promise<void>((resolve) => void server.listen(0, resolve));
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, asked };
}

it('renders what a named server shows, with its scripts, and lets it ask for nothing else', async () => {
  const { port, asked } = await application();
  const bytes = await plain(320, 200, '#3060c0').png().toBuffer();
  const { path: browserPath } = await findBrowser({});
  const page = `http://127.0.0.1:${port}/`;
  const compared = await comparePage(
    { kind: 'bytes', bytes, name: 'design.png' },
    page,
    { browserPath, read: { allowPrivateHosts: ['127.0.0.1'] } },
    context(),
  );
  expect(compared.same).toBe(true);
  expect(compared.actual.width).toBe(320);
  expect(compared.warnings.toSorted()).toEqual([
    `Not loaded, POST is not sent: http://127.0.0.1:${port}/app/color.json`,
    `Not loaded, not-allowed: http://127.0.0.2:${port}/secret.png`,
  ]);
  expect(asked).toEqual(expect.arrayContaining(['GET /app/main.js', 'GET /app/color.json']));
  expect(asked.filter((line) => /POST|secret/.test(line))).toEqual([]);

  const before = asked.length;
  await expect(comparePage({ kind: 'bytes', bytes }, page, { browserPath }, context())).rejects.toMatchObject(
    { code: 'not-allowed' },
  );
  expect(asked).toHaveLength(before);
});
