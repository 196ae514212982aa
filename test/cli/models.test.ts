/** `models`: bringing models here and away again, as a user does it, from a hub on real sockets. */
import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelBytes, projectorBytes } from '../models-store/gguf-bytes.ts';
import { cutAfter, type Hub, model, projector, refuse, stallAfter, startHub } from '../models-store/hub.ts';
import { folder, run, start } from './command.ts';

interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  at(name: string): string;
}

async function place(hub?: Hub): Promise<Place> {
  const cwd = await folder();
  const none = {
    HTTP_PROXY: '',
    HTTPS_PROXY: '',
    http_proxy: '',
    https_proxy: '',
    HF_TOKEN: '',
    HF_ENDPOINT: '',
  };
  return {
    cwd,
    env: {
      ...none,
      PIXELWRIGHT_HOME: path.join(cwd, 'home'),
      PIXELWRIGHT_DEVICE: 'cpu',
      HF_HUB_CACHE: path.join(cwd, 'hf'),
      ...(hub === undefined ? {} : { HF_ENDPOINT: hub.url }),
    },
    at: (name) => path.join(cwd, 'home', 'models', 'qwen3-vl-2b', name),
  };
}

const bytesOf = (hub: Hub, name = model): Buffer => hub.files.get(name) ?? Buffer.alloc(0);

describe('models', () => {
  it('are pulled, found, verified, listed and removed', async () => {
    const here = await place(await startHub());
    const pulled = await run(['models', 'pull'], here);
    expect(pulled).toMatchObject({ code: 0, stdout: `${here.at(model)}\n${here.at(projector)}\n` });
    expect(pulled.stderr).toContain(`model: ${model}: 100 % of 405 kB\n`);
    expect(pulled.stderr).toContain('qwen3-vl-2b:Q4_K_M is ready.\n');

    expect(await run(['models', 'path'], here)).toEqual({ code: 0, stdout: pulled.stdout, stderr: '' });

    const verified = await run(['models', 'verify'], here);
    expect(verified).toMatchObject({
      code: 0,
      stdout: `right    ${here.at(model)}\nright    ${here.at(projector)}\n`,
    });

    const listed = await run(['models', 'list'], here);
    expect(listed.stdout).toMatch(/^qwen3-vl-2b:Q4_K_M +405 kB {2}installed, fits this machine best$/m);
    expect(listed.stdout).toMatch(/^qwen3-vl-8b:F16 +16\.4 GB {2}untested$/m);

    const again = await run(['models', 'pull', 'qwen3-vl-2b:q4_k_m'], here);
    expect(again.stderr).toContain('qwen3-vl-2b:Q4_K_M is here already.');

    const removed = await run(['models', 'remove', 'qwen3-vl-2b'], here);
    expect(removed).toMatchObject({
      code: 0,
      stdout: pulled.stdout,
      stderr: expect.stringMatching(/^48\d kB freed\.\n$/),
    });
    expect(await readdir(path.join(here.cwd, 'home', 'models'))).toEqual([]);
  });

  it('print one document with --json', async () => {
    const hub = await startHub();
    const here = await place(hub);
    const pulled = await run(['models', 'pull', 'qwen3-vl-2b:Q8_0', '--mmproj', 'F16', '--json'], here);
    expect(pulled).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(pulled.stdout)).toEqual({
      model: here.at('Qwen3VL-2B-Instruct-Q8_0.gguf'),
      mmproj: here.at('mmproj-Qwen3VL-2B-Instruct-F16.gguf'),
      name: 'qwen3-vl-2b:Q8_0',
      quantisation: 'Q8_0',
      downloaded: ['Qwen3VL-2B-Instruct-Q8_0.gguf', 'mmproj-Qwen3VL-2B-Instruct-F16.gguf'],
    });
    const { stdout } = await run(['models', 'list', '--json'], here);
    expect(JSON.parse(stdout)).toMatchObject({ folder: path.join(here.cwd, 'home', 'models') });
    hub.onTree.push(refuse(404));
    const failed = await run(['models', 'pull', '--json'], here);
    expect(failed).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(failed.stdout)).toMatchObject({
      error: { code: 'model-missing', details: { status: 404 } },
    });
    const wrong = await run(['models', 'pull', '--nope', '--json'], here);
    expect(wrong).toMatchObject({ code: 2, stderr: '' });
    expect(JSON.parse(wrong.stdout)).toMatchObject({ error: { code: 'option-invalid' } });
  });

  it('that are not there: what to do is said', async () => {
    const here = await place();
    expect(await run(['models', 'path'], here)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'No model is installed.\n  Download one with "pixelwright models pull", or name your own with --model FILE --mmproj FILE.\n',
    });
    for (const args of [['verify'], ['remove', 'qwen3-vl-2b'], ['path', 'qwen3-vl-2b:F16']]) {
      const { code, stdout, stderr } = await run(['models', ...args], here);
      expect({ args, code, stdout }).toEqual({ args, code: 1, stdout: '' });
      expect(stderr).toMatch(/\n {2}\S.*\n$/);
    }
    expect((await run(['models', 'pull', 'gemma'], here)).code).toBe(2);
    expect((await run(['models'], here)).code).toBe(2);
  });

  it('of the user’s own are found by the settings and never removed', async () => {
    const here = await place();
    const [own, eyes] = ['own.gguf', 'eyes.gguf'].map((name) => path.join(here.cwd, name));
    await writeFile(own ?? '', modelBytes());
    await writeFile(eyes ?? '', projectorBytes());
    const env = { ...here.env, PIXELWRIGHT_MODEL: './own.gguf', PIXELWRIGHT_MMPROJ: 'eyes.gguf' };
    expect(await run(['models', 'path'], { cwd: here.cwd, env })).toMatchObject({
      code: 0,
      stdout: `${own}\n${eyes}\n`,
    });
    expect((await run(['models', 'remove', './own.gguf'], { cwd: here.cwd, env })).code).toBe(2);
    await access(own ?? '');
    const swapped = { ...env, PIXELWRIGHT_MODEL: './eyes.gguf', PIXELWRIGHT_MMPROJ: 'own.gguf' };
    expect(await run(['models', 'path'], { cwd: here.cwd, env: swapped })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--model names the language model'),
    });
  });

  it('that are damaged fail the check', async () => {
    const here = await place(await startHub());
    await run(['models', 'pull'], here);
    const bytes = await readFile(here.at(model));
    await writeFile(here.at(model), bytes.fill(1, 9000, 9001));
    expect(await run(['models', 'verify'], here)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(
        /^WRONG {4}.*\n {9}expected [0-9a-f]{64}, it is [0-9a-f]{64}\n {9}→ Remove it/,
      ),
    });
  });
});

