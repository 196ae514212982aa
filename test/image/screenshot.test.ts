/** `screenshot:latest` is the newest picture where the platform keeps screenshots. */
import { mkdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReference } from '../../shared/image/reference.ts';
import { findScreenshot, looksLikeScreenshot } from '../../shared/image/screenshot.ts';
import { type ScreenshotPlace, screenshotFolders } from '../../shared/image/screenshot-folders.ts';
import { failure, folder } from './pictures.ts';

const { signal } = new AbortController();
const linux = (home: string, environment: ScreenshotPlace['environment'] = {}): ScreenshotPlace => ({
  platform: 'linux',
  home,
  environment,
});

/** @param age seconds before a fixed moment. */
async function put(path: string, age: number, content = 'x'): Promise<string> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  await utimes(path, 1_800_000_000 - age, 1_800_000_000 - age);
  return path;
}

describe('folders', () => {
  const pathsOf = async (place: ScreenshotPlace) => (await screenshotFolders(place)).map(({ path }) => path);

  it('on Linux: those of the user, in their language', async () => {
    const home = await folder();
    await mkdir(join(home, '.config'));
    await writeFile(join(home, '.config', 'user-dirs.dirs'), '# made\nXDG_PICTURES_DIR="$HOME/Bilder"\n');
    expect(await pathsOf(linux(home))).toEqual(
      expect.arrayContaining([join(home, 'Bilder/Screenshots'), join(home, 'Bilder/Bildschirmfotos')]),
    );
    const own = linux(home, { XDG_SCREENSHOTS_DIR: '/shots', XDG_PICTURES_DIR: '/pictures' });
    expect(await pathsOf(own)).toEqual(expect.arrayContaining(['/shots', '/pictures/Screenshots']));
    expect(await pathsOf(linux('/nobody'))).toContain('/nobody/Pictures/Screenshots');
  });

  it('on macOS: the configured one before the desktop', async () => {
    const preference = async (domain: string, key: string) =>
      `${domain} ${key}` === 'com.apple.screencapture location' ? '~/Shots' : undefined;
    const mac = { platform: 'darwin', home: '/Users/ada', environment: {} } as const;
    expect(await pathsOf({ ...mac, preference })).toEqual(['/Users/ada/Shots', '/Users/ada/Desktop']);
    expect(await pathsOf({ ...mac, preference: async () => undefined })).toEqual(['/Users/ada/Desktop']);
  });

  it('on Windows: with and without OneDrive, each once', async () => {
    const environment = { OneDrive: 'C:\\Users\\ada\\OneDrive', OneDriveCommercial: 'D:\\OneDrive - Firm' };
    expect(await pathsOf({ platform: 'win32', home: 'C:\\Users\\ada', environment })).toEqual([
      'C:\\Users\\ada\\Pictures\\Screenshots',
      'C:\\Users\\ada\\OneDrive\\Pictures\\Screenshots',
      'D:\\OneDrive - Firm\\Pictures\\Screenshots',
    ]);
  });
});

describe('the newest', () => {
  it('of all folders; no text file, no hidden file, no folder, no empty file', async () => {
    const home = await folder();
    const shots = join(home, 'Pictures', 'Screenshots');
    await put(join(shots, 'old.png'), 100);
    const wanted = await put(join(shots, 'new.PNG'), 50);
    await put(join(shots, 'notes.txt'), 10);
    await put(join(shots, '.partial.png'), 10);
    await put(join(shots, 'empty.png'), 5, '');
    await mkdir(join(shots, 'folder.png'));
    expect(await findScreenshot(linux(home), signal)).toBe(wanted);
    const other = await put(join(home, 'Pictures', 'Screenshot from 2026-11-22 10-15-30.png'), 20);
    expect(await findScreenshot(linux(home), signal)).toBe(other);
  });

  it('among other pictures only what is named like one', async () => {
    const home = await folder();
    await put(join(home, 'Pictures', 'holiday.jpg'), 1);
    expect(await failure(findScreenshot(linux(home), signal))).toMatchObject({ code: 'input-not-found' });
  });

  it('is never a link, which may lead anywhere', async () => {
    const home = await folder();
    const secret = await put(join(home, 'secret.png'), 0);
    const wanted = await put(join(home, 'Pictures', 'Screenshots', 'mine.png'), 100);
    await symlink(secret, join(home, 'Pictures', 'Screenshots', 'link.png'));
    expect(await findScreenshot(linux(home), signal)).toBe(wanted);
  });

  it('without any, the folders are named', async () => {
    const home = await folder();
    const error = await failure(findScreenshot(linux(home), signal));
    expect(error.message).toContain(join(home, 'Pictures', 'Screenshots'));
    expect(error.next).toContain('clipboard:');
  });

  it('stops when it is told to', async () => {
    const home = await folder();
    expect(await failure(findScreenshot(linux(home), AbortSignal.abort()))).toMatchObject({
      code: 'cancelled',
    });
  });
});

it.each([
  ['Screenshot 2026-11-22 at 10.15.30 AM.png', true],
  ['Bildschirmfoto 2026-11-22 um 10.15.30.png', true],
  ['Capture d’écran 2026-11-22 à 10.15.30.png', true],
  ['Снимок экрана 2026-11-22 в 10.15.30.png', true],
  ['截屏2026-11-22 10.15.30.png', true],
  ['Screenshot_20261122_101530.png', true],
  ['screen-cap.png', true],
  ['IMG_4711.png', false],
  ['2026-11-22.png', false],
  ['logo.png', false],
])('%s: %s', (name, wanted) => {
  expect(looksLikeScreenshot(name)).toBe(wanted);
});

describe('references', () => {
  const place = { platform: 'linux', home: '/home/ada' } as const;

  it.each(['screenshot:latest', 'screenshot:', 'screenshot://latest', '@Screenshot:Latest'])('%s', (text) => {
    expect(parseReference(text, place)).toEqual({ kind: 'screenshot' });
  });

  it('another screenshot than the newest is refused', () => {
    expect(() => parseReference('screenshot:2', place)).toThrow(/Expected screenshot:latest/);
  });

  it.each([
    'vscode-file://vscode-app/c:/a.png',
    'attachment:a.png',
    'mcp://server/a.png',
    'blob:https://example.com/2c1a',
    'image://1',
    '[Image #1]',
    'image 2',
  ])('%s: says what to do instead', async (text) => {
    const error = await failure(Promise.resolve().then(() => parseReference(text, place)));
    expect(error).toMatchObject({ code: 'input-unsupported' });
    expect(error.message).toContain(text);
    expect(error.next).toBe(
      'Save the picture to a file and give its absolute path, or copy it and give clipboard: instead.',
    );
  });
});
