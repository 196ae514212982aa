/** Many clients, one host; and what is left of hosts that have gone. */
import { execFile } from 'node:child_process';
import { chmod, chown, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { type HostState, hostFiles, writeState } from '../../shared/engine/host/host-state.ts';
import { newToken } from '../../shared/engine/host/proof.ts';
import { hostProtocol } from '../../shared/engine/host/protocol.ts';
import { collect } from '../../shared/engine/stream/collect.ts';
import { failure, readAll } from '../engine/helpers.ts';
import { ask, bundle, ended, hostEngine, hostFolder, never, stateIn } from './helpers.ts';

const [main = '', client = ''] = await bundle('scripted-main', 'client-main');
const run = promisify(execFile);

/** What one process gets that asks for one word. */
const askFromProcess = async (folder: string): Promise<string> =>
  (await run(process.execPath, [client, folder, main, 'say hello'])).stdout;

const askHere = async (folder: string): Promise<string> =>
  (await collect(hostEngine(folder, main).stream(ask('say hello'), { signal: never }))).text;

/** How many hosts have run in a folder, by their logs. */
async function starts(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => /\.log/.test(name));
  const logs = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  return logs.join('').split(/ engine host \S+, process \d+/).length - 1;
}

/** A process number that belonged to somebody who has ended. */
async function deadPid(): Promise<number> {
  const { stdout } = await run(process.execPath, ['-p', 'process.pid']);
  return Number(stdout);
}

const stale = (parts: Partial<HostState>): HostState => ({
  pid: process.pid,
  address: '127.0.0.1',
  port: 9,
  token: newToken(),
  version: '0.0.0',
  protocol: hostProtocol,
  startedAt: new Date(0).toISOString(),
  ...parts,
});

it('ten processes at once start one host', async () => {
  const folder = await hostFolder();
  const answers = await Promise.all(Array.from({ length: 10 }, () => askFromProcess(folder)));
  expect(answers).toEqual(Array.from({ length: 10 }, () => 'hello '));
  expect(await starts(folder)).toBe(1);
  expect((await readdir(folder)).filter((name) => /lock|tmp/.test(name))).toEqual([]);
});

it('ten engines of one process too, and beside a stale lock and a stale state', async () => {
  const folder = await hostFolder();
  const { lock, state } = hostFiles(folder);
  await writeFile(lock, JSON.stringify({ pid: await deadPid() }));
  await writeState(state, stale({ pid: await deadPid() }));
  const answers = await Promise.all(Array.from({ length: 10 }, () => askHere(folder)));
  expect(answers).toEqual(Array.from({ length: 10 }, () => 'hello '));
  expect(await starts(folder)).toBe(1);
});

it.each<[what: string, content: string, ageMs: number]>([
  ['by a process that runs but has it for too long', JSON.stringify({ pid: process.pid }), 3_600_000],
  ['by nobody', '', 3_600_000],
])('clears a lock that is held %s', async (_, content, ageMs) => {
  const folder = await hostFolder();
  const { lock } = hostFiles(folder);
  await writeFile(lock, content);
  const made = new Date(Date.now() - ageMs);
  await utimes(lock, made, made);
  expect(await askHere(folder)).toBe('hello ');
});

it('waits for a lock that somebody holds', async () => {
  const folder = await hostFolder();
  await writeFile(hostFiles(folder).lock, JSON.stringify({ pid: process.pid }));
  const giveUp = new AbortController();
  const waiting = failure(
    readAll(hostEngine(folder, main).stream(ask('say hello'), { signal: giveUp.signal })),
  );
  setTimeout(() => giveUp.abort(), 200);
  expect((await waiting).code).toBe('cancelled');
  expect(await starts(folder)).toBe(0);
});

it('a state whose port is closed is replaced', async () => {
  const folder = await hostFolder();
  await writeState(hostFiles(folder).state, stale({}));
  expect(await askHere(folder)).toBe('hello ');
});

it('a state that cannot be read is replaced', async () => {
  const folder = await hostFolder();
  await writeFile(hostFiles(folder).state, '{"pid":');
  expect(await askHere(folder)).toBe('hello ');
});

