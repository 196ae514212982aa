/** Settings: one schema; defaults < file < environment < flags, each a pure function. */
import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { PixelwrightError } from './errors.ts';

export const limitsSchema = z.object({
  maxInputBytes: z
    .int()
    .positive()
    .default(64 * 1024 * 1024)
    .describe('Largest picture file, in bytes.'),
  maxPixels: z.int().positive().default(100_000_000).describe('Largest decoded picture, in pixels.'),
  networkTimeoutMs: z
    .int()
    .positive()
    .default(30_000)
    .describe('Longest time to fetch a picture by URL, in milliseconds.'),
});

/** Bounds on what a caller can make this program read. */
export type Limits = z.infer<typeof limitsSchema>;

export const defaultLimits: Limits = limitsSchema.parse({});

/** What a picture can be turned into; `builtTargets` are the ones that work in this version. */
export const targets = ['html', 'html-tailwind', 'vue', 'react', 'drawio', 'mermaid'] as const;
export type Target = (typeof targets)[number];
export const builtTargets: readonly Target[] = ['html', 'html-tailwind', 'vue', 'react', 'drawio', 'mermaid'];

export const strategies = ['measured', 'perceived', 'direct', 'auto'] as const;
export type Strategy = (typeof strategies)[number];

/** When a picture is treated as a photo of paper or a whiteboard. */
export const straightenings = ['auto', 'always', 'never'] as const;
export type Straightening = (typeof straightenings)[number];

/** When a page is rendered to correct what stands a pixel or two off. */
export const fittings = ['auto', 'never'] as const;
export type Fitting = (typeof fittings)[number];

/** Where the model runs. */
export const engineChoices = ['auto', 'native', 'server'] as const;
export type EngineChoice = (typeof engineChoices)[number];

/** What the native engine computes on. */
export const devices = ['auto', 'cpu', 'vulkan', 'cuda', 'metal'] as const;
export type Device = (typeof devices)[number];

/** Every setting, described; a setting without a default may be absent. */
export const settingsSchema = z.strictObject({
  to: z.enum(targets).default('html').describe('What to make.'),
  strategy: z
    .enum(strategies)
    .default('auto')
    .describe(
      'measured: without a model; perceived: the model tells what is what, code composes; direct: the model writes the page; auto: the best of measured and, where there is a model, perceived.',
    ),
  samples: z
    .int()
    .min(0)
    .max(16)
    .optional()
    .describe(
      'Pages that the model writes itself, of which the best is kept; 1 for direct, none for auto if not given.',
    ),
  out: z.string().min(1).default('pixelwright-out').describe('Folder to write into.'),
  jobs: z.int().min(1).max(64).default(2).describe('Pictures converted at the same time.'),
  maxTokens: z
    .int()
    .positive()
    .optional()
    .describe('Longest answer of the model, in tokens; each task has its own default.'),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('OpenAI-compatible server that runs the model, e.g. http://127.0.0.1:8080/v1.'),
  apiKey: z
    .string()
    .min(1)
    .optional()
    .describe('Key for that server. A flag is visible to other users: prefer the environment.'),
  modelName: z
    .string()
    .min(1)
    .optional()
    .describe('Model to ask that server for; the one it has loaded if not given.'),
  model: z
    .string()
    .min(1)
    .optional()
    .describe('Model of the native engine: a GGUF file, or a name as "pixelwright models list" shows them.'),
  mmproj: z
    .string()
    .min(1)
    .optional()
    .describe('Vision file of that model: a GGUF file; Q8_0 or F16 for a model that is known by name.'),
  modelHub: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Hub or mirror that models are downloaded from; HF_ENDPOINT, else https://huggingface.co, if not given.',
    ),
  engine: z
    .enum(engineChoices)
    .default('auto')
    .describe(
      'Where the model runs. native: inside pixelwright; server: at the base URL; auto: at the base URL where one is given, else native.',
    ),
  device: z
    .enum(devices)
    .default('auto')
    .describe('What the native engine computes on; auto: the best that works.'),
  threads: z
    .int()
    .min(1)
    .max(512)
    .optional()
    .describe('Processor threads of the native engine; one fewer than there are cores if not given.'),
  contextSize: z
    .int()
    .min(512)
    .max(1_048_576)
    .optional()
    .describe(
      'Tokens that the native engine holds, prompts and answers of all running requests together; by the memory at hand if not given.',
    ),
  parallel: z.int().min(1).max(64).default(8).describe('Requests that the native engine answers at once.'),
  engineIdleMinutes: z
    .int()
    .min(1)
    .max(10_080)
    .default(10)
    .describe('Minutes without a request after which the native engine gives its memory back.'),
  fit: z
    .enum(fittings)
    .default('auto')
    .describe(
      'Render a composed page and move what stands a pixel or two off; auto: where a browser is found.',
    ),
  browser: z.string().min(1).optional().describe('Chromium, Chrome or Edge to render pages with.'),
  straighten: z
    .enum(straightenings)
    .default('auto')
    .describe(
      'Straighten and clean a photo of paper or a whiteboard; auto: where the picture looks like one.',
    ),
  ...limitsSchema.shape,
  allowPrivateHosts: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Hosts on this machine or a private network that pictures may be fetched from, with commas between.',
    ),
  roots: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Folders that the MCP server may use besides the working and the temporary folder, with commas between.',
    ),
});

export type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;
/** What one source (file, environment, flags) says; absent is not said. */
export type PartialSettings = { readonly [Name in SettingName]?: Settings[Name] | undefined };

// Object.keys is typed string[]; the keys of a strict schema are exactly the setting names.
export const settingNames = Object.keys(settingsSchema.shape) as SettingName[];

export const defaultSettings: Settings = settingsSchema.parse({});

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
