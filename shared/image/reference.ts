/** Tells what a typed reference means: a file, a data URI, a web address, the clipboard, or a screenshot. */
import { PixelwrightError } from '../errors.ts';

export type Reference =
  /** `paths` are the ways to read what was typed, the likeliest first. */
  | { readonly kind: 'file'; readonly paths: readonly string[] }
  | { readonly kind: 'data'; readonly uri: string }
  | { readonly kind: 'url'; readonly url: URL }
  | { readonly kind: 'clipboard' }
  /** The one that was taken last. */
  | { readonly kind: 'screenshot' };

/** Where a reference was typed; it decides what `~` and drive letters mean. */
export interface Place {
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

const acceptedForms =
  'a file path, a file:// URL, an http(s) URL, a data: URI, clipboard:, or screenshot:latest';

/** What chat programs and editors call a picture that only they can read. */
const internalSchemes =
  /^(vscode-[a-z-]+|attachment|mcp|blob|image|images|cid|sandbox|resource|ui|upload|chat)$/;
/** `[Image #1]`, as a pasted picture is shown in a terminal. */
const placeholder = /^\[?(image|picture|screenshot|attachment)\s*#?\s*\d+\]?$/i;

/** Longest path of Linux, in bytes; other systems allow less, and what is longer was meant as something else. */
const longestPath = 4096;

const quotes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”',
  '‘': '’',
  '<': '>',
};

/**
 * Reads a reference in any of the forms that people, shells and agents type.
 * @throws PixelwrightError `input-unsupported` for an empty reference, another scheme, or a broken URL.
 */
export function parseReference(reference: string, place: Place): Reference {
  const text = bare(reference);
  if (text === '' || text.includes('\0')) {
    throw new PixelwrightError(
      'input-unsupported',
      `Expected ${acceptedForms}, but the reference is empty.`,
      {
        next: 'Name the picture to read, for example screenshot.png.',
      },
    );
  }
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === 'data') return { kind: 'data', uri: text };
  if (scheme === 'clipboard') return { kind: 'clipboard' };
  if (scheme === 'screenshot') return latestScreenshot(text);
  if (placeholder.test(text) || (scheme !== undefined && internalSchemes.test(scheme))) throw internal(text);
  if (scheme === 'http' || scheme === 'https') return { kind: 'url', url: parseUrl(text) };
  if (scheme === 'file') return { kind: 'file', paths: fileUrlPaths(text, place) };
  if (scheme !== undefined && text.startsWith('://', scheme.length)) throw unknownScheme(scheme);
  if (text.length > longestPath) throw tooLong(text);
  return { kind: 'file', paths: filePaths(text, reference.trim(), place) };
}

/** The answer to `ftp://…` and the like, and to `mailto:…` where no such file exists. */
export function unknownScheme(scheme: string): PixelwrightError {
  return new PixelwrightError(
    'input-unsupported',
    `Expected ${acceptedForms}, but the scheme is "${scheme}:".`,
    {
      next: 'Download the picture and give the path of the file.',
      details: { scheme },
    },
  );
}

function latestScreenshot(text: string): Reference {
  const which = text.slice(text.indexOf(':') + 1).trim();
  if (/^(\/\/)?(latest|newest|last)?$/i.test(which)) return { kind: 'screenshot' };
  throw new PixelwrightError('input-unsupported', `Expected screenshot:latest, but got "${text}".`, {
    next: 'Give the path of the picture if it is not the newest screenshot.',
  });
}

/** For names that mean something inside of another program alone. */
function internal(text: string): PixelwrightError {
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return new PixelwrightError(
    'input-unsupported',
    `"${shown}" names a picture inside of the program that shows it; nothing outside can read it.`,
    {
      next: 'Save the picture to a file and give its absolute path, or copy it and give clipboard: instead.',
      details: { reference: shown },
    },
  );
}

/** The scheme of something that may be a file with a colon in its name: `s3:bucket`, `notes:1.png`. */
export function schemeOf(path: string): string | undefined {
  return /^([a-z][a-z0-9+.-]+):\S*$/i.exec(path)?.[1]?.toLowerCase();
}