describe('models pull', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'interrupted by %s keeps what has come, and goes on',
    async (name) => {
      const hub = await startHub();
      const here = await place(hub);
      const { behaviour, sent } = stallAfter(bytesOf(hub), `${here.at(model)}.part`, 200_000);
      hub.onStorage.push(behaviour);
      const running = start(['models', 'pull'], here);
      await sent;
      running.process.kill(name);
      const { code, stderr } = await running.finished;
      expect(code).toBe(130);
      expect(stderr).toContain('The work was cancelled');
      expect((await readdir(here.at(''))).sort()).toEqual([`${model}.part`, `${model}.part.json`]);
      expect((await run(['models', 'pull'], here)).code).toBe(0);
      expect(hub.ranges()).toContain(`${model} bytes=200000-`);
    },
  );

  it('killed outright goes on in the next run', async () => {
    const hub = await startHub();
    const here = await place(hub);
    const { behaviour, sent } = stallAfter(bytesOf(hub), `${here.at(model)}.part`, 200_000);
    hub.onStorage.push(behaviour);
    const running = start(['models', 'pull'], here);
    await sent;
    running.process.kill('SIGKILL');
    await running.finished;
    expect(await readdir(here.at(''))).toContain(`${model}.lock`);
    // Its lock is nobody's once it has not been touched for ten seconds.
    const next = await run(['models', 'pull'], here);
    expect(next.code).toBe(0);
    expect(next.stderr).toContain('Another process is downloading');
    expect(hub.ranges()).toContain(`${model} bytes=200000-`);
    expect((await readFile(here.at(model))).equals(bytesOf(hub))).toBe(true);
  });

  it('by two processes at once brings each file once', async () => {
    const hub = await startHub();
    const here = await place(hub);
    hub.onStorage.push(cutAfter(bytesOf(hub), `${here.at(model)}.part`, 100_000));
    const both = await Promise.all([run(['models', 'pull'], here), run(['models', 'pull'], here)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(hub.ranges().sort()).toEqual(
      [`${model} bytes=100000-`, `${model} whole`, `${projector} whole`].sort(),
    );
    expect((await readFile(here.at(model))).equals(bytesOf(hub))).toBe(true);
  });

  it('uses what Hugging Face’s cache has, and --model-hub before HF_ENDPOINT', async () => {
    const hub = await startHub();
    const here = await place();
    const snapshot = path.join(
      here.cwd,
      'hf',
      'models--Qwen--Qwen3-VL-2B-Instruct-GGUF',
      'snapshots',
      '0'.repeat(40),
    );
    await mkdir(snapshot, { recursive: true });
    await writeFile(path.join(snapshot, model), bytesOf(hub));
    const env = { ...here.env, HF_ENDPOINT: 'http://127.0.0.1:9' };
    const pulled = await run(['models', 'pull', '--model-hub', hub.url], { cwd: here.cwd, env });
    expect(pulled).toMatchObject({
      code: 0,
      stdout: `${path.join(snapshot, model)}\n${here.at(projector)}\n`,
    });
    expect(hub.ranges()).toEqual([`${projector} whole`]);
  });
});
