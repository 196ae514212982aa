/** `score`: figures for a page against its picture, and what is said where it cannot be rendered. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { contents, folder, run } from './command.ts';
import { card } from './samples.ts';

const good = `<!doctype html><html lang="en"><title>a</title>
<body style="margin:0;height:160px;background:#f3f4f6;font:28px 'DejaVu Sans'">
<div style="margin:20px 20px 0;height:120px;background:#fff;overflow:hidden"><p style="margin:43px 20px;color:#111">Hello page</p></div>`;
const blank = '<!doctype html><html lang="en"><title>a</title><body>';

describe('score', () => {
  it('tells a good page from a blank one, and prints the same figures as --json', async () => {
    const cwd = await folder({ 'a.png': await card(), 'good.html': good, 'blank.html': blank });
    const text = await run(['score', 'a.png', 'good.html'], { cwd });
    expect(text.code, text.stderr).toBe(0);
    for (const name of ['Block', 'Text', 'Position', 'Color', 'D2C-4', 'lift', 'SSIM', 'overflow at 390']) {
      expect(text.stdout).toMatch(new RegExp(`^${name} +\\S`, 'm'));
    }
    const json = await run(['score', 'a.png', 'good.html', '--json'], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({ absoluteShare: 0, unseenTextShare: 0 });
    expect(JSON.parse(json.stdout).d2c4).toBeGreaterThan(0.9);
    const worst = await run(['score', 'a.png', 'blank.html', '--json'], { cwd });
    expect(JSON.parse(worst.stdout)).toMatchObject({ d2c4: 0 });
    expect(await contents(cwd)).toEqual(['a.png', 'blank.html', 'good.html']);
  }, 120_000);

  it('refuses a picture in the place of the page', async () => {
    const cwd = await folder({ 'a.png': await card() });
    const result = await run(['score', 'a.png', 'a.png'], { cwd });
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('Expected an HTML page; got "a.png".');
    expect(result.stderr).toContain('Give the picture first and the page second');
  });

  it('with the reference page measures structure too', async () => {
    const cwd = await folder({ 'a.png': await card(), 'good.html': good });
    const args = ['score', 'a.png', 'good.html', '--reference', 'good.html', '--json'];
    const { code, stdout, stderr } = await run(args, { cwd });
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ treeBleu: 1, layoutIou: expect.any(Number) });
  }, 120_000);

  it('a page that is not there', async () => {
    const cwd = await folder({ 'a.png': await card() });
    const { code, stdout, stderr } = await run(['score', 'a.png', 'none.html'], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('none.html');
  });

  it('no browser', async () => {
    const cwd = await folder({ 'a.png': await card(), 'good.html': good });
    const nowhere = path.join(cwd, 'chrome');
    const { code, stderr } = await run(['score', 'a.png', 'good.html', '--browser', nowhere], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /Expected a browser's program at ".*chrome"; nothing there can be started\.\n {2}Install/,
    );
  });
});
