/** `locate`: by recognised words, and by a model whose places are mapped back to the picture. */
import { describe, expect, it } from 'vitest';
import { locate, locateTask } from '../../shared/index.ts';
import { failure } from '../image/pictures.ts';
import { box, drawn, scripted, text, watched } from './support.ts';

const form = await drawn(
  640,
  320,
  box(0, 0, 640, 320, '#f4f5f7') +
    text('Save the changes that you made', 40, 60) +
    box(40, 120, 140, 44, '#1f7a50') +
    text('Save', 90, 147, 16, '#fff') +
    box(220, 120, 140, 44, '#223355') +
    text('Cancel', 262, 147, 16, '#fff'),
);

/** 40 × 32 tokens: seen as it is, so that 1000 stands for 1280 and 1024 pixels. */
const plain = await drawn(1280, 1024, '');

describe('without a model', () => {
  it('a control is its box, and the middle of it is where to click', async () => {
    const result = await locate(form, { target: 'the Cancel button' }, watched());
    expect(locateTask.output.strict().parse(result)).toMatchObject({ method: 'measured', warnings: [] });
    expect(result.matches).toMatchObject([
      { label: 'Cancel', box: { x: 220, y: 120, width: 140, height: 44 }, point: { x: 290, y: 142 } },
    ]);
  });

  it('a line that says it alone comes before a sentence that says it too', async () => {
    const { matches } = await locate(form, { target: '"Save"' }, watched());
    expect(matches[0]).toMatchObject({ label: 'Save', box: { x: 40, y: 120 } });
    expect(matches.every(({ label }) => label === 'Save')).toBe(true);
  });

  it('words inside of a line are their own box', async () => {
    const { matches } = await locate(form, { target: 'changes' }, watched());
    expect(matches[0]?.label).toBe('Save the changes that you made');
    expect(matches[0]?.box?.x).toBeGreaterThan(100);
    expect(matches[0]?.box?.width).toBeLessThan(100);
  });

  it('what was not read is not found, and the answer says why', async () => {
    const { matches, warnings } = await locate(form, { target: 'the red bicycle' }, watched());
    expect(matches).toEqual([]);
    expect(warnings[0]).toContain('No text like "the red bicycle" was read.');
  });

  it('the method "model" needs one', async () => {
    const options = { target: 'Save', method: 'model' } as const;
    expect(await failure(locate(form, options, watched()))).toMatchObject({ code: 'model-missing' });
  });
});

describe('with a model', () => {
  it('boxes, each once', async () => {
    const { engine, server } = await scripted(
      '[{"bbox_2d":[100,250,300,500],"label":"bicycle"},{"bbox_2d":[101,250,300,501],"label":"bike"}]',
    );
    const result = await locate(plain, { engine, target: 'the red bicycle' }, watched());
    expect(locateTask.output.strict().parse(result)).toMatchObject({
      method: 'model',
      matches: [
        { label: 'bicycle', point: { x: 256, y: 384 }, box: { x: 128, y: 256, width: 256, height: 256 } },
      ],
    });
    expect(server.chats()[0]?.body).toMatchObject({ grammar: expect.stringContaining('bbox_2d') });
  });

  it('points', async () => {
    const { engine, server } = await scripted('[{"point_2d": [500, 250], "label": "wheel"}]');
    const result = await locate(plain, { engine, target: 'a wheel', form: 'point' }, watched());
    expect(result.matches).toEqual([{ label: 'wheel', point: { x: 640, y: 256 } }]);
    expect(server.chats()[0]?.body).toMatchObject({ grammar: expect.stringContaining('point_2d') });
  });

  it('nothing is an empty list; something else is an error, or measured instead', async () => {
    const none = await scripted('[]');
    expect(await locate(plain, { engine: none.engine, target: 'a cat' }, watched())).toMatchObject({
      matches: [],
      method: 'model',
    });
    const { engine } = await scripted('There is no cat.');
    const error = await failure(locate(form, { engine, target: 'a cat', method: 'model' }, watched()));
    expect(error).toMatchObject({ code: 'output-invalid' });
    const result = await locate(form, { engine, target: 'Cancel' }, watched());
    expect(result).toMatchObject({ method: 'measured', matches: [{ label: 'Cancel' }] });
  });
});
