/** What breaks things, through `convert --to drawio`: a sentence, or a file that opens; never half of one. */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { SaxesParser } from 'saxes';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { contents, folder, run, start } from './command.ts';

/** Two boxes and an arrow. @param ink of lines and words. */
const drawing = (ink: string, page: string, words = ['one', 'two'], size = [480, 200]): Sharp =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${size[0]}" height="${size[1]}" font-family="DejaVu Sans" font-size="18"><rect width="100%" height="100%" fill="${page}"/><g fill="none" stroke="${ink}" stroke-width="2"><rect x="30" y="60" width="140" height="70"/><rect x="310" y="60" width="140" height="70"/><path d="M170 95 H304"/><path d="M310 95 l-12 -6 v12 z" fill="${ink}"/></g><g fill="${ink}"><text x="50" y="101">${words[0]}</text><text x="330" y="101">${words[1]}</text></g></svg>`,
    ),
  ).png();

const blank = (width: number, height: number, background: string): Sharp =>
  sharp({ create: { width, height, channels: 4, background } }).png();

async function noise(width: number, height: number): Promise<Buffer> {
  // A linear congruential generator, so that each run sees the same noise.
  let state = 7;
  const data = Uint8Array.from({ length: width * height * 3 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  return await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

async function animated(): Promise<Buffer> {
  const frames = await Promise.all(['#222', '#d33'].map((ink) => drawing(ink, '#fff').toBuffer()));
  return await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
}

/** Names of the elements of a file that is well-formed. @throws Error where it is not. */
function elementsOf(xml: string): string[] {
  const names: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => names.push(name));
  parser.write(xml).close();
  return names;
}

const measured = ['--to', 'drawio', '--strategy', 'measured'];

interface Told {
  readonly results: readonly {
    readonly input: string;
    readonly error?: { readonly code: string; readonly message: string; readonly next?: string };
    readonly report?: {
      readonly nodes: number;
      readonly edges: number;
      readonly warnings: readonly string[];
    };
  }[];
}

describe('pictures', () => {
  it('each end with a file that opens, or with what was expected, what came and what to do', async () => {
    const bad = {
      'empty.png': '',
      'text.png': 'hello, this is text\n',
      'cut.png': (await drawing('#222', '#fff').toBuffer()).subarray(0, 900),
    };
    const blanks = {
      'clear.png': await blank(300, 200, '#00000000').toBuffer(),
      'pixel.png': await blank(1, 1, '#ffffff').toBuffer(),
      'white.png': await blank(400, 300, '#ffffff').toBuffer(),
    };
    const drawn = {
      'dark.png': await drawing('#e8e8e8', '#14141c').toBuffer(),
      'glass-dark.png': await drawing('#f2f2f2', 'none').toBuffer(),
      'glass.png': await drawing('#222', 'none').toBuffer(),
      'moving.gif': await animated(),
    };
    const odd = {
      'banner.png': await drawing('#222', '#fff', ['one', 'two'], [12_000, 200]).toBuffer(),
      'noise.png': await noise(320, 240),
    };
    const cwd = await folder({ ...bad, ...blanks, ...drawn, ...odd });
    const files = Object.keys({ ...bad, ...blanks, ...drawn, ...odd });
    const { code, stdout, stderr } = await run(['convert', ...files, ...measured, '--json'], { cwd });
    expect(code, stderr).toBe(1);
    // What JSON.parse gives has no type; these are the fields of the command's own answer.
    const { results } = JSON.parse(stdout) as Told;
    const of = (name: string) => results.find(({ input }) => input === name);

    for (const name of Object.keys(bad)) {
      const error = of(name)?.error;
      expect(error?.message, name).toMatch(/^Expected .*, but .*\.$/s);
      expect(error?.next, name).toMatch(/\S/);
    }
    for (const name of Object.keys(blanks)) {
      expect(of(name)?.report, name).toMatchObject({ nodes: 0 });
      expect(of(name)?.report?.warnings.join(), name).toMatch(/No shapes were found .* crop the picture/);
    }
    for (const name of Object.keys(drawn)) {
      expect(of(name)?.report, name).toMatchObject({ nodes: 2, edges: 1 });
    }
    expect(of('moving.gif')?.report?.warnings).toContain(
      'moving.gif is animated: only the first of 2 frames is used.',
    );
    const made = files.filter((name) => !(name in bad)).map((name) => path.parse(name).name);
    const out = path.join(cwd, 'pixelwright-out');
    expect(await contents(out)).toEqual(made.flatMap((stem) => [`${stem}.drawio`, `${stem}.svg`]).sort());
    for (const stem of made) {
      expect(elementsOf(await readFile(path.join(out, `${stem}.drawio`), 'utf8'))[0]).toBe('mxfile');
      expect(elementsOf(await readFile(path.join(out, `${stem}.svg`), 'utf8'))[0]).toBe('svg');
    }
  }, 240_000);
});

describe('places to write to', () => {
  it('what others made, folders of that name and missing folders', async () => {
    const cwd = await folder({
      'flow.png': await drawing('#222', '#fff').toBuffer(),
      'theirs/flow.drawio': '<mxfile host="app.diagrams.net"/>',
      file: 'mine',
    });
    await mkdir(path.join(cwd, 'in-the-way', 'flow.drawio'), { recursive: true });
    const before = await contents(cwd);
    const to = (out: string) => run(['convert', 'flow.png', ...measured, '--out', out], { cwd });
    const [theirs, taken, wrong, fine] = await Promise.all([
      to('theirs'),
      to('in-the-way'),
      to('file'),
      to('new/deeper'),
    ]);
    for (const { code, stdout, stderr } of [theirs, taken, wrong]) {
      expect({ code, stdout }, stderr).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/flow\.drawio exists|but it is a folder|Expected a folder/);
      expect(stderr).toMatch(/\.\n {2}\S.*\.\n$/);
    }
    expect(fine.code, fine.stderr).toBe(0);
    const after = await contents(cwd);
    expect(after.filter((file) => !before.includes(file))).toEqual([
      'new/',
      'new/deeper/',
      'new/deeper/flow.drawio',
      'new/deeper/flow.svg',
    ]);
    expect(await readFile(path.join(cwd, 'theirs/flow.drawio'), 'utf8')).toContain('app.diagrams.net');
  }, 120_000);

  it('no target of that name', async () => {
    const cwd = await folder({ 'flow.png': await drawing('#222', '#fff').toBuffer() });
    const { code, stderr } = await run(['convert', 'flow.png', '--to', 'visio'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/drawio/);
    expect(await contents(cwd)).toEqual(['flow.png']);
  });
});

it('an interrupt while lines are traced leaves nothing', async () => {
  const cwd = await folder({
    'flow.png': await drawing('#222', '#fff', ['one', 'two'], [4000, 3000]).toBuffer(),
  });
  const running = start(['convert', 'flow.png', ...measured, '--out', 'new/deeper'], { cwd });
  await running.says('finding closed outlines');
  running.process.kill('SIGINT');
  const { code, stdout, stderr } = await running.finished;
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(stderr).toContain('flow.png: The work was cancelled.');
  expect(await contents(cwd)).toEqual(['flow.png']);
}, 120_000);
