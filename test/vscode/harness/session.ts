/** One VS Code, one browser and one work folder for as long as some work takes. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../../shared/score/find-browser.ts';
import { installVsCode } from './install.ts';
import { startVsCode, type VsCodeServer } from './server.ts';
import { fillSample } from './workspace.ts';

export interface SessionOptions {
  /** Copied; the workspace of the samples by default. */
  readonly folder?: string;
  readonly vsix?: readonly string[];
  readonly development?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Session {
  readonly server: VsCodeServer;
  readonly browser: Browser;
  /** The workspace, a copy. */
  readonly folder: string;
  /** Where the server has its home, settings and logs. */
  readonly home: string;
  /** Merges into the machine's settings while VS Code runs; `undefined` removes a setting. */
  readonly changeSettings: (changes: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly end: () => Promise<void>;
}

/** @returns the session, or why there can be none here. The caller ends it. */
export async function startSession(options: SessionOptions): Promise<Session | { readonly missing: string }> {
  const vscode = await installVsCode();
  if ('missing' in vscode) return vscode;
  const work = await mkdtemp(path.join(tmpdir(), 'pixelwright-vscode-'));
  const closing: (() => Promise<void>)[] = [() => rm(work, { recursive: true, force: true, maxRetries: 10 })];
  const end = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const home = path.join(work, 'home');
    const folder = path.join(work, 'workspace');
    await mkdir(folder, { recursive: true });
    if (options.folder === undefined) await fillSample(folder);
    else await cp(options.folder, folder, { recursive: true });
    const server = await startVsCode(vscode, { ...options, home });
    closing.push(() => server.stop());
    const browser = await launch();
    closing.push(() => browser.close());
    return { server, browser, folder, home, changeSettings: changer(server.settingsFile), end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** @throws Error if there can be no VS Code here. */
export async function withVsCode<T>(
  options: SessionOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await startSession(options);
  if ('missing' in session) throw new Error(session.missing);
  try {
    return await work(session);
  } finally {
    await session.end();
  }
}

/** The browser of the tests, which reaches this machine only. */
async function launch(): Promise<Browser> {
  const { path: executablePath } = await findBrowser({});
  return await chromium.launch({
    executablePath,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
    ],
  });
}

function changer(file: string): Session['changeSettings'] {
  return async (changes) => {
    const current: unknown = JSON.parse(await readFile(file, 'utf8'));
    const settings = { ...(typeof current === 'object' ? current : {}), ...changes };
    await writeFile(file, JSON.stringify(settings, undefined, 2));
  };
}
