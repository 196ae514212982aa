/** `facts`: the JSON, the annotated picture, and what is written where. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { contents, folder, run, start } from './command.ts';
import { card } from './samples.ts';

const picture = await card();

describe('facts', () => {
  it('writes the JSON and a picture of the same size, twice over itself', async () => {
    const cwd = await folder({ 'a.png': picture });
    for (const _ of [1, 2]) {
      const { code, stdout, stderr } = await run(['facts', 'a.png', '--out', 'f'], { cwd });
      expect(code, stderr).toBe(0);
      expect(stdout).toBe(`${path.join('f', 'a.facts.json')}\n${path.join('f', 'a.facts.png')}\n`);
    }
    expect(await contents(cwd)).toEqual(['a.png', 'f/', 'f/a.facts.json', 'f/a.facts.png']);
    const before = await sharp(picture).metadata();
    const after = await sharp(path.join(cwd, 'f', 'a.facts.png')).metadata();
    expect([after.width, after.height]).toEqual([before.width, before.height]);
  });

  it('--json prints what the file would hold, and writes nothing unasked', async () => {
    const cwd = await folder({ 'a.png': picture });
    const { code, stdout, stderr } = await run(['facts', 'a.png', '--json'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const facts: unknown = JSON.parse(stdout);
    expect(facts).toMatchObject({
      picture: 'a.png',
      width: 360,
      height: 160,
      pixelRatio: 1,
      language: 'en',
    });
    expect(facts).toHaveProperty('lines.0.text', expect.any(String));
    expect(await contents(cwd)).toEqual(['a.png']);
  });

  it('leaves a file of the user alone', async () => {
    const cwd = await folder({ 'a.png': picture, 'f/a.facts.json': '{}' });
    const { code, stderr } = await run(['facts', 'a.png', '--out', 'f'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('a.facts.json exists and was not made by pixelwright, so it was left as it is.');
    expect(await readFile(path.join(cwd, 'f', 'a.facts.json'), 'utf8')).toBe('{}');
  });

  it('ends quietly when its reader has gone', async () => {
    const cwd = await folder({ 'a.png': picture });
    const running = start(['facts', 'a.png', '--json'], { cwd });
    running.process.stdout?.destroy();
    const { code, stderr } = await running.finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
