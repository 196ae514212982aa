/** Finds a Chromium, Chrome or Edge on this machine. */
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { PixelwrightError } from '../errors.ts';

export interface BrowserOptions {
  /** Path of a Chromium, Chrome or Edge program; without it `PIXELWRIGHT_BROWSER`, then whatever is found. */
  readonly browserPath?: string;
  /** Where `PIXELWRIGHT_BROWSER` and the folders of Windows are looked up; the process's own by default. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface FoundBrowser {
  readonly path: string;
  /** Where it was found, for `doctor`. */
  readonly origin: 'option' | 'environment' | 'installed' | 'playwright' | 'npm';
}

const installHint =
  'Install Google Chrome, Chromium or Microsoft Edge, or set PIXELWRIGHT_BROWSER to the program of one.';

/**
 * In this order: the option, `PIXELWRIGHT_BROWSER`, an installed Chrome, Chromium or Edge, a Chromium that
 * Playwright downloaded, and the npm package `@sparticuz/chromium` where it is installed (Linux only).
 *
 * @throws PixelwrightError `browser-missing` if there is none, or if the named one cannot be started.
 */
export async function findBrowser(options: BrowserOptions = {}): Promise<FoundBrowser> {
  const environment = options.environment ?? process.env;
  const named = options.browserPath ?? environment['PIXELWRIGHT_BROWSER'];
  if (named) {
    if (await isExecutable(named)) {
      return { path: named, origin: options.browserPath ? 'option' : 'environment' };
    }
    throw new PixelwrightError(
      'browser-missing',
      `Expected a browser's program at "${named}"; nothing there can be started.`,
      {
        next: installHint,
        details: { path: named },
      },
    );
  }
  for (const candidate of [...(await installedChrome()), ...edgePaths(environment)]) {
    if (await isExecutable(candidate)) return { path: candidate, origin: 'installed' };
  }
  const downloaded = chromium.executablePath();
  if (downloaded && (await isExecutable(downloaded))) return { path: downloaded, origin: 'playwright' };
  const npm = await npmChromium();
  if (npm) return { path: npm, origin: 'npm' };
  throw new PixelwrightError(
    'browser-missing',
    'Expected Chrome, Chromium or Edge on this machine; none was found.',
    {
      next: installHint,
    },
  );
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    // Absence is the answer here, not a fault.
    return false;
  }
}

async function installedChrome(): Promise<string[]> {
  const { Launcher } = await import('chrome-launcher');
  try {
    return Launcher.getInstallations();
  } catch {
    // chrome-launcher throws where it finds nothing.
    return [];
  }
}

function edgePaths(environment: Readonly<Record<string, string | undefined>>): string[] {
  if (process.platform === 'darwin') {
    return ['/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'];
  }
  if (process.platform !== 'win32') {
    return ['/usr/bin/microsoft-edge', '/usr/bin/microsoft-edge-stable', '/opt/microsoft/msedge/msedge'];
  }
  const folders = ['PROGRAMFILES(X86)', 'PROGRAMFILES', 'LOCALAPPDATA'].map((name) => environment[name]);
  return folders
    .filter((folder) => folder !== undefined)
    .map((folder) => path.join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'));
}

async function npmChromium(): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  try {
    const module = await import('@sparticuz/chromium');
    return await module.default.executablePath();
  } catch (error) {
    if (isModuleMissing(error)) return undefined;
    throw new PixelwrightError(
      'browser-missing',
      'The npm package @sparticuz/chromium could not be unpacked.',
      {
        next: installHint,
        cause: error,
      },
    );
  }
}

const isModuleMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
