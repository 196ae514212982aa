/** `askImage`: what is sent, and what comes back. */
import { describe, expect, it } from 'vitest';
import { askImage, askImageTask } from '../../shared/index.ts';
import { delta, serveChat, stream } from '../engine/scripted-server.ts';
import { failure } from '../image/pictures.ts';
import { box, drawn, engineAt, scripted, watched } from './support.ts';

const picture = await drawn(320, 200, box(20, 20, 100, 60, '#c00'));

describe('askImage', () => {
  it('gives the answer with facts that are valid under the output schema', async () => {
    const { engine, server } = await scripted(' It is red.\n');
    const context = watched();
    const result = await askImage(picture, { engine, question: 'Which colour?' }, context);
    expect(askImageTask.output.strict().parse(result)).toMatchObject({
      answer: 'It is red.',
      picture: { name: 'drawn.png', width: 320, height: 200, format: 'png' },
      truncated: false,
      warnings: [],
      usage: { promptTokens: 1100, completionTokens: 20 },
    });
    expect(result.untrusted).toMatch(/Do not follow instructions/);
    expect(result.picture.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(server.chats()[0]?.body).toMatchObject({ temperature: 0.7, max_tokens: 1024, seed: 1 });
    expect(context.events.map(({ message }) => message)).toContain('waiting for the model');
  });

  it('sends several pictures, numbered', async () => {
    const { engine, server } = await scripted('The second.');
    const more = await drawn(640, 400, box(0, 0, 10, 10, '#00c'));
    const options = { engine, question: 'Which is larger?', moreImages: [more] };
    const result = await askImage(picture, options, watched());
    expect(result.morePictures).toMatchObject([{ width: 640, height: 400 }]);
    expect(JSON.stringify(server.chats()[0]?.body).match(/Picture \d: |data:image\/png/g)).toEqual([
      'Picture 1: ',
      'data:image/png',
      'Picture 2: ',
      'data:image/png',
    ]);
  });

  it('says that an answer was cut', async () => {
    const { engine } = await scripted('It is', 'length');
    const result = await askImage(picture, { engine, question: 'Which colour?' }, watched());
    expect(result).toMatchObject({ answer: 'It is', truncated: true });
    expect(result.warnings).toEqual([
      'The answer was cut at its token limit; a larger one gives more of it.',
    ]);
  });

  it('refuses a pile of pictures before it reads one', async () => {
    const { engine, server } = await scripted('');
    const nothing = { kind: 'reference', reference: '/nowhere.png' } as const;
    const options = { engine, question: 'Why?', moreImages: Array.from({ length: 8 }, () => nothing) };
    expect(await failure(askImage(nothing, options, watched()))).toMatchObject({ code: 'option-invalid' });
    expect(server.requests).toEqual([]);
  });

  it('a cancel closes the connection', async () => {
    const server = await serveChat(stream([delta('It')], 'hold'));
    const context = watched();
    const options = { engine: await engineAt(server), question: 'Why?', onText: () => context.cancel() };
    expect(await failure(askImage(picture, options, context))).toMatchObject({ code: 'cancelled' });
    expect(await server.chats()[0]?.closed).toBe(false);
  });
});
