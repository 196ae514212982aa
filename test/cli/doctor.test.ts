/** `doctor`: what is here, and what to do about what is not. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeFinding } from '../../shared/run/doctor.ts';
import { kinds, serveChat, startServer, stream } from '../engine/scripted-server.ts';
import { folder, run } from './command.ts';

interface Finding {
  readonly name: string;
  readonly status: string;
  readonly found: string;
  readonly next?: string;
}

async function findings(env: Record<string, string>, ...flags: string[]) {
  const { code, stdout, stderr } = await run(['doctor', '--json', ...flags], { cwd: await folder(), env });
  expect(stderr).toBe('');
  // The shape is what this test is about; each field is compared below.
  const document = JSON.parse(stdout) as { findings: Finding[] };
  return { code, of: (name: string) => document.findings.find((finding) => finding.name === name) };
}

describe('doctor', () => {
  it('looks at everything, and says what to do about each gap', async () => {
    const { stdout } = await run(['doctor', '--json'], { cwd: await folder() });
    // As above.
    const { findings: all } = JSON.parse(stdout) as { findings: Finding[] };
    expect(all.map(({ name }) => name)).toEqual([
      'Node',
      'browser',
      'GPU',
      'native engine',
      'model',
      'engine server',
      'fonts',
      'clipboard',
      'settings',
    ]);
    for (const { status, next, name } of all) if (status !== 'ok') expect(next, name).toMatch(/\S/);
  });

  it('prints a line each for a person', async () => {
    const { code, stdout } = await run(['doctor'], { cwd: await folder() });
    expect(stdout).toMatch(/^ok {6}Node {11}\d+\.\d+\.\d+$/m);
    expect(stdout).toMatch(/^none {4}model .*\n\s+→ Run "pixelwright models pull" once/m);
    expect(code).toBe(0);
  });

  it('a browser that is named but not there is a fault', async () => {
    const nowhere = path.join(await folder(), 'chrome');
    const { code, of } = await findings({ PIXELWRIGHT_BROWSER: nowhere });
    expect(of('browser')).toMatchObject({ status: 'broken', found: expect.stringContaining(nowhere) });
    expect(of('browser')?.next).toMatch(/Install Google Chrome, .*Only "score" needs one\./);
    expect(code).toBe(1);
  });

  it('names the libraries of the native engine, and what it computes on', async () => {
    const { of } = await findings({}, '--device', 'cpu');
    expect(of('native engine')).toMatchObject({
      status: 'ok',
      found: expect.stringContaining('on processor ('),
    });
  });

  it('a device that is asked for and cannot be used is a fault', async () => {
    const { code, of } = await findings({}, '--device', 'cuda');
    expect(of('native engine')).toMatchObject({ status: 'broken', next: expect.stringMatching(/\S/) });
    expect(code).toBe(1);
  });

  it('a model that is named and not here is a fault', async () => {
    const { of } = await findings({ PIXELWRIGHT_MODEL: '/nowhere/model.gguf' });
    expect(of('model')).toMatchObject({
      status: 'broken',
      found: expect.stringContaining('/nowhere/model.gguf'),
    });
  });

  it('names the server and its model', async () => {
    const server = await startServer(kinds['llama-server']);
    const { code, of } = await findings({ PIXELWRIGHT_BASE_URL: server.url });
    expect(of('engine server')).toMatchObject({
      status: 'ok',
      found: expect.stringContaining('qwen3-vl.gguf'),
    });
    expect(of('model')).toMatchObject({ status: 'ok' });
    expect(code).toBe(0);
  });

  it('a server that does not answer is a fault', async () => {
    const { code, of } = await findings({}, '--base-url', 'http://127.0.0.1:9');
    expect(of('engine server')).toMatchObject({ status: 'broken' });
    expect(of('engine server')?.next).toMatch(/\S/);
    expect(code).toBe(1);
  });

  it('asks a server for nothing but what it is', async () => {
    const server = await serveChat(stream([]));
    await findings({ PIXELWRIGHT_BASE_URL: server.url });
    expect(server.chats()).toEqual([]);
  });
});

describe('the Node version', () => {
  it.each(['20.11.0', '20.20.2', '22.0.0'])('%s is enough', (version) => {
    expect(nodeFinding(version)).toMatchObject({ status: 'ok' });
  });
  it.each(['18.20.0', '20.10.0'])('%s is too old', (version) => {
    expect(nodeFinding(version)).toMatchObject({ status: 'broken', next: 'Install Node 20.11 or newer.' });
  });
});
