/** Bad pictures through the command: the sentence, the exit code, and that nothing is left behind. */
import { chmod, mkdir } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { plain, pngHeader } from '../image/pictures.ts';
import { contents, folder, run } from './command.ts';

const svgWithEntity = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text y="9">&x;</text></svg>`;

/** Runs `convert` on one bad input; it must fail and leave the folder as it was. */
async function refusal(cwd: string, reference: string, ...flags: string[]): Promise<string> {
  const before = await contents(cwd);
  const { code, stdout, stderr } = await run(['convert', reference, '--strategy', 'measured', ...flags], {
    cwd,
  });
  expect({ code, stdout }, stderr).toEqual({ code: 1, stdout: '' });
  expect(await contents(cwd)).toEqual(before);
  return stderr.replaceAll(cwd, 'CWD').replace(/^.*: reading the picture\n/, '');
}

describe('files that are no pictures', () => {
  it('a missing file', async () => {
    const cwd = await folder({ 'login.png': 'x' });
    expect(await refusal(cwd, 'logn.png')).toBe(
      'logn.png: There is no file CWD/logn.png.\n  Did you mean CWD/login.png?\n',
    );
  });

  it('a folder', async () => {
    const cwd = await folder();
    await mkdir(path.join(cwd, 'shots'));
    expect(await refusal(cwd, 'shots')).toBe(
      'shots: Expected a picture file, but CWD/shots is a folder.\n  Name the pictures in it, for example CWD/shots/*.png.\n',
    );
  });

  it('a dash, which stands for a pipe elsewhere', async () => {
    expect(await refusal(await folder(), '-')).toBe(
      '-: Expected a picture file, but "-" stands for a pipe.\n  Save the picture to a file and name that, or copy it and give clipboard: instead.\n',
    );
  });

  it.runIf(process.platform === 'linux')('a pipe under a name', async () => {
    expect(await refusal(await folder(), '/dev/stdout')).toBe(
      '/dev/stdout: Expected a picture file, but /dev/stdout is a device, pipe or socket.\n  Save the picture to a file and name that.\n',
    );
  });

  it('an empty file', async () => {
    const cwd = await folder({ 'a.png': '' });
    expect(await refusal(cwd, 'a.png')).toMatch(/^a\.png: .*a\.png is empty/);
  });

  it('a text named .png', async () => {
    const cwd = await folder({ 'a.png': 'hello, this is text\n' });
    expect(await refusal(cwd, 'a.png')).toMatch(
      /^a\.png: Expected a PNG, JPEG, .* picture, but .*a\.png is text\./,
    );
  });

  it('a truncated PNG', async () => {
    const whole = await plain(400, 300).png().toBuffer();
    const cwd = await folder({ 'a.png': whole.subarray(0, 200) });
    expect(await refusal(cwd, 'a.png')).toMatch(/^a\.png: Expected a whole .*\n {2}\S/);
  });

  it('a PNG header of 30,000 × 30,000', async () => {
    const cwd = await folder({ 'a.png': pngHeader(30_000, 30_000) });
    expect(await refusal(cwd, 'a.png')).toMatch(/^a\.png: .*has 30000 × 30000 \(900 million\)/);
  });

  it('an SVG with an external entity', async () => {
    const cwd = await folder({ 'a.svg': svgWithEntity });
    expect(await refusal(cwd, 'a.svg')).toMatch(
      /^a\.svg: Expected an SVG that is complete in itself, .*\n {2}\S/,
    );
  });

  it('a file that may not be read', async () => {
    const cwd = await folder({ 'a.png': await plain(4, 4).png().toBuffer() });
    await chmod(path.join(cwd, 'a.png'), 0);
    await chmod(cwd, 0o777);
    // Root reads everything, so a command started by root runs as somebody else.
    const uid = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const { code, stdout, stderr } = await run(['convert', 'a.png', '--strategy', 'measured'], {
      cwd,
      ...uid,
    });
    expect(stderr).toMatch(/a\.png: .*may not be read|permission/i);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(await contents(cwd)).toEqual(['a.png']);
  });

  it('a scheme that is none', async () => {
    expect(await refusal(await folder(), 'ftp://example.com/a.png')).toMatch(/but the scheme is "ftp:"/);
  });
});

describe('addresses', () => {
  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    // listen() on a TCP port gives an AddressInfo; text and null belong to pipes and closed servers.
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('one on a private network', async () => {
    expect(await refusal(await folder(), 'http://169.254.169.254/latest')).toMatch(
      /^http:\S+ Expected a public web address, but 169\.254\.169\.254 is on a private network/,
    );
  });

  it('a redirect to one', async () => {
    const url = await serve((_, response) =>
      response.writeHead(302, { location: 'http://10.0.0.1/a.png' }).end(),
    );
    expect(await refusal(await folder(), `${url}/a.png`, '--allow-private-hosts', '127.0.0.1')).toMatch(
      /Expected a public web address, but 10\.0\.0\.1 is on a private network/,
    );
  });

  it('an endless body', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      const more = (): boolean => response.write(Buffer.alloc(65_536, 1));
      response.on('drain', more);
      while (more());
    });
    const flags = ['--allow-private-hosts', '127.0.0.1', '--max-input-bytes', '100000'];
    expect(await refusal(await folder(), `${url}/a.png`, ...flags)).toMatch(
      /Expected a picture of at most 98 KB/,
    );
  });
});

describe('the output folder', () => {
  it('is a file', async () => {
    const cwd = await folder({ 'a.png': await plain(4, 4).png().toBuffer(), taken: 'mine' });
    expect(await refusal(cwd, 'a.png', '--out', 'taken')).toBe(
      'Expected a folder to write into, but CWD/taken is not: a file of that name is in the way.\n  Give another folder with --out.\n',
    );
  });

  it('lies in a file', async () => {
    const cwd = await folder({ 'a.png': await plain(4, 4).png().toBuffer(), taken: 'mine' });
    expect(await refusal(cwd, 'a.png', '--out', 'taken/deeper')).toMatch(
      /part of that path is a file, not a folder/,
    );
  });

  it('may not be written', async () => {
    const cwd = await folder({ 'a.png': await plain(4, 4).png().toBuffer() });
    await mkdir(path.join(cwd, 'out'), { mode: 0o555 });
    await chmod(cwd, 0o755);
    const uid = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const { code, stderr } = await run(['convert', 'a.png', '--out', 'out', '--strategy', 'measured'], {
      cwd,
      ...uid,
    });
    expect(stderr.replaceAll(cwd, 'CWD')).toBe(
      'Expected a folder to write into, but CWD/out is not: permission is denied.\n  Give another folder with --out.\n',
    );
    expect(code).toBe(1);
    expect(await contents(path.join(cwd, 'out'))).toEqual([]);
  });

  it('is not made for an input that fails', async () => {
    const cwd = await folder({ 'a.png': '' });
    await refusal(cwd, 'a.png', '--out', 'new/deeper');
  });
});
