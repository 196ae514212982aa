/** A panel's session by its messages, without a page. */
import { describe, expect, it, vi } from 'vitest';
import { delta, openStream, serveChat } from '../engine/scripted-server.ts';
import { plain } from '../image/pictures.ts';
import { engineAt } from '../run/support.ts';
import { open } from './opened.ts';
import { eventually } from './served.ts';

vi.setConfig({ testTimeout: 240_000 });

const pictureOf = async (name = 'a.png', type: 'png' | 'tiff' = 'png') => ({
  name,
  base64: (await plain(320, 200).toFormat(type).toBuffer()).toString('base64'),
});

describe('a session', () => {
  it('says hello with what the host can do', async () => {
    const { next } = open({ to: 'vue' });
    expect(await next('hello')).toMatchObject({
      saves: ['zip', 'single'],
      opens: false,
      setsUp: false,
      target: 'vue',
    });
  });

  it.each([
    ['nothing', undefined],
    ['no object', 'convert'],
    ['another kind', { type: 'eval', id: 3 }],
    [
      'a picture without bytes',
      { type: 'convert', id: 3, target: 'html', picture: { name: 'a', base64: '' } },
    ],
    ['an unknown target', { type: 'retarget', id: 3, target: 'exe' }],
    ['too long an instruction', { type: 'instruct', id: 3, text: 'x'.repeat(2001) }],
    ['more than was asked for', { type: 'undo', id: 3, path: '/etc/passwd' }],
  ])('tells that it does not understand: %s', async (_, message) => {
    const { session, next } = open();
    session.receive(message);
    const { code, id } = await next('failed');
    expect(code).toBe('option-invalid');
    expect(id).toBe(message instanceof Object ? 3 : undefined);
  });

  it('keeps to the limits of the core, and tells what to do', async () => {
    const { session, next } = open({ maxPixels: 1000 });
    session.receive({ type: 'convert', id: 1, target: 'html', picture: await pictureOf() });
    expect(await next('failed', 1)).toMatchObject({
      code: 'input-too-large',
      next: expect.stringContaining('maxPixels'),
    });
    session.receive({ type: 'retarget', id: 2, target: 'vue' });
    expect(await next('failed', 2)).toMatchObject({ message: 'There is no picture yet.' });
  });

  it('shows what a browser cannot, and gives a host all files to save and open', async () => {
    const given: string[] = [];
    const { session, next } = open(
      {},
      {
        saves: ['folder'],
        save: async ({ files, stem, target }) =>
          `${stem} ${target} ${files.map(({ path }) => path).join(' ')}`,
        open: async ({ files }) => {
          given.push(...files.map(({ path }) => path));
          return 'Opened.';
        },
      },
    );
    session.receive({
      type: 'convert',
      id: 1,
      target: 'html',
      picture: await pictureOf('my a.tiff', 'tiff'),
    });
    expect((await next('picture', 1)).source).toMatch(/^data:image\/png;base64,iVBOR/);
    expect(await next('result', 1)).toMatchObject({ final: false, candidates: [{ name: 'measured' }] });
    session.receive({ type: 'save', id: 2, form: 'folder' });
    expect((await next('done', 2)).message).toMatch(/^my-a html my-a\.html my-a\.css/);
    session.receive({ type: 'open', id: 3 });
    await next('done', 3);
    expect(given).toEqual(['my-a.html']);
    session.receive({ type: 'undo', id: 4 });
    expect(await next('failed', 4)).toMatchObject({ message: 'There is no instruction to take back.' });
    session.receive({ type: 'choose', id: 5, candidate: 'direct' });
    expect(await next('failed', 5)).toMatchObject({ message: 'Expected one of measured; got direct.' });
  });

  it('goes on with the model when the target is switched meanwhile, and not after Cancel', async () => {
    const server = await serveChat((response) => {
      openStream(response);
      response.write(delta('[{"main":['));
    });
    const { session, told, next } = open({}, {}, await engineAt(server));
    const chats = (count: number) => eventually(() => server.chats().length).toBe(count);
    session.receive({ type: 'convert', id: 1, target: 'html', picture: await pictureOf() });
    await chats(1);
    session.receive({ type: 'retarget', id: 2, target: 'vue' });
    expect((await next('result', 2)).files[0]?.path).toBe('A.vue');
    await chats(2);
    session.receive({ type: 'retarget', id: 3, target: 'react' });
    await chats(3);
    session.receive({ type: 'cancel' });
    expect(await server.chats()[2]?.closed).toBe(false);
    session.receive({ type: 'retarget', id: 4, target: 'html' });
    expect((await next('result', 4)).final).toBe(true);
    expect(server.chats()).toHaveLength(3);
    expect(told.filter(({ type }) => type === 'failed')).toEqual([]);
  });

  it('does the newest thing only, and nothing after its end', async () => {
    const server = await serveChat((response) => {
      openStream(response);
      response.write(delta('[{"main":['));
    });
    const { session, told, next } = open({}, {}, await engineAt(server));
    session.receive({ type: 'convert', id: 1, target: 'html', picture: await pictureOf('one.png') });
    await eventually(() => server.chats().length).toBe(1);
    session.receive({ type: 'convert', id: 2, target: 'html', picture: await pictureOf('two.png') });
    expect(await server.chats()[0]?.closed).toBe(false);
    await next('result', 2);
    await eventually(() => server.chats().length).toBe(2);
    expect(told.filter((message) => message.type === 'result' && message.final)).toEqual([]);
    expect(told.filter(({ type }) => type === 'failed')).toEqual([]);
    await session.dispose();
    expect(await server.chats()[1]?.closed).toBe(false);
    const count = told.length;
    session.receive({ type: 'retarget', id: 3, target: 'vue' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toHaveLength(count);
  });
});
