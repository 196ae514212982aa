/** Settings: one schema; where they come from is `setting-sources.ts`. */
import { z } from 'zod';

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

/** What controls of a page are made of. */
export const componentLibraries = ['plain', 'element-plus'] as const;
export type ComponentLibrary = (typeof componentLibraries)[number];

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
  components: z
    .enum(componentLibraries)
    .default('plain')
    .describe('What controls are made of. plain: HTML; element-plus: Element Plus, for --to vue.'),
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