/** Without blanks, quotes and the leading `@` with which chat tools mark files. */
function bare(reference: string): string {
  let text = reference.trim();
  for (;;) {
    const close = quotes[text.charAt(0)];
    if (close !== undefined && text.length > 1 && text.endsWith(close)) text = text.slice(1, -1).trim();
    else if (text.startsWith('@') && text.length > 1) text = text.slice(1).trim();
    else return text;
  }
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '') {
    throw new PixelwrightError(
      'input-unsupported',
      `Expected a complete http(s) URL, but "${text}" is not one.`,
      {
        next: 'Check the address, for example https://example.com/screenshot.png.',
      },
    );
  }
  return url;
}

/** @see RFC 8089. A host other than localhost is a Windows share. */
function fileUrlPaths(text: string, place: Place): string[] {
  const parts = /^file:(?:\/\/([^/\\]*))?(.*)$/i.exec(text);
  const host = (parts?.[1] ?? '').toLowerCase();
  const path = decodePercent(parts?.[2] ?? '');
  if (path === '' || path.includes('\0')) {
    throw new PixelwrightError(
      'input-unsupported',
      `Expected a file URL with a path, but "${text}" has none.`,
      {
        next: 'Write it with three slashes, for example file:///home/me/screenshot.png.',
      },
    );
  }
  if (host === '' || host === 'localhost') return filePaths(path.replace(/^\/+(?=[a-z]:)/i, ''), path, place);
  if (/^[a-z]:$/.test(host)) return filePaths(`${host}${path}`, path, place);
  if (place.platform === 'win32') return [`\\\\${host}${path.replaceAll('/', '\\')}`];
  throw new PixelwrightError(
    'input-unsupported',
    `Expected a file URL of this machine, but "${text}" names the host "${host}".`,
    { next: 'Copy the picture to this machine, or give the path where the share is mounted.' },
  );
}

function filePaths(text: string, literal: string, place: Place): string[] {
  const home = /^~(?=$|[/\\])/.test(text) ? `${place.home}${text.slice(1)}` : undefined;
  const first = home ?? text;
  const forms = place.platform === 'win32' ? windowsForms(first) : posixForms(first);
  const decoded = first.includes('%') ? [decodePercent(first)] : [];
  // A file may really be called "@login.png", so what was typed comes last rather than never.
  return [...new Set([...forms, ...decoded, literal])].filter((path) => !path.includes('\0'));
}

/** MSYS and Git Bash write C:\x as /c/x, Cygwin as /cygdrive/c/x, WSL as /mnt/c/x. */
function windowsForms(path: string): string[] {
  const drive = /^\/(?:cygdrive\/|mnt\/)?([a-z])(\/.*)?$/i.exec(path);
  const native = drive ? `${drive[1]?.toUpperCase()}:${drive[2] ?? '/'}` : path;
  return [native.replaceAll('/', '\\'), path];
}

function posixForms(path: string): string[] {
  const drive = /^([a-z]):[/\\](.*)$/i.exec(path);
  if (drive) return [`/mnt/${drive[1]?.toLowerCase()}/${drive[2]?.replaceAll('\\', '/')}`, path];
  if (!path.includes('\\')) return [path];
  // A terminal escapes blanks of a dropped file; a Windows habit writes "\" between folders.
  return [path, path.replace(/\\([^\w/\\])/g, '$1'), path.replaceAll('\\', '/')];
}

/** Leaves text as it is where a "%" is no escape. */
function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Not told back: whoever passed a picture's bytes would be answered with all of them. */
function tooLong(text: string): PixelwrightError {
  const base64 = /^[a-z0-9+/=_-]+$/i.test(text.slice(0, longestPath));
  return new PixelwrightError(
    'input-unsupported',
    `Expected ${acceptedForms}, but ${text.length} characters came, beginning with "${text.slice(0, 24)}".`,
    {
      next: base64
        ? 'If this is a picture in base64, save it to a file and give its path, or put "data:image/png;base64," before it.'
        : 'Save the picture to a file and give its path.',
    },
  );
}
