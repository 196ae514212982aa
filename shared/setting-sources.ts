/** Where settings come from: defaults < file < environment < flags, each a pure function. */
import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';
import {
  defaultSettings,
  devices,
  engineChoices,
  fittings,
  type PartialSettings,
  type SettingName,
  type Settings,
  settingNames,
  settingsSchema,
  straightenings,
  strategies,
  targets,
} from './config.ts';
import { PixelwrightError } from './errors.ts';

/** `maxInputBytes` → `PIXELWRIGHT_MAX_INPUT_BYTES`. */
export const environmentName = (name: SettingName): string =>
  `PIXELWRIGHT_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** `maxInputBytes` → `--max-input-bytes`. */
export const flagName = (name: SettingName): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Whole numbers with bounds: least and most. */
const ranges: Readonly<Partial<Record<SettingName, readonly [number, number]>>> = {
  jobs: [1, 64],
  threads: [1, 512],
  contextSize: [512, 1_048_576],
  parallel: [1, 64],
  samples: [0, 16],
  engineIdleMinutes: [1, 10_080],
};

const isNumber = (name: SettingName): boolean =>
  typeof defaultSettings[name] === 'number' || name in ranges || name === 'maxTokens';

/** The text of a flag or an environment variable as the type its setting has; unfit text stays text. */
function fromText(name: SettingName, text: string): unknown {
  if (isNumber(name) && /^\d+$/.test(text.trim())) return Number(text);
  return Array.isArray(defaultSettings[name]) ? text.split(',').map((part) => part.trim()) : text;
}

/** The words that a setting can be, where it is one of a few. */
function wordsOf(name: SettingName): readonly string[] {
  const words: Readonly<Record<string, readonly string[]>> = {
    to: targets,
    strategy: strategies,
    straighten: straightenings,
    fit: fittings,
    engine: engineChoices,
    device: devices,
  };
  return words[name] ?? [];
}

/** What was expected of one setting, in words. */
function expectation(name: SettingName): string {
  const words = wordsOf(name);
  if (words.length > 0) return `one of ${words.join(', ')}`;
  const range = ranges[name];
  if (range !== undefined) return `a whole number from ${range[0]} to ${range[1]}`;
  if (name === 'baseUrl' || name === 'modelHub') return 'an http:// or https:// address';
  if (Array.isArray(defaultSettings[name])) return 'a list of names with commas between';
  return isNumber(name) ? 'a whole number above 0' : 'text that is not empty';
}

/** The nearest of some words, if at most half of its letters differ: anything further is no misspelling. */
function similar(value: string, words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const near = closest(value, [...words]);
  return distance(value, near) <= Math.max(1, near.length / 2) ? near : undefined;
}

/** One setting, checked. @throws PixelwrightError `option-invalid` with the nearest word where there is one. */
function check(name: SettingName, value: unknown, label: string): unknown {
  const result = settingsSchema.shape[name].safeParse(value);
  if (result.success) return result.data;
  const words = wordsOf(name);
  const word = typeof value === 'string' ? similar(value, words) : undefined;
  const near = word === undefined ? '' : ` Did you mean ${word}?`;
  const shown = name === 'apiKey' ? 'something else' : JSON.stringify(value);
  throw new PixelwrightError(
    'option-invalid',
    `${label} must be ${expectation(name)}; it is ${shown}.${near}`,
    {
      next: 'Correct the value, or leave it out to use the default.',
      details: { setting: name },
    },
  );
}

function collect(
  read: (name: SettingName) => { value: unknown; label: string } | undefined,
): PartialSettings {
  const found: Record<string, unknown> = {};
  for (const name of settingNames) {
    const given = read(name);
    if (given !== undefined) found[name] = check(name, given.value, given.label);
  }
  return found;
}

/** Settings from the environment; a variable that is empty counts as not set. */
export function settingsFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): PartialSettings {
  return collect((name) => {
    const label = environmentName(name);
    const text = environment[label];
    return text === undefined || text === '' ? undefined : { value: fromText(name, text), label };
  });
}

/** Settings from flags as the command line read them; other flags are left alone. */
export function settingsFromFlags(flags: Readonly<Record<string, unknown>>): PartialSettings {
  return collect((name) => {
    const value = flags[name];
    if (value === undefined) return undefined;
    return { value: typeof value === 'string' ? fromText(name, value) : value, label: flagName(name) };
  });
}

/** Settings from values of their own types; what is undefined is not set. @param labelOf names one in messages. */
export function settingsFromValues(
  values: Readonly<Record<string, unknown>>,
  labelOf: (name: SettingName) => string,
): PartialSettings {
  return collect((name) =>
    values[name] === undefined ? undefined : { value: values[name], label: labelOf(name) },
  );
}

/** Settings from the text of a settings file. @param path is only named in messages. */
export function settingsFromJson(text: string, path: string): PartialSettings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new PixelwrightError('option-invalid', `The settings file ${path} is not JSON: ${String(cause)}`, {
      cause,
    });
  }
  const object = z.record(z.string(), z.unknown()).safeParse(value);
  if (!object.success) {
    throw new PixelwrightError('option-invalid', `The settings file ${path} must hold one JSON object.`);
  }
  const unknown = Object.keys(object.data).find((key) => !(key in settingsSchema.shape));
  if (unknown !== undefined) {
    const near = similar(unknown, settingNames);
    const hint =
      near === undefined ? `The settings are ${settingNames.join(', ')}.` : `Did you mean "${near}"?`;
    throw new PixelwrightError('option-invalid', `${path} sets "${unknown}", which is no setting. ${hint}`);
  }
  return collect((name) =>
    name in object.data ? { value: object.data[name], label: `"${name}" in ${path}` } : undefined,
  );
}

/** The settings in force: of several sources the last that says something wins. */
export function mergeSettings(...sources: readonly PartialSettings[]): Settings {
  const said = sources.map((source) =>
    Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined)),
  );
  return settingsSchema.parse(Object.assign({}, ...said));
}
