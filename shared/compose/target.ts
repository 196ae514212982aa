/** What a compiler of a page's elements is given and gives back. */
import type { ComponentLibrary } from '../config.ts';
import { PixelwrightError } from '../errors.ts';
import type { PaletteColor } from '../facts/page-facts.ts';
import type { PageElements } from './page-elements.ts';

export interface TargetOptions {
  /** File stem: `login` gives `login.html`, `Login.vue`, `login-assets/…`. */
  readonly name: string;
  /** As few files as the target allows: style inside the page. */
  readonly inline?: boolean;
  /** With a script for tabs, menus and the like, where the page has some and is plain HTML. */
  readonly script?: boolean;
  /** What controls are made of; `element-plus` for Vue only. */
  readonly components?: ComponentLibrary;
  readonly palette?: readonly PaletteColor[];
}

/** Text of one file, relative to the output folder, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly mediaType: string;
  readonly role: 'page' | 'style' | 'data';
  readonly content: string;
}

/** Writes elements in the language of a target; the main file first. */
export type PageCompiler = (page: PageElements, options: TargetOptions) => Promise<readonly SourceFile[]>;

/** Frameworks bring their own ways to move things. */
export const scripted: ReadonlySet<string> = new Set(['html', 'html-tailwind']);

/** @throws PixelwrightError `option-invalid` where a target takes no script. */
export function requireScriptable(target: string, script: boolean | undefined): void {
  if (script !== true || scripted.has(target)) return;
  throw new PixelwrightError(
    'option-invalid',
    `A script is added to HTML only, and the target is ${target}.`,
    { next: `Use --to ${[...scripted].join(' or ')}, or leave --script out.`, details: { target } },
  );
}

/** @throws PixelwrightError `option-invalid` where a target has no such components. */
export function requireComponents(target: string, components: ComponentLibrary | undefined): void {
  if (components === undefined || components === 'plain' || target === 'vue') return;
  throw new PixelwrightError(
    'option-invalid',
    `Controls are made of ${components} for vue only, and the target is ${target}.`,
    { next: 'Use --to vue, or leave --components out.', details: { target, components } },
  );
}
