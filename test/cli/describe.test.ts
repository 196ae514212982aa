/** `describe` and the direct strategy, against a scripted model server. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { delta, event, finish, serveChat, stream } from '../engine/scripted-server.ts';
import { plain } from '../image/pictures.ts';
import { contents, folder, run, start } from './command.ts';
import { card } from './samples.ts';

const picture = async (): Promise<Buffer> => await plain(320, 200).png().toBuffer();
const said = (...pieces: string[]) => [...pieces.map(delta), finish(), event('[DONE]')];

describe('describe', () => {
  it('prints the words on stdout and the progress on stderr', async () => {
    const server = await serveChat(stream(said('A blue ', 'rectangle.')));
    const cwd = await folder({ 'a.png': await picture() });
    const { code, stdout, stderr } = await run(['describe', 'a.png', '--base-url', server.url], { cwd });
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: 'A blue rectangle.\n' });
    expect(stderr).toContain('a.png: waiting for the model\n');
    expect(await contents(cwd)).toEqual(['a.png']);
  });

  it('sends the picture and the limit, and keeps the key out of what it prints', async () => {
    const server = await serveChat(stream(said('Blue.')));
    const cwd = await folder({ 'a.png': await picture() });
    const args = ['describe', 'a.png', '--base-url', server.url, '--max-tokens', '77', '--json'];
    const { stdout, stderr } = await run(args, { cwd, env: { PIXELWRIGHT_API_KEY: 'sesame' } });
    const [chat] = server.chats();
    expect(chat?.headers.authorization).toBe('Bearer sesame');
    expect(chat?.body).toMatchObject({ max_tokens: 77 });
    expect(JSON.stringify(chat?.body)).toContain('data:image/png;base64,');
    expect(JSON.parse(stdout)).toMatchObject({
      text: 'Blue.',
      truncated: false,
      repetition: false,
      picture: { name: 'a.png', width: 320, height: 200, format: 'png' },
    });
    expect(stdout + stderr).not.toContain('sesame');
  });

  it('says that an answer was cut', async () => {
    const server = await serveChat(stream([delta('A blue'), finish('length'), event('[DONE]')]));
    const cwd = await folder({ 'a.png': await picture() });
    const { code, stderr } = await run(['describe', 'a.png', '--base-url', server.url], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain('The answer was cut at its token limit; --max-tokens raises it.');
  });

  it('without a server says how to get a model', async () => {
    const cwd = await folder({ 'a.png': await picture() });
    const { code, stdout, stderr } = await run(['describe', 'a.png'], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^Describing a picture needs a model, and none is installed\.\n {2}Run "pixelwright models pull"/,
    );
  });

  it('a model file that is not there', async () => {
    const cwd = await folder({ 'a.png': await picture() });
    const { code, stdout, stderr } = await run(
      ['describe', 'a.png', '--model', './m.gguf', '--mmproj', './v.gguf'],
      { cwd },
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/m\.gguf/);
    expect(stderr).toContain('Correct the path.');
  });

  it('a server that is not there', async () => {
    const cwd = await folder({ 'a.png': await picture() });
    const { code, stderr } = await run(['describe', 'a.png', '--base-url', 'http://127.0.0.1:9'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/127\.0\.0\.1:9/);
  });

  it('Ctrl-C closes the connection', async () => {
    const server = await serveChat(stream([delta('A blue')], 'hold'));
    const cwd = await folder({ 'a.png': await picture() });
    const running = start(['describe', 'a.png', '--base-url', server.url], { cwd });
    await running.says('the model writes');
    running.process.kill('SIGINT');
    const { code, stdout, stderr } = await running.finished;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toMatch(/cancelled/);
    expect(await server.chats()[0]?.closed).toBe(false);
  });
});

describe('convert with a model', () => {
  const answer =
    '```html\n<!DOCTYPE html><html lang="en"><head><title>T</title></head><body><h1>Hi</h1></body></html>\n```';

  it('direct has the model write the page', async () => {
    const server = await serveChat(stream(said(...answer.split(/(?<=>)/))));
    const cwd = await folder({ 'a.png': await picture() });
    const args = ['convert', 'a.png', '--base-url', server.url, '--strategy', 'direct'];
    const { code, stdout, stderr } = await run(args, { cwd });
    expect({ code, stdout }, stderr).toEqual({
      code: 0,
      stdout: `${path.join('pixelwright-out', 'a.html')}\n`,
    });
    expect(stderr).toContain('a.png: written by the model, 1 file');
    expect(await contents(cwd)).toEqual(['a.png', 'pixelwright-out/', 'pixelwright-out/a.html']);
    const page = await readFile(path.join(cwd, 'pixelwright-out', 'a.html'), 'utf8');
    expect(page).toContain('<h1>Hi</h1>');
    expect(page).toContain('<meta name="generator" content="pixelwright"');
  });

  it('an answer that is no page fails and writes nothing', async () => {
    const server = await serveChat(stream(said('I cannot see the picture.')));
    const cwd = await folder({ 'a.png': await picture() });
    const args = ['convert', 'a.png', '--strategy', 'direct', '--base-url', server.url];
    const { code, stderr } = await run(args, { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/Expected HTML from the model/);
    expect(await contents(cwd)).toEqual(['a.png']);
  });

  it('auto gives the draft instead of an answer that perceives nothing, and says so', async () => {
    const server = await serveChat(stream(said('I cannot see the picture.')));
    // With words on it: of an empty picture there is nothing to perceive.
    const cwd = await folder({ 'a.png': await card() });
    const { code, stdout, stderr } = await run(['convert', 'a.png', '--base-url', server.url], { cwd });
    expect(code).toBe(0);
    expect(stdout + stderr).toMatch(/The model could not perceive the page/);
    expect(await contents(cwd)).toContain('pixelwright-out/a.html');
  });

  it('direct without a server says how to get one', async () => {
    const cwd = await folder({ 'a.png': await picture() });
    const { code, stderr } = await run(['convert', 'a.png', '--strategy', 'direct'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/a\.png: The direct strategy needs a model, and none is installed\./);
    expect(await contents(cwd)).toEqual(['a.png']);
  });
});
