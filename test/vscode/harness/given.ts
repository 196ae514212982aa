/** What every scenario is given: one VS Code with the packed extension, opened once and tidied between scenarios. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { buildBundle, pack } from '../../../bench/vsix/pack.ts';
import { mockup } from '../../panel/served.ts';
import { root } from './install.ts';
import { type Session, type SessionOptions, startSession } from './session.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

export interface Given {
  readonly session: Session;
  readonly workbench: Workbench;
  /** Of the extension as a user installs it; empty where the working tree is tried instead. */
  readonly vsix: string;
}

/**
 * Opens it before all tests of this file and ends it after them, whatever they did. With
 * `PIXELWRIGHT_VSCODE=tree` the extension is loaded from the working tree, for which it need not be packed.
 */
export function giveVsCode(): Given {
  let open: Given | undefined;
  const given = (): Given => {
    if (open === undefined) throw new Error('VS Code is open within tests only.');
    return open;
  };
  beforeAll(async () => {
    const fromTree = process.env['PIXELWRIGHT_VSCODE'] === 'tree';
    const vsix = fromTree ? '' : await packed();
    const options: SessionOptions = fromTree ? { development: [root] } : { vsix: [vsix] };
    const session = await startSession({ ...options, settings: { 'pixelwright.fit': 'never' } });
    if ('missing' in session) throw new Error(session.missing);
    try {
      await writeFile(path.join(session.folder, 'card.png'), await mockup(session.browser));
      const { origin } = session.server;
      const workbench = await openWorkbench(session.browser, { origin, folder: session.folder });
      open = { session, workbench, vsix };
    } catch (error) {
      await session.end();
      throw error;
    }
  }, 300_000);
  afterAll(async () => await open?.session.end());
  beforeEach(async () => await given().workbench.reset());
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || open === undefined) return;
    await open.workbench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });
  return {
    get session() {
      return given().session;
    },
    get workbench() {
      return given().workbench;
    },
    get vsix() {
      return given().vsix;
    },
  };
}

async function packed(): Promise<string> {
  const { file } = await pack('linux-x64', await buildBundle(), AbortSignal.timeout(240_000));
  return file;
}
