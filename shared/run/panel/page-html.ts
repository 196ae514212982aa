/** The panel's page as a host shows it, with the policy that it is held to. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { builtFile } from '../../built-file.ts';

export interface PanelPageOptions {
  /** Addresses of `panel.js` and `panel.css`. */
  readonly script: string;
  readonly style: string;
  /** What the page may connect to, in the words of a policy; `'none'` where messages come another way. */
  readonly connect: "'self'" | "'none'";
  /** BCP 47; the page speaks English and Chinese. */
  readonly language: string;
}

export interface PanelPage {
  readonly html: string;
  /** For a header too, where there is one: a page cannot forbid in its own text that others frame it. */
  readonly policy: string;
}

/** Folder of the page's files. */
export const panelFolder = (): URL => builtFile('panel/');

/** With a nonce of its own: to be made anew for each time that it is shown. */
export async function panelPage({ script, style, connect, language }: PanelPageOptions): Promise<PanelPage> {
  const template = await readFile(new URL('index.html', panelFolder()), 'utf8');
  const nonce = randomBytes(18).toString('base64url');
  // Previews inherit this policy. Their styles get the nonce, but attributes, which models write, cannot have one;
  // the panel itself has none.
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src-elem 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    'img-src data: blob:',
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const values: Readonly<Record<string, string>> = { policy, nonce, script, style };
  const html = template
    .replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
      (values[name] ?? '').replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
    )
    .replace('<html lang="en">', `<html lang="${/^zh\b/i.test(language) ? 'zh-CN' : 'en'}">`);
  return { html, policy };
}
