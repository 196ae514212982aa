/** Writing a result: all or nothing, and never over what is not ours. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openOutputFolder } from '../../shared/run/output-folder.ts';
import { type OutputFile, writeOutput } from '../../shared/run/write-output.ts';
import { contents, folder } from './command.ts';

const never = new AbortController().signal;
const name = { stem: 'a', main: 'a.html' };

/** A page of ours that names its style and these assets. */
function result(text: string, ...assets: string[]): OutputFile[] {
  const images = assets.map((asset) => `<img src="a-assets/${asset}">`).join('');
  const head = '<meta name="generator" content="pixelwright"><link rel="stylesheet" href="a.css">';
  return [
    {
      path: 'a.html',
      mediaType: 'text/html',
      role: 'page',
      content: `<!doctype html>${head}<p>${text}</p>${images}`,
    },
    { path: 'a.css', mediaType: 'text/css', role: 'style', content: `/* ${text} */` },
    ...assets.map((asset) => ({
      path: `a-assets/${asset}`,
      mediaType: 'image/png',
      role: 'asset' as const,
      content: new TextEncoder().encode(text),
    })),
  ];
}

async function write(
  directory: string,
  files: OutputFile[],
  force = false,
  signal = never,
): Promise<string[]> {
  return await writeOutput(await openOutputFolder(directory), name, files, { force, signal });
}

const read = (directory: string, file: string) => readFile(path.join(directory, file), 'utf8');

describe('a first result', () => {
  it.runIf(process.platform === 'linux')('is refused at once where no folder can be made', async () => {
    const refused = openOutputFolder('/proc/nowhere/deeper');
    await expect(refused).rejects.toMatchObject({ code: 'output-not-writable' });
  });

  it('is written into a new folder, with nothing beside it', async () => {
    const directory = path.join(await folder(), 'new', 'deeper');
    const paths = await write(directory, result('one', 'p.png'));
    expect(paths).toEqual(['a.html', 'a.css', 'a-assets/p.png'].map((file) => path.join(directory, file)));
    expect(await contents(directory)).toEqual(['a-assets/', 'a-assets/p.png', 'a.css', 'a.html']);
  });
});

describe('a second result', () => {
  it('replaces the first, and removes what only the first had', async () => {
    const directory = await folder();
    await write(directory, result('one', 'p.png', 'q.png'));
    await write(directory, result('two', 'p.png'));
    expect(await contents(directory)).toEqual(['a-assets/', 'a-assets/p.png', 'a.css', 'a.html']);
    expect(await read(directory, 'a-assets/p.png')).toBe('two');
  });

  it('leaves files of the user in the asset folder', async () => {
    const directory = await folder();
    await write(directory, result('one', 'p.png'));
    await writeFile(path.join(directory, 'a-assets', 'notes.txt'), 'mine');
    await write(directory, result('two'));
    expect(await contents(directory)).toEqual(['a-assets/', 'a-assets/notes.txt', 'a.css', 'a.html']);
  });
});

describe("somebody else's files", () => {
  it.each(['a.html', 'a.css', 'a-assets/p.png'])('%s is left as it is', async (file) => {
    const directory = await folder({ [file]: 'mine' });
    const before = await contents(directory);
    await expect(write(directory, result('one', 'p.png'))).rejects.toMatchObject({
      code: 'output-not-writable',
      message: `${path.join(directory, file)} exists and was not made by pixelwright, so it was left as it is.`,
      next: 'Give another folder with --out, or replace it with --force.',
    });
    expect(await contents(directory)).toEqual(before);
    expect(await read(directory, file)).toBe('mine');
  });

  it('are replaced by force', async () => {
    const directory = await folder({ 'a.html': 'mine' });
    await write(directory, result('one'), true);
    expect(await read(directory, 'a.html')).toContain('<p>one</p>');
  });

  it('a folder of that name is not replaced by force either', async () => {
    const directory = await folder({ 'a.html/notes.txt': 'mine' });
    await expect(write(directory, result('one'), true)).rejects.toMatchObject({
      code: 'output-not-writable',
      message: `Expected to write the file ${path.join(directory, 'a.html')}, but it is a folder.`,
    });
    expect(await read(directory, 'a.html/notes.txt')).toBe('mine');
    expect(await contents(directory)).toEqual(['a.html/', 'a.html/notes.txt']);
  });

  it('a page that only speaks of us is not ours', async () => {
    const directory = await folder({ 'a.html': '<p>pixelwright made my day</p>' });
    await expect(write(directory, result('one'))).rejects.toMatchObject({ code: 'output-not-writable' });
  });
});

describe('a result that cannot be written whole', () => {
  it('leaves the earlier one as it was', async () => {
    const directory = await folder();
    await write(directory, result('one', 'p.png'));
    // A folder of that name lets the staging succeed and the second half of the exchange fail.
    await mkdir(path.join(directory, 'blocked', 'x'), { recursive: true });
    const files: OutputFile[] = [
      ...result('two', 'p.png'),
      { path: 'blocked/x/deep', mediaType: 'text/plain', role: 'asset', content: 'x' },
      { path: 'a.html/below', mediaType: 'text/plain', role: 'asset', content: 'x' },
    ];
    await expect(write(directory, files, true)).rejects.toMatchObject({ code: 'output-not-writable' });
    expect(await read(directory, 'a.html')).toContain('<p>one</p>');
    expect(await read(directory, 'a.css')).toBe('/* one */');
    expect(await contents(directory)).toEqual([
      'a-assets/',
      'a-assets/p.png',
      'a.css',
      'a.html',
      'blocked/',
      'blocked/x/',
    ]);
  });

  it('a cancelled one leaves nothing, not even the folder', async () => {
    const parent = await folder();
    const controller = new AbortController();
    controller.abort();
    const output = await openOutputFolder(path.join(parent, 'new'));
    const options = { force: false, signal: controller.signal };
    await expect(writeOutput(output, name, result('one'), options)).rejects.toMatchObject({
      code: 'cancelled',
    });
    await output.close();
    expect(await contents(parent)).toEqual([]);
  });
});
