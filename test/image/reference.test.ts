/** A reference in any form that people, shells and agents type means the same picture. */
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPicture } from '../../shared/image/index.ts';
import { type Place, parseReference } from '../../shared/image/reference.ts';
import { context, failure, folder, plain, reference } from './pictures.ts';

const linux: Place = { platform: 'linux', home: '/home/ada' };
const windows: Place = { platform: 'win32', home: 'C:\\Users\\ada' };

function firstPath(text: string, place: Place): string | undefined {
  const parsed = parseReference(text, place);
  return parsed.kind === 'file' ? parsed.paths[0] : parsed.kind;
}

describe('on Linux', () => {
  it.each([
    ['shot.png', 'shot.png'],
    ['  shot.png\n', 'shot.png'],
    ['@shot.png', 'shot.png'],
    ['@"my shot.png"', 'my shot.png'],
    ["'@my shot.png'", 'my shot.png'],
    ['`shot.png`', 'shot.png'],
    ['~/shot.png', '/home/ada/shot.png'],
    ['~', '/home/ada'],
    ['file:///tmp/my%20shot.png', '/tmp/my shot.png'],
    ['FILE://localhost/tmp/a.png', '/tmp/a.png'],
    ['file:/tmp/a.png', '/tmp/a.png'],
    ['file:///tmp/100%.png', '/tmp/100%.png'],
    ['C:\\Users\\ada\\a.png', '/mnt/c/Users/ada/a.png'],
    ['D:/a.png', '/mnt/d/a.png'],
    ['clipboard:', 'clipboard'],
    ['data:image/png;base64,AAAA', 'data'],
    ['HTTPS://example.com/a.png', 'url'],
  ])('%s is %s', (text, wanted) => {
    expect(firstPath(text, linux)).toBe(wanted);
  });

  it('tries what was typed before any other reading, and other readings after it', () => {
    expect(parseReference('Screen\\ Shot\\ 1.png', linux)).toEqual({
      kind: 'file',
      paths: ['Screen\\ Shot\\ 1.png', 'Screen Shot 1.png', 'Screen/ Shot/ 1.png'],
    });
    expect(parseReference('assets\\a.png', linux)).toEqual({
      kind: 'file',
      paths: ['assets\\a.png', 'assets/a.png'],
    });
    expect(parseReference('@a.png', linux)).toEqual({ kind: 'file', paths: ['a.png', '@a.png'] });
    expect(parseReference('my%20a.png', linux)).toEqual({ kind: 'file', paths: ['my%20a.png', 'my a.png'] });
  });
});

describe('on Windows', () => {
  it.each([
    ['C:\\Users\\ada\\a.png', 'C:\\Users\\ada\\a.png'],
    ['"C:/Users/ada/a b.png"', 'C:\\Users\\ada\\a b.png'],
    ['/c/Users/ada/a.png', 'C:\\Users\\ada\\a.png'],
    ['/cygdrive/d/a.png', 'D:\\a.png'],
    ['/mnt/c/a.png', 'C:\\a.png'],
    ['file:///C:/my%20shots/a.png', 'C:\\my shots\\a.png'],
    ['file:///c%3A/a.png', 'c:\\a.png'],
    ['file://C:/a.png', 'c:\\a.png'],
    ['file://server/share/a.png', '\\\\server\\share\\a.png'],
    ['~\\a.png', 'C:\\Users\\ada\\a.png'],
    ['\\\\server\\share\\a.png', '\\\\server\\share\\a.png'],
  ])('%s is %s', (text, wanted) => {
    expect(firstPath(text, windows)).toBe(wanted);
  });
});

describe('reading files', () => {
  it('finds the file by path, file URL, relative path, quoted and marked', async () => {
    const png = await plain(3, 2).png().toBuffer();
    const path = await folder({ 'my shot.png': png, '@real.png': png });
    const shot = join(path, 'my shot.png');
    for (const text of [
      shot,
      `@${shot}`,
      `"${shot}"`,
      pathToFileURL(shot).href,
      shot.replace(' ', '\\ '),
      'my shot.png',
    ]) {
      const picture = await readPicture(reference(text), context(), { baseDirectory: path });
      expect(picture).toMatchObject({ name: 'my shot.png', raster: { width: 3, height: 2 } });
    }
    expect((await readPicture(reference('@real.png'), context(), { baseDirectory: path })).name).toBe(
      '@real.png',
    );
  });

  it('reads inside the roots and refuses what leads out of them', async () => {
    const png = await plain(3, 2).png().toBuffer();
    const allowed = await folder({ 'in.png': png });
    const other = await folder({ 'out.png': png });
    await symlink(join(other, 'out.png'), join(allowed, 'link.png'));
    await mkdir(join(allowed, 'sub'));
    await symlink(other, join(allowed, 'sub', 'dir'));
    const options = { baseDirectory: allowed, roots: [allowed] };
    expect((await readPicture(reference('in.png'), context(), options)).name).toBe('in.png');
    for (const text of [
      'link.png',
      'sub/dir/out.png',
      join(other, 'out.png'),
      join(other, 'absent.png'),
      join(other, 'no', 'such.png'),
      `sub/../../${other}/out.png`,
    ]) {
      const error = await failure(readPicture(reference(text), context(), options));
      expect(error.code, text).toBe('not-allowed');
      expect(error.message).toContain('lies outside of what may be read');
      expect(JSON.stringify(error.details)).not.toContain('out.png');
    }
    expect((await failure(readPicture(reference('in.pnk'), context(), options))).code).toBe(
      'input-not-found',
    );
    expect((await failure(readPicture(reference('in.png'), context(), { ...options, roots: [] }))).code).toBe(
      'not-allowed',
    );
  });
});
