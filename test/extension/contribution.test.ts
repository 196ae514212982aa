/** The settings in the editor: generated from the schema, described, and closed to repositories where they must be. */
import { describe, expect, it } from 'vitest';
import { contribution, parted } from '../../extension/settings/contribution.ts';
import { sections, unlisted } from '../../extension/settings/layout.ts';
import manifest from '../../package.json' with { type: 'json' };
import { defaultSettings, settingNames, settingsSchema } from '../../shared/start.ts';

const { configuration, restricted, texts } = contribution();
const properties = Object.assign({}, ...configuration.map((section) => section.properties));

describe('the settings of the manifest', () => {
  it('are those of the schema', () => {
    const listed = settingNames.filter((name) => !(name in unlisted)).map((name) => `pixelwright.${name}`);
    expect(Object.keys(properties).toSorted()).toEqual(listed.toSorted());
    expect(manifest.contributes.configuration).toEqual(configuration);
  });

  it('have the defaults of the schema, and each default is allowed by it', () => {
    for (const name of settingNames.filter((one) => !(one in unlisted))) {
      const shown = properties[`pixelwright.${name}`].default;
      if (defaultSettings[name] === undefined) expect(['', null]).toContain(shown);
      else expect(settingsSchema.shape[name].parse(shown)).toEqual(defaultSettings[name]);
    }
  });

  it('carry the bounds of the schema', () => {
    expect(properties['pixelwright.jobs']).toMatchObject({ type: 'integer', minimum: 1, maximum: 64 });
    expect(properties['pixelwright.maxPixels']).toMatchObject({ type: 'integer', minimum: 1 });
    expect(properties['pixelwright.maxPixels']).not.toHaveProperty('maximum');
    expect(properties['pixelwright.threads'].type).toEqual(['integer', 'null']);
  });

  it('tell what each word of a choice means', () => {
    expect(texts['setting.strategy.perceived']).toBe('The model tells what is what, code composes.');
    expect(texts['setting.engine']).toBe('Where the model runs.');
    expect(texts['setting.engine.auto']).toBe('At the base URL where one is given, else native.');
  });

  it('speak of no flags', () => {
    expect(Object.entries(texts).filter(([, text]) => /--\w|models list|commas/.test(text))).toEqual([]);
  });
});

describe('what a repository may set', () => {
  it('is not where pictures are sent, and no file that is loaded or run', () => {
    for (const name of [
      'baseUrl',
      'modelName',
      'model',
      'mmproj',
      'modelHub',
      'browser',
      'allowPrivateHosts',
    ])
      expect(properties[`pixelwright.${name}`].scope, name).toBe('machine');
  });

  it('is nothing but what concerns its own pages before it is trusted', () => {
    const free = sections
      .flatMap(({ settings }) => Object.entries(settings))
      .filter(([, scope]) => scope === 'resource');
    const own = ['components', 'fit', 'jobs', 'maxTokens', 'samples', 'straighten', 'strategy', 'to'];
    expect(free.map(([name]) => name).toSorted()).toEqual(own);
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual(restricted);
    expect(restricted).toContain('pixelwright.baseUrl');
  });
});

describe('a description with words', () => {
  it('is parted into the sentence and the meanings', () => {
    const { text, meanings } = parted('Where it runs. here: inside; there: at a: b.', ['here', 'there']);
    expect(text).toBe('Where it runs.');
    expect([...meanings]).toEqual([
      ['here', 'Inside.'],
      ['there', 'At a: b.'],
    ]);
  });

  it('without words stays whole', () => {
    expect(parted('Folder: where to write.', []).text).toBe('Folder: where to write.');
    expect(parted('What to make.', ['html']).text).toBe('What to make.');
  });
});
