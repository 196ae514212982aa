/** Settings: where each comes from, which source wins, and what a wrong one is told. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultSettings, settingNames, settingsSchema } from '../../shared/config.ts';
import { readSettingsFile } from '../../shared/config-file.ts';
import {
  environmentName,
  flagName,
  mergeSettings,
  settingsFromEnvironment,
  settingsFromFlags,
  settingsFromJson,
} from '../../shared/setting-sources.ts';
import { folder } from './command.ts';

describe('the schema', () => {
  it('describes every setting', () => {
    for (const name of settingNames) expect(settingsSchema.shape[name].description, name).toMatch(/^\w.*\.$/);
  });

  it('gives each a flag and a variable', () => {
    expect(flagName('maxInputBytes')).toBe('--max-input-bytes');
    expect(environmentName('maxInputBytes')).toBe('PIXELWRIGHT_MAX_INPUT_BYTES');
  });
});

describe('precedence', () => {
  it('is defaults < file < environment < flags', () => {
    const file = settingsFromJson('{"jobs": 3, "out": "file", "strategy": "direct"}', 's.json');
    const environment = settingsFromEnvironment({ PIXELWRIGHT_JOBS: '4', PIXELWRIGHT_OUT: 'environment' });
    const flags = settingsFromFlags({ jobs: '5' });
    expect(mergeSettings(file, environment, flags)).toEqual({
      ...defaultSettings,
      strategy: 'direct',
      out: 'environment',
      jobs: 5,
    });
  });

  it('what a source does not say does not hide what another says', () => {
    expect(mergeSettings({ jobs: 7 }, { jobs: undefined }).jobs).toBe(7);
  });

  it('nothing said gives the defaults', () => {
    expect(mergeSettings(settingsFromEnvironment({}), settingsFromFlags({}))).toEqual(defaultSettings);
  });
});

describe('text', () => {
  it('becomes the type of its setting', () => {
    const flags = settingsFromFlags({ maxPixels: '1000', allowPrivateHosts: 'a.local, b.local', out: '7' });
    expect(flags).toEqual({ maxPixels: 1000, allowPrivateHosts: ['a.local', 'b.local'], out: '7' });
  });

  it('becomes a number for settings without a default too', () => {
    const variables = {
      PIXELWRIGHT_THREADS: '3',
      PIXELWRIGHT_CONTEXT_SIZE: '8192',
      PIXELWRIGHT_DEVICE: 'cuda',
    };
    expect(settingsFromEnvironment(variables)).toEqual({ threads: 3, contextSize: 8192, device: 'cuda' });
  });

  it('that is out of bounds is told the bounds, a misspelling the nearest word', () => {
    expect(() => settingsFromFlags({ parallel: '0' })).toThrow(
      '--parallel must be a whole number from 1 to 64; it is 0.',
    );
    expect(() => settingsFromFlags({ threads: '1000' })).toThrow('a whole number from 1 to 512; it is 1000');
    expect(() => settingsFromFlags({ device: 'vulcan' })).toThrow('Did you mean vulkan?');
  });

  it('an empty variable counts as not set', () => {
    expect(settingsFromEnvironment({ PIXELWRIGHT_API_KEY: '' })).toEqual({});
  });

  it.each(['', '1.5', '-1', '0', '1e3', '0x10'])('"%s" is no number of pixels', (text) => {
    expect(() => settingsFromFlags({ maxPixels: text })).toThrow(
      '--max-pixels must be a whole number above 0',
    );
  });
});

describe('wrong settings', () => {
  it('name their source and never show a key', () => {
    expect(() => settingsFromEnvironment({ PIXELWRIGHT_STRATEGY: 'best' })).toThrow(
      'PIXELWRIGHT_STRATEGY must be one of measured, perceived, direct, auto; it is "best".',
    );
    expect(() => settingsFromJson('{"apiKey": ["secret"]}', 's.json')).toThrow(/it is something else\.$/);
  });

  it('an unknown one in a file is told the nearest name', () => {
    expect(() => settingsFromJson('{"maxPixel": 5}', 's.json')).toThrow(
      's.json sets "maxPixel", which is no setting. Did you mean "maxPixels"?',
    );
  });

  it.each(['', '[1]', 'null', '{'])('a file that holds %j is refused', (text) => {
    expect(() => settingsFromJson(text, 's.json')).toThrow(/^The settings file s\.json /);
  });
});

describe('the file', () => {
  it('is the one that PIXELWRIGHT_CONFIG names', async () => {
    const home = await folder({ 'mine.json': '{"jobs": 9}' });
    expect(await readSettingsFile({ PIXELWRIGHT_CONFIG: path.join(home, 'mine.json') })).toEqual({ jobs: 9 });
  });

  it('must be there if it was named', async () => {
    const home = await folder();
    await expect(
      readSettingsFile({ PIXELWRIGHT_CONFIG: path.join(home, 'mine.json') }),
    ).rejects.toMatchObject({
      code: 'option-invalid',
      next: 'Correct PIXELWRIGHT_CONFIG, or unset it.',
    });
  });
});
