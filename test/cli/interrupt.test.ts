/** Ctrl-C: exit code 130, and nothing left behind. */
import { describe, expect, it } from 'vitest';
import { contents, folder, start } from './command.ts';
import { sample } from './samples.ts';

describe('a conversion that is interrupted', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s leaves nothing', async (name) => {
    const cwd = await folder({ 'a.png': sample });
    const running = start(['convert', 'a.png', '--out', 'new/deeper'], { cwd });
    await running.says('finding areas');
    running.process.kill(name);
    const { code, stdout, stderr } = await running.finished;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toContain('a.png: The work was cancelled.');
    expect(await contents(cwd)).toEqual(['a.png']);
  });

  it('twice ends at once and leaves nothing either', async () => {
    const cwd = await folder({ 'a.png': sample });
    const running = start(['convert', 'a.png', '--out', 'existing'], { cwd });
    await running.says('finding areas');
    running.process.kill('SIGINT');
    running.process.kill('SIGINT');
    expect((await running.finished).code).toBe(130);
    expect((await contents(cwd)).filter((file) => file !== 'existing/')).toEqual(['a.png']);
  });

  it('tells of each picture that it was cancelled, and begins no other', async () => {
    const cwd = await folder({ 'a.png': sample, 'b.png': sample, 'c.png': sample });
    const running = start(['convert', 'a.png', 'b.png', 'c.png', '--jobs', '1'], { cwd });
    await running.says('a.png: finding areas');
    running.process.kill('SIGINT');
    const { code, stderr } = await running.finished;
    expect(code).toBe(130);
    expect(stderr).not.toMatch(/[bc]\.png: reading/);
    for (const name of ['a', 'b', 'c']) expect(stderr).toContain(`${name}.png: The work was cancelled.`);
    expect(stderr).toContain('0 of 3 pictures converted, 3 failed.');
    expect(await contents(cwd)).toEqual(['a.png', 'b.png', 'c.png']);
  });
});
