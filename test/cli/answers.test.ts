/** `ask`, `text`, `locate`, `extract` and `compare`, as a user types them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { delta, event, finish, serveChat, stream } from '../engine/scripted-server.ts';
import { plain } from '../image/pictures.ts';
import { contents, folder, run } from './command.ts';
import { card } from './samples.ts';

const picture = await card();
const blank = await plain(1280, 1024).png().toBuffer();
const said = (words: string) => stream([delta(words), finish(), event('[DONE]')]);

describe('ask', () => {
  it('prints the answer on stdout', async () => {
    const server = await serveChat(said('A card.'));
    const cwd = await folder({ 'a.png': picture, 'b.png': blank });
    const args = ['ask', 'a.png', 'What is it?', '--with', 'b.png', '--base-url', server.url];
    const { code, stdout, stderr } = await run(args, { cwd });
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: 'A card.\n' });
    expect(JSON.stringify(server.chats()[0]?.body)).toContain('Picture 2: ');
  });

  it('without a model says how to get one', async () => {
    const cwd = await folder({ 'a.png': picture });
    const { code, stdout, stderr } = await run(['ask', 'a.png', 'What is it?'], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^Answering a question about a picture needs a model.*\n {2}Run "pixelwright models pull"/,
    );
  });

  it('without a question is wrong usage', async () => {
    const cwd = await folder({ 'a.png': picture });
    expect(await run(['ask', 'a.png'], { cwd })).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('text', () => {
  it('prints plain text, Markdown, or JSON; without a model', async () => {
    const cwd = await folder({ 'a.png': picture });
    const text = await run(['text', 'a.png'], { cwd });
    expect(text.code, text.stderr).toBe(0);
    expect(text.stdout).toBe('Hello page\n');
    expect((await run(['text', 'a.png', '--markdown'], { cwd })).stdout).toContain('Hello page');
    const { stdout, stderr } = await run(['text', 'a.png', '--json'], { cwd });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      method: 'measured',
      lines: [{ text: 'Hello page', box: { x: expect.any(Number), width: expect.any(Number) } }],
      picture: { name: 'a.png', width: 360, height: 160 },
    });
  });

  it('measured asks no model, even where one is configured wrongly', async () => {
    const cwd = await folder({ 'a.png': picture });
    const args = ['text', 'a.png', '--method', 'measured', '--base-url', 'http://127.0.0.1:9'];
    expect(await run(args, { cwd })).toMatchObject({ code: 0, stdout: 'Hello page\n' });
  });

  it('the newest screenshot', async () => {
    const cwd = await folder({ 'Pictures/Screenshots/one.png': picture });
    expect(await run(['text', 'screenshot:latest'], { cwd })).toMatchObject({
      code: 0,
      stdout: 'Hello page\n',
    });
    const none = await run(['text', 'screenshot:latest'], { cwd: await folder() });
    expect(none.code).toBe(1);
    expect(none.stderr).toMatch(/Expected a screenshot in .*Screenshots.*, but there is none\./);
  });
});

describe('locate', () => {
  it('prints the middle, the box and the label', async () => {
    const server = await serveChat(said('[{"bbox_2d":[100,250,300,500],"label":"bicycle"}]'));
    const cwd = await folder({ 'a.png': blank });
    const args = ['locate', 'a.png', 'the bicycle', '--base-url', server.url];
    const { code, stdout, stderr } = await run(args, { cwd });
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: '256,384\t256x256+128+256\tbicycle\n' });
  });

  it('says that it found nothing', async () => {
    const cwd = await folder({ 'a.png': picture });
    const { code, stdout, stderr } = await run(['locate', 'a.png', 'the moon'], { cwd });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('No text like "the moon" was read.');
  });
});

describe('extract', () => {
  const schema = JSON.stringify({ type: 'object', properties: { name: { type: 'string' } } });

  it('prints the data', async () => {
    const server = await serveChat(said('{"name": "Ada"}'));
    const cwd = await folder({ 'a.png': picture, 's.json': schema });
    const args = ['extract', 'a.png', '--schema', 's.json', '--base-url', server.url];
    const { code, stdout, stderr } = await run(args, { cwd });
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ name: 'Ada' });
    const whole = await run([...args, '--json'], { cwd });
    expect(JSON.parse(whole.stdout)).toMatchObject({ data: { name: 'Ada' }, picture: { width: 360 } });
  });

  it('a schema that is missing, or none', async () => {
    const server = await serveChat(said('{}'));
    const cwd = await folder({ 'a.png': picture, 's.json': '{"type":"string"}' });
    const tail = ['--base-url', server.url];
    const missing = await run(['extract', 'a.png', '--schema', 'no.json', ...tail], { cwd });
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('The schema file no.json cannot be read');
    const wrong = await run(['extract', 'a.png', '--schema', 's.json', ...tail], { cwd });
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('the "type" of its root is string');
  });
});

describe('compare', () => {
  it('prints how alike they are and what differs, and writes nothing unasked', async () => {
    const cwd = await folder({ 'a.png': picture, 'b.png': await card('Hallo page') });
    const { code, stdout, stderr } = await run(['compare', 'a.png', 'b.png'], { cwd });
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^same\tno\npixels\t\d+\.\d\d %\nstructure\t\d+\.\d\d %\n/);
    expect(stdout).toMatch(
      /\ntext\t\d+x\d+\+\d+\+\d+\t\d+\.\d\d %\tthe text reads "Hallo page" instead of "Hello page"\n/,
    );
    expect(await contents(cwd)).toEqual(['a.png', 'b.png']);
  });

  it('with --out writes a report and a drawing, twice over itself', async () => {
    const cwd = await folder({ 'a.png': picture, 'b.png': blank });
    for (const _ of [1, 2]) {
      const { code, stdout, stderr } = await run(['compare', 'a.png', 'b.png', '--out', 'o'], { cwd });
      expect(code, stderr).toBe(0);
      expect(stdout).toContain(`${path.join('o', 'b.compare.json')}\n${path.join('o', 'b.compare.png')}\n`);
    }
    expect(await contents(cwd)).toEqual(['a.png', 'b.png', 'o/', 'o/b.compare.json', 'o/b.compare.png']);
    expect(JSON.parse(await readFile(path.join(cwd, 'o', 'b.compare.json'), 'utf8'))).toMatchObject({
      same: false,
      expected: { width: 360 },
      actual: { width: 1280 },
    });
  });
});
