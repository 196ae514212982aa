/** `convert` without a model: files, words to the user, several pictures, and what may be replaced. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'parse5';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { contents, folder, run } from './command.ts';
import { card, sample } from './samples.ts';

const hello = await card();
const out = 'pixelwright-out';
const inOut = (file: string): string => path.join(out, file);

describe('one picture', () => {
  it('becomes a page, a style sheet and assets, and the user is told how it was made', async () => {
    const cwd = await folder({ 'sample.png': sample });
    const { code, stdout, stderr } = await run(['convert', 'sample.png'], { cwd });
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: `${inOut('sample.html')}\n` });
    const lines = stderr.split('\n');
    expect(lines[0]).toMatch(/^No model is installed: .*--base-url URL or PIXELWRIGHT_BASE_URL/);
    expect(stderr).toMatch(/^sample\.png: measured without a model, \d+ files$/m);
    const files = await contents(path.join(cwd, out));
    expect(files).toEqual(expect.arrayContaining(['sample.html', 'sample.css', 'sample-assets/']));
    expect(
      files.filter((file) => !/^sample(\.html|\.css|-assets\/([a-z]+-\d+\.(png|jpg))?)$/.test(file)),
    ).toEqual([]);
    // Every asset that the page names is there, and every asset is named.
    const directory = path.join(cwd, out);
    const text =
      (await readFile(path.join(directory, 'sample.html'), 'utf8')) +
      (await readFile(path.join(directory, 'sample.css'), 'utf8'));
    const named = new Set(text.match(/sample-assets\/[\w.-]+/g));
    const there = (await contents(directory)).filter((file) => /^sample-assets\/./.test(file));
    expect([...named].sort()).toEqual(there);
    for (const file of there) {
      expect((await sharp(path.join(directory, file)).metadata()).width, file).toBeGreaterThan(0);
    }
  }, 120_000);

  it('--inline makes one file that holds everything', async () => {
    const cwd = await folder({ 'sample.png': sample });
    const { code, stderr } = await run(['convert', 'sample.png', '--inline'], { cwd });
    expect(code, stderr).toBe(0);
    expect(await contents(path.join(cwd, out))).toEqual(['sample.html']);
    const html = await readFile(path.join(cwd, inOut('sample.html')), 'utf8');
    expect(html).not.toContain('sample-assets');
    expect(html).not.toContain('sample.css');
    expect(html).toContain('src="data:image/');
    const errors: string[] = [];
    parse(html, { onParseError: ({ code: error }) => errors.push(error) });
    expect(errors).toEqual([]);
  }, 120_000);

  it('--script adds a script that a later run may replace or remove, and never one of the user’s', async () => {
    const cwd = await folder({ 'sample.png': sample });
    const plain = ['convert', 'sample.png', '--strategy', 'measured'];
    expect((await run([...plain, '--script'], { cwd })).code).toBe(0);
    expect(await contents(path.join(cwd, out))).toContain('sample.js');
    expect((await run(plain, { cwd })).code).toBe(0);
    expect(await contents(path.join(cwd, out))).not.toContain('sample.js');
    await writeFile(path.join(cwd, inOut('sample.js')), '// mine');
    const { code, stderr } = await run([...plain, '--script'], { cwd });
    expect(code).not.toBe(0);
    expect(stderr).toContain('sample.js exists and was not made by pixelwright');
  }, 180_000);

  it('--script is refused for what takes none, and instructions without a model are told to be left aside', async () => {
    const cwd = await folder({ 'a.png': hello });
    const refused = await run(['convert', 'a.png', '--to', 'vue', '--script'], { cwd });
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('A script is added to HTML only, and the target is vue.');
    expect(await contents(cwd)).toEqual(['a.png']);
    const { code, stderr } = await run(['convert', 'a.png', '--instructions', 'make it round'], { cwd });
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('The instructions were left aside: only a model can follow them.');
  });

  it('says nothing of models where measuring was asked for', async () => {
    const cwd = await folder({ 'a.png': hello });
    const { stderr } = await run(['convert', 'a.png', '--strategy', 'measured'], { cwd });
    expect(stderr).not.toContain('No model');
    expect(stderr).toContain('a.png: measured without a model');
  });

  it.each([
    ['a 1×1 picture', async () => await sharp(hello).resize(1, 1).png().toBuffer()],
    ['a CMYK JPEG', async () => await sharp(hello).toColourspace('cmyk').jpeg().toBuffer()],
    ['a 16-bit PNG', async () => await sharp(hello).toColourspace('rgb16').png().toBuffer()],
    ['a blank picture', async () => await sharp(hello).resize(300, 200).threshold(0).png().toBuffer()],
  ])('%s is converted like any other', async (_, make) => {
    const cwd = await folder({ 'a.png': await make() });
    const { code, stderr } = await run(['convert', 'a.png'], { cwd });
    expect(code, stderr).toBe(0);
    expect(await readFile(path.join(cwd, inOut('a.html')), 'utf8')).toContain('<!doctype html>');
  });

  it('an animated GIF is converted by its first frame, and says so', async () => {
    const frames = await sharp([hello, await sharp(hello).negate().png().toBuffer()], {
      join: { animated: true },
    })
      .gif()
      .toBuffer();
    const cwd = await folder({ 'a.gif': frames });
    const { code, stderr } = await run(['convert', 'a.gif'], { cwd });
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/^a\.gif: .*first of 2 frames/m);
  });
});

describe('several pictures', () => {
  it('one failure does not stop the rest, and a summary ends it', async () => {
    const cwd = await folder({ 'a.png': hello, 'empty.png': '', 'b/a.png': hello });
    const args = ['convert', 'a.png', 'empty.png', 'b/a.png', '--out', 'o'];
    const { code, stdout, stderr } = await run(args, { cwd });
    expect(code).toBe(1);
    expect(stdout).toBe(`${path.join('o', 'a.html')}\n${path.join('o', 'a-2.html')}\n`);
    expect(stderr).toMatch(/empty\.png: .* is empty/);
    expect(stderr.trimEnd().split('\n').at(-1)).toBe('2 of 3 pictures converted, 1 failed.');
    expect(await contents(path.join(cwd, 'o'))).toEqual(['a-2.css', 'a-2.html', 'a.css', 'a.html']);
    expect(await readFile(path.join(cwd, 'o', 'a-2.html'), 'utf8')).toContain('href="a-2.css"');
  });

  it('--json is one document, with nothing else on stdout or stderr', async () => {
    const cwd = await folder({ 'a.png': hello, 'empty.png': '' });
    const { code, stdout, stderr } = await run(['convert', 'a.png', 'empty.png', '--json'], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      done: 1,
      failed: 1,
      notes: [expect.stringMatching(/^No model is installed/)],
      results: [
        {
          input: 'a.png',
          status: 'done',
          files: [path.join(cwd, inOut('a.html')), path.join(cwd, inOut('a.css'))],
          report: {
            strategy: 'measured',
            madeWithoutModel: true,
            truncated: false,
            picture: { width: 360, height: 160, format: 'png', pixelRatio: 1 },
          },
        },
        {
          input: 'empty.png',
          status: 'failed',
          error: { code: 'input-unsupported', next: expect.any(String) },
        },
      ],
    });
  });
});

describe('an output folder that is not empty', () => {
  it('a page of ours is replaced', async () => {
    const cwd = await folder({ 'a.png': hello });
    await run(['convert', 'a.png'], { cwd });
    await writeFile(path.join(cwd, 'a.png'), await card('Other page'));
    const { code, stderr } = await run(['convert', 'a.png'], { cwd });
    expect(code, stderr).toBe(0);
    expect(await readFile(path.join(cwd, inOut('a.html')), 'utf8')).toContain('Other page');
    const again = await run(['convert', 'a.png'], { cwd });
    expect(again.code, again.stderr).toBe(0);
  }, 120_000);

  it("somebody else's page is left, before any work is done", async () => {
    const cwd = await folder({ 'a.png': hello, [inOut('a.html')]: '<p>mine</p>' });
    const { code, stderr } = await run(['convert', 'a.png', '--strategy', 'measured'], { cwd });
    expect(code).toBe(1);
    expect(stderr.replaceAll(cwd, 'CWD')).toBe(
      'a.png: CWD/pixelwright-out/a.html exists and was not made by pixelwright, so it was left as it is.\n' +
        '  Give another folder with --out, or replace it with --force.\n',
    );
    expect(await readFile(path.join(cwd, inOut('a.html')), 'utf8')).toBe('<p>mine</p>');
    const forced = await run(['convert', 'a.png', '--force'], { cwd });
    expect(forced.code, forced.stderr).toBe(0);
  });
});
