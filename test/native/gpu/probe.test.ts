/** The probe: a process of its own that tells what the libraries find, and may die without harm. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probeLibraries } from '../../../shared/engine/native/gpu/probe.ts';
import { libraryVersion } from '../../../shared/engine/native/library/pins.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pixelwright-probe-'));
});
afterAll(() => rm(folder, { recursive: true }));

const environment = () => ({ ...process.env, PIXELWRIGHT_HOME: folder });
const signal = AbortSignal.timeout(120_000);

async function scriptOf(text: string): Promise<string> {
  const script = path.join(folder, 'probe.mjs');
  await writeFile(script, text);
  return script;
}

describe('the probe', () => {
  it('tells the libraries and the processor of this machine', async () => {
    const report = await probeLibraries('cpu', { signal, environment: environment() });
    expect(report).toMatchObject({ version: libraryVersion, device: 'cpu' });
    expect(report.processor).toMatch(/ggml-cpu/);
    const processor = report.devices.find(({ kind }) => kind === 'cpu');
    expect(processor?.totalBytes).toBeGreaterThan(2 ** 28);
  });

  it('hands on what the libraries lack', async () => {
    await expect(probeLibraries('cuda', { signal, environment: environment() })).rejects.toMatchObject({
      code: 'engine-unavailable',
      next: expect.stringMatching(/gpu add cuda|--device/),
    });
  });

  it('that a driver ends is told as a crash, with what to do', async () => {
    const script = await scriptOf(
      "process.stderr.write('bad driver'); process.kill(process.pid, 'SIGKILL');",
    );
    await expect(
      probeLibraries('auto', { signal, environment: environment(), script }),
    ).rejects.toMatchObject({
      code: 'engine-crashed',
      message: expect.stringContaining('SIGKILL'),
      next: expect.stringContaining('--device cpu'),
      details: expect.objectContaining({ stderr: 'bad driver' }),
    });
  });

  it('that says something else is told as a crash too', async () => {
    const script = await scriptOf("console.log('{')");
    await expect(probeLibraries('cpu', { signal, environment: environment(), script })).rejects.toMatchObject(
      { code: 'engine-crashed', next: expect.stringContaining('--base-url') },
    );
  });

  it('is ended by the signal', async () => {
    const script = await scriptOf('setInterval(() => {}, 1000)');
    const controller = new AbortController();
    const asked = probeLibraries('cpu', { signal: controller.signal, environment: environment(), script });
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
  });
});
