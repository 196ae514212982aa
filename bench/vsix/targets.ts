/** The platforms that the extension is packed for, by VS Code's names, and what is theirs alone. */

export interface Target {
  /** As npm calls the platform. */
  readonly os: 'linux' | 'darwin' | 'win32';
  readonly cpu: 'x64' | 'arm64';
  /** The one package of llama.cpp's libraries, without `@node-llama-cpp/`. */
  readonly engine: string;
}

export const targets = {
  'linux-x64': { os: 'linux', cpu: 'x64', engine: 'linux-x64-vulkan' },
  'linux-arm64': { os: 'linux', cpu: 'arm64', engine: 'linux-arm64' },
  'darwin-x64': { os: 'darwin', cpu: 'x64', engine: 'mac-x64' },
  'darwin-arm64': { os: 'darwin', cpu: 'arm64', engine: 'mac-arm64-metal' },
  'win32-x64': { os: 'win32', cpu: 'x64', engine: 'win-x64-vulkan' },
} as const satisfies Readonly<Record<string, Target>>;

export type TargetName = keyof typeof targets;

export const targetNames = Object.keys(targets).filter(isTarget);

export function isTarget(name: string): name is TargetName {
  return name in targets;
}

/** No file may be larger, bytes. */
export const mostBytes = 60e6;