it('a program that took the port is sent neither token nor picture', async () => {
  const seen: string[] = [];
  const thief = createServer((request, response) => {
    seen.push(request.url ?? '', JSON.stringify(request.headers));
    request.on('data', (bytes) => seen.push(String(bytes)));
    response.end(JSON.stringify({ status: 'ok', pid: process.pid, version: '0', protocol: 1, proof: 'x' }));
  });
  await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    thief.close();
  });
  const address = thief.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const folder = await hostFolder();
  const state = stale({ port });
  await writeState(hostFiles(folder).state, state);
  expect(await askHere(folder)).toBe('hello ');
  expect(new Set(seen.filter((text) => text.startsWith('/')))).toEqual(new Set(['/health']));
  expect(seen.join()).not.toContain(state.token);
  expect(seen.join()).not.toContain('hello');
});

it('others can read neither state nor log', async () => {
  const folder = await hostFolder();
  await askHere(folder);
  const { state, log } = hostFiles(folder);
  const mode = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);
  expect([await mode(folder), await mode(state), await mode(log)]).toEqual(['700', '600', '600']);
});

it.runIf(process.getuid?.() === 0)('another user gets neither the token nor an answer', async () => {
  const folder = await hostFolder();
  await askHere(folder);
  const { port } = await stateIn(folder);
  // Nothing above the folder is in the way.
  await chmod(path.dirname(folder), 0o755);
  const spy = `
    const { readFileSync, readdirSync } = require('node:fs');
    const attempt = (work) => { try { work(); return 'done'; } catch (error) { return error.code; } };
    const file = ${JSON.stringify(hostFiles(folder).state)};
    const read = [attempt(() => readFileSync(file)), attempt(() => readdirSync(${JSON.stringify(folder)}))];
    fetch('http://127.0.0.1:${port}/v1/models').then(({ status }) => console.log(...read, status));`;
  const { stdout } = await run(process.execPath, ['-e', spy], { uid: 65_534, cwd: '/' });
  expect(stdout).toBe('EACCES EACCES 401\n');
});

it('a folder that cannot be used is told', async () => {
  const folder = path.join(await hostFolder(), 'file', 'host');
  await writeFile(path.dirname(folder), '');
  const error = await failure(readAll(hostEngine(folder, main).stream(ask('x'), { signal: never })));
  expect(error.code).toBe('output-not-writable');
  expect(error.message).toContain(folder);
});

it.runIf(process.getuid?.() === 0)('a folder of another user is refused', async () => {
  const folder = await hostFolder();
  await chown(folder, 65_534, 65_534);
  const error = await failure(readAll(hostEngine(folder, main).stream(ask('x'), { signal: never })));
  expect(error.code).toBe('not-allowed');
  expect(error.message).toContain('belongs to user 65534; this process runs as user 0.');
});

it('a folder that others could enter is closed', async () => {
  const folder = await hostFolder();
  await chmod(folder, 0o755);
  await askHere(folder);
  expect(((await stat(folder)).mode & 0o777).toString(8)).toBe('700');
});

it('a host that cannot start says why at once, and the next try is a new one', async () => {
  const folder = await hostFolder();
  const engine = hostEngine(folder, main, { idleMinutes: -1 });
  for (let count = 0; count < 2; count += 1) {
    const error = await failure(readAll(engine.stream(ask('say hello'), { signal: never })));
    expect(error.code).toBe('option-invalid');
    expect(error.message).toBe(
      'The engine host must be given --state-folder FOLDER and --idle-minutes NUMBER.',
    );
  }
});

it('a host that dies without a word is told with the end of its log', async () => {
  const folder = await hostFolder();
  const broken = path.join(folder, 'broken.mjs');
  await writeFile(broken, 'process.stderr.write("libmissing.so: cannot open\\n"); process.exit(3);');
  const error = await failure(readAll(hostEngine(folder, broken).stream(ask('x'), { signal: never })));
  expect(error.code).toBe('engine-unavailable');
  expect(error.message).toBe(
    'The engine host ended before it was ready (exit code 3). Its last words: libmissing.so: cannot open',
  );
  expect(error.next).toContain(hostFiles(folder).log);
});

it('a start that is cancelled leaves no process', async () => {
  const folder = await hostFolder();
  const pidFile = path.join(folder, 'pid');
  const slow = path.join(folder, 'slow.mjs');
  await writeFile(
    slow,
    `import { writeFileSync } from 'node:fs';
     writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));
     setInterval(() => {}, 1000);`,
  );
  const giveUp = new AbortController();
  const started = failure(readAll(hostEngine(folder, slow).stream(ask('x'), { signal: giveUp.signal })));
  let pid = 0;
  while (!pid) {
    pid = Number(await readFile(pidFile, 'utf8').catch(() => '0'));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  giveUp.abort();
  expect((await started).code).toBe('cancelled');
  await ended(pid);
  await expect(stateIn(folder)).rejects.toThrow();
});
