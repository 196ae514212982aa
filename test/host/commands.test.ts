/** `serve`, `status` and `stop` as a user runs them, with a tiny model. */
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { folder, type Running, run, start } from '../cli/command.ts';
import { tinyModel } from '../models/index.ts';
import { pngOf } from '../native/parity/pictures.ts';
import { ended } from './helpers.ts';

interface Served {
  readonly running: Running;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly baseUrl: string;
}

/** A folder with nothing in it, which is also where hosts keep their state. */
async function home(): Promise<{ cwd: string; env: Record<string, string> }> {
  const cwd = await folder();
  const env = { PIXELWRIGHT_HOME: path.join(cwd, 'home') };
  onTestFinished(async () => {
    await run(['stop', '--force'], { cwd, env });
  });
  return { cwd, env };
}

async function serve(...args: string[]): Promise<Served> {
  const { cwd, env } = await home();
  const { model, mmproj } = await tinyModel();
  const own = [
    '--model',
    model,
    '--mmproj',
    mmproj,
    '--device',
    'cpu',
    '--threads',
    '1',
    '--context-size',
    '2048',
  ];
  const running = start(['serve', ...own, ...args], { cwd, env });
  const said = await running.says('OPENAI_API_KEY');
  const baseUrl = /OPENAI_BASE_URL=(\S+)/.exec(said)?.[1] ?? '';
  return { running, cwd, env, baseUrl };
}

it('serve gives any OpenAI client the model, and ends on Ctrl-C', async () => {
  const { running, cwd, env, baseUrl } = await serve();
  expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
  const token = (await run(['status', '--token'], { cwd, env })).stdout.trim();
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messages: [{ role: 'user', content: 'Hello.' }], temperature: 0, max_tokens: 5 }),
  });
  const answer = await response.json();
  expect(answer.choices[0].message.content).not.toBe('');
  expect(answer.usage.completion_tokens).toBe(5);

  const status = JSON.parse((await run(['status', '--json'], { cwd, env })).stdout);
  expect(status).toMatchObject({
    running: true,
    pid: running.process.pid,
    baseUrl,
    foreground: true,
    model: { state: 'ready', contextSize: 2048, threads: 1, device: 'cpu' },
    requests: { running: 0, waiting: 0, served: 1 },
    idleMinutes: 10,
  });
  expect((await run(['status'], { cwd, env })).stdout).toMatch(
    /^host {6}process \d+, version \S+, pixelwright serve\naddress {3}http.*\nmodel {5}tiny-.*, ready, pixelwright on CPU/,
  );

  running.process.kill('SIGINT');
  const { code, stdout, stderr } = await running.finished;
  expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: `${baseUrl}\n` });
  expect(stdout + stderr).not.toContain(token);
  expect(await readdir(path.join(cwd, 'home', 'host'))).toEqual([]);
});

it('describe uses the host that serve keeps, and the other way about', async () => {
  const { cwd, env } = await serve();
  const { model, mmproj } = await tinyModel();
  const picture = path.join(cwd, 'a.png');
  await writeFile(picture, await pngOf({ width: 64, height: 64, seed: 1 }));
  const own = [
    '--model',
    model,
    '--mmproj',
    mmproj,
    '--device',
    'cpu',
    '--threads',
    '1',
    '--context-size',
    '2048',
  ];
  const { code, stderr } = await run(['describe', picture, ...own, '--max-tokens', '5'], { cwd, env });
  expect(code, stderr).toBe(0);
  const status = JSON.parse((await run(['status', '--json'], { cwd, env })).stdout);
  expect(status).toMatchObject({ foreground: true, requests: { served: 1 } });
  const second = await run(['serve'], { cwd, env });
  expect(second.code).toBe(1);
  expect(second.stderr).toMatch(
    /^An engine host of this user runs already: process \d+ at http:\/\/127\.0\.0\.1:\d+\/v1\.\n {2}Use that one/,
  );
});

it('stop ends it', async () => {
  const { running, cwd, env } = await serve();
  const { code, stdout } = await run(['stop'], { cwd, env });
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `The engine host (process ${running.process.pid}) has ended.\n`,
  });
  expect((await running.finished).code).toBe(0);
  expect((await run(['stop', '--json'], { cwd, env })).stdout).toBe('{\n  "stopped": false\n}\n');
});

it('stop ends one that hangs when it is forced to', async () => {
  const { running, cwd, env } = await serve();
  const pid = running.process.pid ?? 0;
  process.kill(pid, 'SIGSTOP');
  const { code, stderr } = await run(['stop'], { cwd, env });
  expect(code).toBe(1);
  expect(stderr).toContain(`The engine host (process ${pid}, port `);
  expect(stderr).toContain('is there, but does not answer.');
  const forced = await run(['stop', '--force'], { cwd, env });
  expect(forced.stdout).toBe(`The engine host (process ${pid}) has ended.\n`);
  await ended(pid);
});

it('without a host they say so', async () => {
  const { cwd, env } = await home();
  expect((await run(['status'], { cwd, env })).stdout).toBe('No engine host runs.\n');
  expect((await run(['stop'], { cwd, env })).stdout).toBe('No engine host runs.\n');
  expect(JSON.parse((await run(['status', '--json'], { cwd, env })).stdout)).toEqual({ running: false });
  const token = await run(['status', '--token'], { cwd, env });
  expect({ code: token.code, stdout: token.stdout }).toEqual({ code: 1, stdout: '' });
});

it('serve warns when other machines can reach it', async () => {
  const { running } = await serve('--host', '0.0.0.0');
  expect(await running.says('Warning')).toContain('The token alone keeps them out.');
});

it.each([
  [['--port', '70000'], '--port must be a whole number from 0 to 65535; it is "70000".'],
  [['--port', 'x'], '--port must be a whole number from 0 to 65535; it is "x".'],
  [['--host', 'example.test'], '--host must be an IP address; it is "example.test".'],
  [['--engine-idle-minutes', '0'], '--engine-idle-minutes must be a whole number from 1 to 10080; it is 0.'],
])('serve %s is refused', async (args, message) => {
  const { cwd, env } = await home();
  const { code, stderr } = await run(['serve', ...args], { cwd, env });
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

it('a model that is not there is told at once', async () => {
  const { cwd, env } = await home();
  const { code, stderr } = await run(['serve', '--model', './none.gguf', '--mmproj', './none.gguf'], {
    cwd,
    env,
  });
  expect(code).toBe(1);
  expect(stderr).toContain('none.gguf');
});

it('a port that is taken is told', async () => {
  const { baseUrl } = await serve();
  const { cwd, env } = await home();
  const { code, stderr } = await run(['serve', '--port', new URL(baseUrl).port], { cwd, env });
  expect(code).toBe(1);
  expect(stderr).toContain('(EADDRINUSE)');
});
