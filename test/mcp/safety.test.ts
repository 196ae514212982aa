/** Which files a caller can read and write: those inside of the roots, links followed. */
import { mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allowedRoots } from '../../mcp-server/services.ts';
import { defaultSettings, silentLog } from '../../shared/index.ts';
import { card } from '../cli/samples.ts';
import { errorOf, place, stdioClient } from './client.ts';

/** Outside of the working and of the temporary folder. */
const outside = fileURLToPath(new URL('../../media/sample.png', import.meta.url));
const measured = { strategy: 'measured' } as const;

describe('reading', () => {
  it('refuses what lies outside, by path, URL and link, and does not tell what is there', async () => {
    const home = await place();
    await symlink(outside, path.join(home.cwd, 'link.png'));
    await symlink(path.dirname(outside), path.join(home.cwd, 'folder'));
    const client = await stdioClient(home);
    const absent = path.join(path.dirname(outside), 'sampel.png');
    for (const image of [outside, `file://${outside}`, 'link.png', 'folder/sample.png', absent]) {
      const answer = await client.callTool({ name: 'ui_to_code', arguments: { image, ...measured } });
      const { code, next } = errorOf(answer);
      expect({ image, code }).toEqual({ image, code: 'not-allowed' });
      expect(next).not.toContain('sample.png');
    }
  });

  it('takes what the user adds', async () => {
    const home = await place();
    const client = await stdioClient(home, ['--roots', path.dirname(outside)]);
    const near = path.join(path.dirname(outside), 'sampel.png');
    const answer = await client.callTool({ name: 'ui_to_code', arguments: { image: near, ...measured } });
    expect(errorOf(answer)).toMatchObject({
      code: 'input-not-found',
      next: expect.stringContaining(outside),
    });
  });

  it.each(['http://127.0.0.1:9/a.png', 'http://169.254.169.254/latest', 'http://localhost/a.png'])(
    'refuses the private address %s',
    async (image) => {
      const client = await stdioClient(await place());
      const answer = await client.callTool({ name: 'ui_to_code', arguments: { image, ...measured } });
      expect(errorOf(answer).code).toBe('not-allowed');
    },
  );
});

describe('writing', () => {
  it('refuses a folder outside, through a link too, and makes nothing there', async () => {
    const elsewhere = path.join(path.dirname(outside), '..', '.cache', 'not-to-be-made');
    const home = await place({ 'a.png': await card() });
    await mkdir(path.join(home.cwd, 'out'));
    await symlink(path.dirname(outside), path.join(home.cwd, 'out', 'a-assets'));
    await symlink(path.dirname(outside), path.join(home.cwd, 'away'));
    const client = await stdioClient(home);
    const before = await readdir(path.dirname(outside));
    for (const folder of [elsewhere, 'away', 'away/deeper', 'out']) {
      const given = { image: 'a.png', folder, ...measured };
      const answer = await client.callTool({ name: 'ui_to_code', arguments: given });
      expect({ folder, code: errorOf(answer).code }).toEqual({ folder, code: 'not-allowed' });
    }
    expect(await readdir(path.dirname(outside))).toEqual(before);
    expect(await readdir(path.join(home.cwd, 'out'))).toEqual(['a-assets']);
  });

  it('leaves files of others as they are', async () => {
    const home = await place({ 'a.png': await card(), 'pages/a.html': 'mine' });
    const client = await stdioClient(home);
    const given = { image: 'a.png', folder: 'pages', ...measured };
    const answer = await client.callTool({ name: 'ui_to_code', arguments: given });
    expect(errorOf(answer)).toMatchObject({ code: 'output-not-writable' });
  });
});

it('a client that starts us in the root of the file system does not open the whole disk', () => {
  const options = { settings: { ...defaultSettings, roots: ['designs'] }, environment: {}, log: silentLog };
  const root = path.parse(process.cwd()).root;
  expect(allowedRoots({ ...options, workingFolder: root })).not.toContain(root);
  const working = path.join(root, 'work');
  expect(allowedRoots({ ...options, workingFolder: working })).toEqual(
    expect.arrayContaining([working, path.join(working, 'designs')]),
  );
});
