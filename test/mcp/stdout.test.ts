/** Nothing but the protocol on stdout, whatever else prints there; and an end when the client goes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { card } from '../cli/samples.ts';
import { cli, type Place, place, tinyFlags } from './client.ts';

/** Loaded before the server: once the file is there, prints by every way there is, all the time. */
const noise = `
import { existsSync, writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
let worker;
const timer = setInterval(() => {
  if (!existsSync(process.env.NOISE)) return;
  console.log('noise of console.log');
  process.stdout.write('noise of stdout.write\\n');
  writeSync(1, 'noise of a native library\\n');
  worker ??= new Worker('console.log("noise of a worker")', { eval: true });
}, 100);
timer.unref();
`;

/** Speaks the protocol by hand, so that every line of stdout is seen. */
async function start({ cwd, env }: Place, args: readonly string[]) {
  const quiet = path.join(cwd, 'noise.mjs');
  await writeFile(quiet, noise);
  const child = spawn(process.execPath, ['--import', quiet, cli, 'mcp', ...args], {
    cwd,
    env: { ...env, NOISE: path.join(cwd, 'loud') },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const send = (message: object): void => {
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  };
  const answered = async (id: number): Promise<void> => {
    while (!lines.some((line) => line.includes(`"id":${id},`) || line.endsWith(`"id":${id}}`))) {
      await once(reader, 'line');
    }
  };
  return { child, lines, send, answered, stderr: text(child.stderr) };
}

const initialize = {
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};
const call = (id: number, name: string, given: object) => ({
  id,
  method: 'tools/call',
  params: { name, arguments: given, _meta: { progressToken: id } },
});

it('every line is a message while others print, and what they print is on stderr', async () => {
  const home = await place({ 'a.png': await card() });
  const { child, lines, send, answered, stderr } = await start(home, await tinyFlags());
  send(initialize);
  await answered(1);
  await writeFile(path.join(home.cwd, 'loud'), '');
  send({ method: 'notifications/initialized' });
  send(call(2, 'ui_to_code', { image: 'a.png', strategy: 'measured' }));
  send(call(3, 'describe_image', { image: 'a.png', maxTokens: 16 }));
  await Promise.all([answered(2), answered(3)]);
  child.stdin.end();
  // The engine host lives on, and must not hold our output open.
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  const messages = lines.map((line): unknown => JSON.parse(line));
  expect(messages.length).toBeGreaterThan(3);
  for (const message of messages) expect(message).toMatchObject({ jsonrpc: '2.0' });
  const said = await stderr;
  for (const way of ['console.log', 'stdout.write', 'a native library', 'a worker']) {
    expect(said).toContain(`noise of ${way}`);
  }
});

it('ends when the client closes our input, in the middle of a call too', async () => {
  const home = await place({ 'a.png': await card() });
  const { child, send, answered } = await start(home, []);
  send(initialize);
  await answered(1);
  send(call(2, 'ui_to_code', { image: 'a.png', strategy: 'measured' }));
  child.stdin.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

it('ends where our input is a file, when all of it has been answered', async () => {
  const home = await place();
  const file = path.join(home.cwd, 'messages');
  await writeFile(file, `${JSON.stringify({ jsonrpc: '2.0', ...initialize })}\n`);
  const input = await open(file);
  onTestFinished(() => input.close());
  const child = spawn(process.execPath, [cli, 'mcp'], { ...home, stdio: [input.fd, 'pipe', 'ignore'] });
  if (child.stdout === null) throw new Error('Its stdout is a pipe.');
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect(code).toBe(0);
  expect(JSON.parse(said)).toMatchObject({ id: 1, result: { serverInfo: { name: 'pixelwright' } } });
});

it('--help and --print-config are printed for people', async () => {
  const { cwd, env } = await place();
  for (const [args, expected] of [
    [['--help'], 'Usage: pixelwright mcp'],
    [['--print-config', 'cursor'], '"mcpServers"'],
    [['--print-config=cursor'], '"mcpServers"'],
  ] as const) {
    const child = spawn(process.execPath, [cli, 'mcp', ...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(await text(child.stdout)).toContain(expected);
  }
});
