/** How settings stand in the editor: section, scope, and words where the schema's own are those of a terminal. */
import type { SettingName } from '../../shared/start.ts';

/**
 * Who may set it. `resource`: each folder; `machine-overridable`: a trusted workspace too; `machine`: the user alone,
 * so that no repository can have pictures sent elsewhere, or a file of its own loaded or run.
 */
export type SettingScope = 'resource' | 'machine-overridable' | 'machine';

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly settings: Readonly<Partial<Record<SettingName, SettingScope>>>;
}

/** In the order of the settings editor. */
export const sections: readonly Section[] = [
  {
    id: 'conversion',
    title: 'Conversion',
    settings: {
      to: 'resource',
      strategy: 'resource',
      components: 'resource',
      fit: 'resource',
      straighten: 'resource',
      samples: 'resource',
      maxTokens: 'resource',
      jobs: 'resource',
      browser: 'machine',
    },
  },
  {
    id: 'model',
    title: 'Model',
    settings: { model: 'machine', mmproj: 'machine', modelHub: 'machine' },
  },
  {
    id: 'engine',
    title: 'Engine',
    settings: {
      engine: 'machine-overridable',
      device: 'machine-overridable',
      threads: 'machine-overridable',
      contextSize: 'machine-overridable',
      parallel: 'machine-overridable',
      engineIdleMinutes: 'machine-overridable',
    },
  },
  { id: 'server', title: 'Server', settings: { baseUrl: 'machine', modelName: 'machine' } },
  {
    id: 'limits',
    title: 'Limits',
    settings: {
      maxInputBytes: 'machine-overridable',
      maxPixels: 'machine-overridable',
      networkTimeoutMs: 'machine-overridable',
      allowPrivateHosts: 'machine',
      roots: 'machine-overridable',
    },
  },
];

/** Settings that the settings editor does not show, with the reason. */
export const unlisted: Readonly<Partial<Record<SettingName, string>>> = {
  apiKey: 'a secret: it lies in the editor’s secret storage',
  out: 'a result opens in an editor, and is saved where its user says',
};

/** Where the schema speaks of flags. */
export const descriptions: Readonly<Partial<Record<SettingName, string>>> = {
  to: 'What to make where nothing else is chosen.',
  strategy: 'How a page is made.',
  samples:
    'Pages that the model writes itself, of which the best is kept. Empty: 1 for "direct", none for "auto".',
  components: 'What controls are made of, where the code is Vue.',
  model: 'Model of the native engine: a name such as qwen3-vl-2b, or the path of a GGUF file.',
  modelHub: 'Hub or mirror that models are downloaded from. Empty: HF_ENDPOINT, else https://huggingface.co.',
  modelName: 'Model to ask the server for. Empty: the one that it has loaded.',
  allowPrivateHosts: 'Hosts on this machine or a private network that pictures may be fetched from.',
  roots: 'Folders that agents may use besides the workspace and the temporary folder.',
};

/** What the words of a choice mean, where the schema does not tell. */
export const choices: Readonly<Partial<Record<SettingName, Readonly<Record<string, string>>>>> = {
  to: {
    html: 'HTML and CSS',
    'html-tailwind': 'HTML with Tailwind CSS',
    vue: 'Vue single-file components',
    react: 'React components in TypeScript',
    drawio: 'Draw.io diagram',
    mermaid: 'Mermaid diagram',
  },
  components: { plain: 'HTML', 'element-plus': 'Element Plus' },
  device: {
    cpu: 'The processor.',
    vulkan: 'A GPU, through Vulkan.',
    cuda: 'An NVIDIA GPU, through CUDA, whose libraries must have been added.',
    metal: 'The GPU of a Mac.',
  },
  fit: { never: 'Pages stay as they are composed.' },
  straighten: { always: 'Every picture is a photo of a page.', never: 'Pictures stay as they are.' },
};
