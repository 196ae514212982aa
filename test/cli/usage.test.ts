/** Wrong usage ends with exit code 2, a sentence, and the nearest match. */
import { describe, expect, it } from 'vitest';
import { builtTargets, targets } from '../../shared/config.ts';
import { contents, folder, run } from './command.ts';

async function usageError(...args: string[]): Promise<string> {
  const cwd = await folder({ 'a.png': 'x' });
  const { code, stdout, stderr } = await run(args, { cwd });
  expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: '' });
  expect(await contents(cwd)).toEqual(['a.png']);
  return stderr;
}

describe('options and commands', () => {
  it('an unknown option', async () => {
    expect(await usageError('convert', 'a.png', '--inlin')).toContain(
      "error: unknown option '--inlin'\n(Did you mean --inline?)",
    );
  });

  it('an unknown command', async () => {
    expect(await usageError('convrt', 'a.png')).toContain(
      "unknown command 'convrt'\n(Did you mean convert?)",
    );
  });

  it('no file', async () => {
    expect(await usageError('convert')).toContain("missing required argument 'file'");
  });

  it('an option without its value', async () => {
    expect(await usageError('convert', 'a.png', '--out')).toContain("option '--out <DIR>' argument missing");
  });

  it('no command at all lists the commands', async () => {
    const text = await usageError();
    for (const name of ['convert', 'describe', 'score', 'facts', 'doctor'])
      expect(text).toContain(`  ${name} `);
  });
});

describe('values', () => {
  it('a target that does not exist', async () => {
    expect(await usageError('convert', 'a.png', '--to', 'htm')).toBe(
      '--to must be one of html, html-tailwind, vue, react, drawio, mermaid; it is "htm". Did you mean html?\n' +
        '  Correct the value, or leave it out to use the default.\n',
    );
  });

  it.each(targets.filter((target) => !builtTargets.includes(target)))(
    'a target not built yet: %s',
    async (target) => {
      expect(await usageError('convert', 'a.png', '--to', target)).toBe(
        `The target ${target} is not built yet; this version makes ${builtTargets.join(', ')}.\n  Use --to html, or leave --to out.\n`,
      );
    },
  );

  it('a strategy that does not exist', async () => {
    expect(await usageError('convert', 'a.png', '--strategy', 'measure')).toContain('Did you mean measured?');
  });

  it('a number that is none, from a flag and from the environment', async () => {
    expect(await usageError('convert', 'a.png', '--jobs', 'many')).toContain(
      '--jobs must be a whole number from 1 to 64; it is "many".',
    );
    const cwd = await folder({ 'a.png': 'x' });
    const { code, stderr } = await run(['convert', 'a.png'], { cwd, env: { PIXELWRIGHT_JOBS: '0' } });
    expect(stderr).toContain('PIXELWRIGHT_JOBS must be a whole number from 1 to 64; it is 0.');
    expect(code).toBe(2);
  });

  it('an address of a server that is none', async () => {
    expect(await usageError('convert', 'a.png', '--base-url', 'localhost')).toContain(
      '--base-url must be an http:// or https:// address; it is "localhost".',
    );
  });
});

describe('--json', () => {
  it('reports wrong usage as one document', async () => {
    const { code, stdout, stderr } = await run(['convert', 'a.png', '--inlin', '--json'], {
      cwd: await folder(),
    });
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'option-invalid', message: "unknown option '--inlin' (Did you mean --inline?)" },
    });
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
  });
});

describe('what is no error', () => {
  it('--help and --version end with 0 on stdout', async () => {
    const cwd = await folder();
    const help = await run(['convert', '--help'], { cwd });
    expect(help.stdout).toContain('--max-input-bytes <N>');
    const version = await run(['--version'], { cwd });
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect([help.code, version.code]).toEqual([0, 0]);
  });
});
