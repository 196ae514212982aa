/** A page that was converted elsewhere goes on in the panel without the model being asked again. */
import { expect, it, vi } from 'vitest';
import { defaultSettings } from '../../shared/config.ts';
import { type ConvertOptions, convertPicture, loadOptions, type MadePages } from '../../shared/index.ts';
import { findBrowser } from '../../shared/score/find-browser.ts';
import { context } from '../image/pictures.ts';
import { box, drawn, scripted, text } from '../run/support.ts';
import { open } from './opened.ts';

vi.setConfig({ testTimeout: 240_000 });

const card = () =>
  drawn(
    480,
    240,
    box(20, 20, 440, 200, '#eef') + text('Welcome back', 40, 80, 28) + text('Good to see you', 40, 130),
  );

it('has candidates with scores, and every target, of the picture that it was made of', async () => {
  const picture = await card();
  if (picture.kind !== 'bytes') throw new Error('A drawn picture has bytes.');
  const base64 = Buffer.from(picture.bytes).toString('base64');
  const { path: browser } = await findBrowser({});
  const settings = { browser, fit: 'never' } as const;
  const { engine, server } = await scripted('[{"main":[{"h1":1},{"p":2}]}]');
  let made: MadePages | undefined;
  const options: ConvertOptions = {
    name: 'a',
    target: 'vue',
    strategy: defaultSettings.strategy,
    fit: settings.fit,
    browserPath: browser,
    read: loadOptions(defaultSettings),
    engine,
    onMade: (pages) => {
      made = pages;
    },
  };
  const { report } = await convertPicture(picture, options, context());
  const asked = server.chats().length;
  expect(asked).toBeGreaterThan(0);
  const sums: string[] = [];
  const handed = (sha256: string): MadePages | undefined => {
    sums.push(sha256);
    return made;
  };
  const { session, told, next } = open(settings, { made: handed }, engine);
  expect(session.shows(report.picture.sha256)).toBe(false);
  session.receive({ type: 'convert', id: 1, target: 'vue', picture: { name: 'a.png', base64 } });
  const { candidates, files, final } = await next('result', 1);
  expect(final).toBe(true);
  expect(candidates.map(({ name, score, best }) => [name, score !== undefined, best])).toEqual([
    [report.strategy, true, true],
    [expect.stringMatching(/^(?:measured|perceived)$/), true, false],
  ]);
  expect(files[0]?.text).toContain('Welcome back');
  expect(sums).toEqual([report.picture.sha256]);
  expect(session.shows(report.picture.sha256)).toBe(true);
  session.receive({ type: 'retarget', id: 2, target: 'react' });
  expect((await next('result', 2)).files[0]?.path).toBe('A.tsx');
  session.receive({ type: 'choose', id: 3, candidate: candidates[1]?.name ?? '' });
  expect((await next('result', 3)).candidates[1]?.shown).toBe(true);
  expect(server.chats()).toHaveLength(asked);
  expect(told.filter(({ type }) => type === 'failed')).toEqual([]);

  // Settings that would make another page make one.
  const other = open({ ...settings, samples: 1 }, { made: handed }, engine);
  other.session.receive({ type: 'convert', id: 1, target: 'html', picture: { name: 'a.png', base64 } });
  await expect
    .poll(() => other.told.some((message) => message.type === 'result' && message.final), {
      timeout: 120_000,
    })
    .toBe(true);
  expect(server.chats().length).toBeGreaterThan(asked);
});

it('is rendered for the score that nobody needed before', async () => {
  const picture = await card();
  if (picture.kind !== 'bytes') throw new Error('A drawn picture has bytes.');
  const { path: browser } = await findBrowser({});
  let made: MadePages | undefined;
  const options: ConvertOptions = {
    name: 'a',
    target: 'html',
    strategy: 'measured',
    fit: 'auto',
    browserPath: browser,
    read: loadOptions(defaultSettings),
    onMade: (pages) => {
      made = pages;
    },
  };
  const { files } = await convertPicture(picture, options, context());
  const { session, told } = open({ browser, strategy: 'measured' }, { made: () => made });
  const base64 = Buffer.from(picture.bytes).toString('base64');
  session.receive({ type: 'convert', id: 1, target: 'html', picture: { name: 'a.png', base64 } });
  await expect
    .poll(() => told.findLast((message) => message.type === 'result'), { timeout: 120_000 })
    .toMatchObject({ final: true, candidates: [{ name: 'measured', score: { words: expect.any(Number) } }] });
  const texts = files.flatMap(({ content }) => (typeof content === 'string' ? [content] : []));
  const results = told.flatMap((message) => (message.type === 'result' ? [message] : []));
  // It was corrected where it was made, and stays so.
  for (const result of results) expect(result.files.map((file) => file.text)).toEqual(texts);
});
