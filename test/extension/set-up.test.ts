/** What the set-up of a model tells, and what a server process of ours is told. */
import { describe, expect, it } from 'vitest';
import { settingsEnvironment } from '../../extension/agents/environment.ts';
import { modelChoices, placeOf, serverAddress, transferParts } from '../../extension/setup/words.ts';
import type { GpuReport, ListedFile } from '../../shared/index.ts';
import { defaultSettings, mergeSettings, settingsFromEnvironment } from '../../shared/start.ts';

const file = (parts: Partial<ListedFile>): ListedFile => ({
  role: 'model',
  name: 'small:Q4',
  quantisation: 'Q4',
  bytes: 100,
  tested: true,
  recommended: false,
  ...parts,
});

describe('the models to choose from', () => {
  const eyes = [
    file({ role: 'mmproj', name: 'small', quantisation: 'Q8', bytes: 10, recommended: true }),
    file({ role: 'mmproj', name: 'small', quantisation: 'F16', bytes: 20 }),
    file({ role: 'mmproj', name: 'large', bytes: 30 }),
  ];

  it('are pairs, the recommended first, with the bytes of both files', () => {
    const models = [
      file({ partBytes: 5 }),
      file({ name: 'large:Q4', bytes: 300, tested: false, recommended: true }),
    ];
    const choices = modelChoices([...models, ...eyes]);
    expect(choices.map(({ name, bytes, partBytes, tested }) => [name, bytes, partBytes, tested])).toEqual([
      ['large:Q4', 330, 0, false],
      ['small:Q4', 110, 5, true],
    ]);
  });

  it('are installed where both files are', () => {
    const model = file({ path: '/m.gguf', origin: 'store' });
    expect(modelChoices([model, ...eyes])[0]?.isInstalled).toBe(false);
    const eye = file({ role: 'mmproj', name: 'small', bytes: 20, path: '/e.gguf', origin: 'store' });
    expect(modelChoices([model, ...eyes, eye])[0]).toMatchObject({ isInstalled: true, bytes: 120 });
  });
});

describe('where a model would run', () => {
  const report = (devices: readonly unknown[]): GpuReport =>
    // What is asked of the report is all that is in it.
    ({ nvidia: [], addOns: [], engine: { devices } }) as unknown as GpuReport;
  const gpu = (description: string, totalBytes: number, kind = 'gpu') => ({
    name: 'x',
    description,
    kind,
    totalBytes,
  });

  it('is the graphics processor with most memory, else the processor, else nowhere', () => {
    expect(placeOf(report([gpu('A', 1), gpu('B', 3), gpu('C', 9, 'cpu')]))).toEqual({
      kind: 'gpu',
      name: 'B',
      bytes: 3,
    });
    expect(placeOf(report([gpu('C', 9, 'cpu')]))).toEqual({ kind: 'processor' });
    const problem = { message: 'No libraries.' };
    expect(placeOf({ nvidia: [], addOns: [], problem })).toEqual({
      kind: 'nowhere',
      reason: 'No libraries.',
    });
  });
});

describe('a download', () => {
  const formats = { size: (bytes: number) => `${bytes} B`, duration: (seconds: number) => `${seconds} s` };

  it('is told as far as it is known', () => {
    const begun = { file: 'm', receivedBytes: 1, totalBytes: 9 };
    expect(transferParts(begun, formats)).toEqual({ received: '1 B', total: '9 B' });
    expect(transferParts({ ...begun, bytesPerSecond: 2, secondsLeft: 4 }, formats)).toEqual({
      received: '1 B',
      total: '9 B',
      rate: '2 B/s',
      left: '4 s',
    });
    expect(transferParts({ ...begun, bytesPerSecond: 2, secondsLeft: 0.4 }, formats)).not.toHaveProperty(
      'left',
    );
  });
});

describe('the address of a server', () => {
  it('is one of http or https', () => {
    expect(serverAddress(' http://127.0.0.1:8080/v1 ')).toBe('http://127.0.0.1:8080/v1');
    for (const wrong of ['', 'localhost:8080', 'ftp://a', 'http://', 'http:// a'])
      expect(serverAddress(wrong), wrong).toBeUndefined();
  });
});

describe('the environment of a server process', () => {
  it('says the same settings', () => {
    const settings = {
      ...defaultSettings,
      baseUrl: 'http://127.0.0.1:1/v1',
      apiKey: 'k',
      threads: 3,
      roots: ['/a', '/b c'],
    };
    expect(mergeSettings(settingsFromEnvironment(settingsEnvironment(settings)))).toEqual(settings);
  });

  it('leaves out what is not said', () => {
    expect(settingsEnvironment(defaultSettings)).not.toHaveProperty('PIXELWRIGHT_BASE_URL');
    expect(settingsEnvironment(defaultSettings)).not.toHaveProperty('PIXELWRIGHT_ROOTS');
  });
});
