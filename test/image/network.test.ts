/** Pictures by URL: a real HTTP server on this machine stands for the web; everything else here is forbidden. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '../../shared/context.ts';
import { type ReadOptions, readPicture } from '../../shared/image/index.ts';
import { isPublicAddress } from '../../shared/image/public-address.ts';
import { context, failure, plain, reference } from './pictures.ts';

let server: Server;
let port = 0;
let asked: string[] = [];
const web = 'pictures.example';
const url = (path: string, host = web): string => `http://${host}:${port}${path}`;

/** The one allowed name leads to the server; every other name too, but without leave. */
const options: ReadOptions = {
  allowPrivateHosts: [web],
  resolveHost: async (host) => (host === 'absent.example' ? [] : ['127.0.0.1']),
};
const read = (text: string, more: Partial<ReadOptions> = {}, limits = {}) =>
  readPicture(reference(text), context(limits), { ...options, ...more });

beforeAll(async () => {
  const png = await plain(7, 5).png().toBuffer();
  const answers: Record<string, (response: ServerResponse, request: IncomingMessage) => void> = {
    '/a.png': (response) => response.end(png),
    '/gzip': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(png)),
    '/bomb': (response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(300_000))),
    '/moved': (response) => response.writeHead(302, { location: '/a.png' }).end(),
    '/to-name': (response) => response.writeHead(302, { location: url('/a.png', 'inside.example') }).end(),
    '/to-number': (response) => response.writeHead(301, { location: url('/a.png', '127.0.0.1') }).end(),
    '/to-metadata': (response) =>
      response.writeHead(307, { location: 'http://169.254.169.254/latest' }).end(),
    '/to-file': (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/to-password': (response) =>
      response.writeHead(302, { location: `http://a:b@${web}:${port}/a.png` }).end(),
    '/loop': (response) => response.writeHead(302, { location: '/loop' }).end(),
    '/empty': (response) => response.end(),
    '/login': (response) => response.end('<!doctype html><title>Log in</title>'),
    '/huge': (response) => response.writeHead(200, { 'content-length': 10_000_000 }).end(),
    '/endless': (response) => {
      const send = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) {}
      };
      response.on('drain', send);
      send();
    },
    '/slow': (response) => void response.write(png.subarray(0, 10)),
    '/cut': (response) => {
      response.writeHead(200, { 'content-length': png.length });
      response.write(png.subarray(0, 10), () => response.destroy());
    },
  };
  server = createServer((request, response) => {
    asked.push(`${request.headers.host}${request.url}`);
    const answer = answers[request.url ?? ''];
    if (answer) answer(response, request);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = address !== null && typeof address === 'object' ? address.port : 0;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('fetching', () => {
  it('reads a picture, follows a redirect, and unpacks', async () => {
    expect(await read(url('/a.png'))).toMatchObject({
      name: 'a.png',
      format: 'png',
      raster: { width: 7, height: 5 },
    });
    expect((await read(url('/moved'))).name).toBe('a.png');
    expect((await read(url('/gzip'))).raster.width).toBe(7);
  });

  it('bounds an endless body, an announced one, and a packed one', async () => {
    const limits = { maxInputBytes: 100_000 };
    expect(await failure(read(url('/endless'), {}, limits))).toMatchObject({
      code: 'input-too-large',
      message: `Expected a picture of at most 98 KB, but ${url('/endless')} has more than 98 KB.`,
    });
    expect((await failure(read(url('/huge'), {}, limits))).message).toContain('has 9.5 MB.');
    expect((await failure(read(url('/bomb'), {}, limits))).code).toBe('input-too-large');
  });

  it('gives up after the time limit', async () => {
    expect(await failure(read(url('/slow'), {}, { networkTimeoutMs: 200 }))).toMatchObject({
      code: 'network',
      message: `Expected a picture within 0.2 s, but ${url('/slow')} did not finish.`,
    });
  });

  it('stops when cancelled', async () => {
    const controller = new AbortController();
    const work = readPicture(reference(url('/slow')), createContext(controller.signal), options);
    setTimeout(() => controller.abort(), 50);
    expect((await failure(work)).code).toBe('cancelled');
  });

  it('tells status, cut connections, wrong types, and unknown hosts', async () => {
    expect(await failure(read(url('/none.png?secret=1')))).toMatchObject({
      code: 'network',
      message: `Expected a picture, but ${url('/none.png')} answered with status 404.`,
    });
    expect((await failure(read(url('/cut')))).code).toBe('network');
    expect((await failure(read(url('/empty')))).message).toBe(
      `Expected a picture, but ${url('/empty')} is empty (0 bytes).`,
    );
    expect((await failure(read(url('/login')))).message).toContain('but login is an HTML page.');
    expect(await failure(read(url('/a.png', 'absent.example')))).toMatchObject({
      code: 'network',
      message: 'The host absent.example was not found.',
    });
  });
});

describe('private networks', () => {
  const refusal = (host: string, address = host) => ({
    code: 'not-allowed',
    message: `Expected a public web address, but ${host} is on a private network or this machine (${address}).`,
    next: 'Save the picture to a file and give its path.',
  });

  it('refuses a name that resolves to this machine, before connecting', async () => {
    asked = [];
    expect(await failure(read(url('/a.png', 'inside.example')))).toMatchObject(
      refusal('inside.example', '127.0.0.1'),
    );
    expect(await failure(read(url('/a.png', 'localhost'), { allowPrivateHosts: [] }))).toMatchObject(
      refusal('localhost', '127.0.0.1'),
    );
    expect(asked).toEqual([]);
  });

  it('refuses a name of which one of several addresses is private', async () => {
    const resolveHost = async (): Promise<string[]> => ['93.184.216.34', '10.0.0.8'];
    expect(await failure(read(url('/a.png', 'mixed.example'), { resolveHost }))).toMatchObject(
      refusal('mixed.example', '10.0.0.8'),
    );
  });

  it('connects to the address that was checked, so a second answer cannot differ', async () => {
    let calls = 0;
    const resolveHost = async (): Promise<string[]> => {
      calls += 1;
      return ['127.0.0.1'];
    };
    await read(url('/a.png'), { resolveHost });
    expect(calls).toBe(1);
  });

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['0x7f.1', '127.0.0.1'],
    ['2130706433', '127.0.0.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['[::1]', '::1'],
    ['[::ffff:127.0.0.1]', '::ffff:7f00:1'],
  ])('refuses %s', async (host, address) => {
    asked = [];
    const error = await failure(read(url('/a.png', host)));
    expect(error).toMatchObject(refusal(address));
    expect(asked).toEqual([]);
  });

  it('refuses a redirect to one, by name and by number', async () => {
    asked = [];
    expect(await failure(read(url('/to-name')))).toMatchObject(refusal('inside.example', '127.0.0.1'));
    expect(await failure(read(url('/to-number')))).toMatchObject(refusal('127.0.0.1'));
    expect(await failure(read(url('/to-metadata')))).toMatchObject(refusal('169.254.169.254'));
    expect(asked).toEqual(['to-name', 'to-number', 'to-metadata'].map((path) => `${web}:${port}/${path}`));
  });

  it('refuses other schemes, passwords, and endless redirects', async () => {
    expect(await failure(read(url('/to-file')))).toMatchObject({
      code: 'not-allowed',
      message: 'Expected a redirect to an http(s) address, but came to "file:".',
    });
    expect((await failure(read(url('/to-password')))).message).toContain('without a user name or password');
    expect((await failure(read(`http://me:secret@${web}:${port}/a.png`))).message).toBe(
      `Expected an address without a user name or password: ${url('/a.png')}.`,
    );
    asked = [];
    expect((await failure(read(url('/loop')))).message).toBe(
      `Expected a picture, but ${url('/loop')} redirects more than 5 times.`,
    );
    expect(asked).toHaveLength(6);
  });

  it.each([
    ['8.8.8.8', true],
    ['93.184.216.34', true],
    ['2606:4700::1111', true],
    ['10.1.2.3', false],
    ['172.16.0.1', false],
    ['192.168.1.1', false],
    ['100.64.0.1', false],
    ['169.254.169.254', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['0.1.2.3', false],
    ['198.18.0.1', false],
    ['192.0.2.1', false],
    ['240.0.0.1', false],
    ['::', false],
    ['::1', false],
    ['fe80::1', false],
    ['fc00::1', false],
    ['fd00:ec2::254', false],
    ['ff02::1', false],
    ['::ffff:10.0.0.1', false],
    ['::ffff:8.8.8.8', true],
    ['::127.0.0.1', false],
    ['64:ff9b::7f00:1', false],
    ['64:ff9b::808:808', true],
    ['2002:7f00:1::', false],
    ['2001:db8::1', false],
    ['not an address', false],
  ])('%s is public: %s', (address, wanted) => {
    expect(isPublicAddress(address)).toBe(wanted);
  });
});
