/** How a result is shown: its file's ending and the language of its editor. */
import type { Target } from '../../shared/start.ts';

export type Artifact = Target | 'css' | 'markdown' | 'text';

export interface Look {
  /** Without the dot. */
  readonly extension: string;
  /** Language identifiers; the first that this editor knows is taken. */
  readonly languages: readonly string[];
}

export const looks: Readonly<Record<Artifact, Look>> = {
  html: { extension: 'html', languages: ['html'] },
  'html-tailwind': { extension: 'html', languages: ['html'] },
  // Without an extension for Vue, its files are read as HTML.
  vue: { extension: 'vue', languages: ['vue', 'html'] },
  react: { extension: 'tsx', languages: ['typescriptreact', 'typescript'] },
  drawio: { extension: 'drawio', languages: ['xml'] },
  mermaid: { extension: 'mmd', languages: ['mermaid', 'plaintext'] },
  css: { extension: 'css', languages: ['css'] },
  markdown: { extension: 'md', languages: ['markdown'] },
  text: { extension: 'txt', languages: ['plaintext'] },
};

/** @param known identifiers of this editor's languages. */
export const languageOf = (artifact: Artifact, known: readonly string[]): string =>
  looks[artifact].languages.find((language) => known.includes(language)) ?? 'plaintext';

/** What a file beside a result's main file is, by its ending without the dot. */
export const artifactBeside = (extension: string, target: Target): Artifact =>
  extension === looks[target].extension ? target : extension === 'css' ? 'css' : 'text';

/** Targets that a page can have, as a person reads them. */
export const pageTargets = ['html', 'html-tailwind', 'vue', 'react'] as const satisfies readonly Target[];
export type PageTargetName = (typeof pageTargets)[number];

/** `login.html`, `login-2.html`, …: the first that is free. */
export async function freeName(
  stem: string,
  extension: string,
  isTaken: (name: string) => Promise<boolean>,
): Promise<string> {
  for (let count = 1; ; count += 1) {
    const name = `${stem}${count === 1 ? '' : `-${count}`}.${extension}`;
    if (!(await isTaken(name))) return name;
  }
}
