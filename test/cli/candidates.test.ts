/** Several candidates of a page: which is kept, and what is told of the others. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bestOf } from '../../shared/run/convert/choose.ts';
import type { RatedCandidate } from '../../shared/run/convert/rate.ts';
import { delta, event, finish, serveChat, stream } from '../engine/scripted-server.ts';
import { plain } from '../image/pictures.ts';
import { contents, folder, run } from './command.ts';

const rated = (
  strategy: 'measured' | 'perceived' | 'direct',
  d2c4: number,
  ssim: number,
  name: string = strategy,
) => ({ candidate: { strategy, name }, rating: { d2c4, ssim } }) as unknown as RatedCandidate;

describe('the best of several', () => {
  it.each([
    [
      'a tie goes to what was perceived',
      [rated('perceived', 0.95, 0.9), rated('measured', 0.9508, 0.9015)],
      'perceived',
    ],
    [
      'it may not fall behind by more',
      [rated('perceived', 0.95, 0.9), rated('measured', 0.95, 0.904)],
      'measured',
    ],
    ['a clearly better page wins', [rated('perceived', 0.9, 0.9), rated('measured', 0.98, 0.9)], 'measured'],
    ['pixels count as much as words', [rated('measured', 1, 0.5), rated('direct', 0.8, 0.8)], 'direct'],
    [
      'the best of the samples',
      [rated('direct', 0.8, 0.8), rated('direct', 0.801, 0.8, 'direct 2')],
      'direct 2',
    ],
  ])('%s', (_, candidates, name) => {
    expect(bestOf(candidates).name).toBe(name);
  });
});

const page = (color: string) =>
  `<!DOCTYPE html><html lang="en"><head><title>T</title><style>body{margin:0;background:${color};height:200px}</style></head><body><h1>Hi</h1></body></html>`;
const said = (text: string) => [delta(text), finish(), event('[DONE]')];

describe('convert with samples', () => {
  it('renders each and keeps the one that looks like the picture', async () => {
    const picture = await plain(320, 200).png().toBuffer();
    let count = 0;
    const server = await serveChat(async (response, request) => {
      count += 1;
      await stream(said(page(count === 2 ? 'rgb(200, 30, 60)' : '#00f')))(response, request);
    });
    const cwd = await folder({ 'a.png': picture });
    const args = [
      'convert',
      'a.png',
      '--strategy',
      'direct',
      '--samples',
      '3',
      '--base-url',
      server.url,
      '--json',
    ];
    const { code, stdout, stderr } = await run(args, { cwd });
    expect(code, stderr).toBe(0);
    const { report } = JSON.parse(stdout).results[0];
    expect(server.chats()).toHaveLength(3);
    expect(report.candidates).toHaveLength(3);
    const ratings = report.candidates.map(({ ssim }: { ssim: number }) => ssim);
    const chosen = report.candidates.find((one: { chosen: boolean }) => one.chosen);
    expect(chosen.ssim).toBe(Math.max(...ratings));
    expect(Math.max(...ratings)).toBeGreaterThan(Math.min(...ratings));
    expect(await contents(cwd)).toContain('pixelwright-out/a.html');
  });

  it('without a browser the order is fixed, and said', async () => {
    const server = await serveChat(stream(said(page('#fff'))));
    const cwd = await folder({ 'a.png': await plain(320, 200).png().toBuffer() });
    const args = [
      'convert',
      'a.png',
      '--samples',
      '1',
      '--base-url',
      server.url,
      '--browser',
      '/nowhere/chrome',
    ];
    const { code, stderr } = await run(args, { cwd });
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(
      /No browser was found to compare the pages .*the first of perceived, measured, direct was kept/,
    );
    expect(stderr).toContain('perceived: not compared; kept');
    expect(await readFile(path.join(cwd, 'pixelwright-out', 'a.html'), 'utf8')).toContain('pixelwright');
  });

  it('the measured page is fitted by rendering where there is a browser', async () => {
    const cwd = await folder({ 'a.png': await plain(320, 200).png().toBuffer() });
    const args = ['convert', 'a.png', '--strategy', 'measured'];
    const { code, stderr } = await run(args, { cwd, env: { PIXELWRIGHT_FIT: 'auto' } });
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('comparing measured with the picture, pixel by pixel');
    const without = await run([...args, '--browser', '/nowhere/chrome'], {
      cwd,
      env: { PIXELWRIGHT_FIT: 'auto' },
    });
    expect(without.code, without.stderr).toBe(0);
  });

  it('a target that the model cannot write is refused for direct', async () => {
    const cwd = await folder({ 'a.png': await plain(320, 200).png().toBuffer() });
    const args = [
      'convert',
      'a.png',
      '--strategy',
      'direct',
      '--to',
      'react',
      '--base-url',
      'http://127.0.0.1:9',
    ];
    const { code, stderr } = await run(args, { cwd });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/--strategy perceived|not built yet/);
  });
});

describe('several targets of one picture', () => {
  it('stand in one folder, and each may be made again', async () => {
    const cwd = await folder({ 'my-shop.png': await plain(320, 200).png().toBuffer() });
    for (const target of ['html', 'vue', 'react', 'html-tailwind', 'vue', 'react']) {
      const { code, stderr } = await run(['convert', 'my-shop.png', '--to', target], { cwd });
      expect(code, `${target}: ${stderr}`).toBe(0);
    }
    const files = await contents(cwd);
    for (const name of ['my-shop.html', 'my-shop.input.css', 'MyShop.vue', 'MyShop.tsx', 'MyShop.module.css'])
      expect(files).toContain(`pixelwright-out/${name}`);
  });

  it('are refused where the user has written a component of that name', async () => {
    const cwd = await folder({ 'a.png': await plain(320, 200).png().toBuffer() });
    await mkdir(path.join(cwd, 'pixelwright-out'));
    await writeFile(path.join(cwd, 'pixelwright-out', 'A.vue'), '<template><p>mine</p></template>');
    const { code, stderr } = await run(['convert', 'a.png', '--to', 'vue'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('was not made by pixelwright');
  });
});
