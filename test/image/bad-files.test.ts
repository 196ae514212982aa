/** Files that are no pictures, or not whole, or too large: the code, the sentence, and the advice. */
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createContext } from '../../shared/context.ts';
import { readPicture } from '../../shared/image/index.ts';
import { bitmap, bytesOf, context, failure, folder, plain, pngHeader, reference } from './pictures.ts';

/** Root may read everything, so a test run by root steps down for a while. */
async function asOrdinaryUser(work: () => Promise<void>): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

describe('files', () => {
  it('names a missing file and the nearest one', async () => {
    const path = await folder({ 'login.png': 'x', 'photo.jpg': 'x' });
    const error = await failure(readPicture(reference(join(path, 'Logn.png')), context()));
    expect(error).toMatchObject({
      code: 'input-not-found',
      message: `There is no file ${join(path, 'Logn.png')}.`,
      next: `Did you mean ${join(path, 'login.png')}?`,
    });
  });

  it('does not suggest a name that has little in common', async () => {
    const path = await folder({ 'photo.jpg': 'x' });
    const error = await failure(readPicture(reference(join(path, 'dashboard.png')), context()));
    expect(error).toMatchObject({ code: 'input-not-found', next: 'Check the name and the folder.' });
  });

  it('tells a missing folder', async () => {
    const path = join(await folder(), 'absent', 'a.png');
    const error = await failure(readPicture(reference(path), context()));
    expect(error).toMatchObject({
      code: 'input-not-found',
      message: `There is no file ${path}: its folder does not exist.`,
    });
  });

  it('finds a macOS screenshot whose name has a narrow blank', async () => {
    const path = await folder({ 'Shot 9.41\u202fAM.png': await plain(2, 2).png().toBuffer() });
    const error = await failure(readPicture(reference(join(path, 'Shot 9.41 AM.png')), context()));
    expect(error.details['nearest']).toBe(join(path, 'Shot 9.41\u202fAM.png'));
  });

  it('refuses a folder', async () => {
    const path = await folder();
    const error = await failure(readPicture(reference(path), context()));
    expect(error).toMatchObject({
      code: 'input-unsupported',
      message: `Expected a picture file, but ${path} is a folder.`,
      next: `Name the pictures in it, for example ${join(path, '*.png')}.`,
    });
  });

  it.skipIf(process.platform === 'win32')('refuses a device instead of reading it for ever', async () => {
    const error = await failure(readPicture(reference('/dev/zero'), context()));
    expect(error).toMatchObject({
      code: 'input-unsupported',
      message: 'Expected a picture file, but /dev/zero is a device, pipe or socket.',
    });
  });

  it('refuses an empty file', async () => {
    const path = join(await folder({ 'empty.png': '' }), 'empty.png');
    const error = await failure(readPicture(reference(path), context()));
    expect(error).toMatchObject({
      code: 'input-unsupported',
      message: 'Expected a picture, but empty.png is empty (0 bytes).',
    });
  });

  it.skipIf(process.platform === 'win32')('refuses an unreadable file and a closed folder', async () => {
    const path = await folder({ 'secret.png': 'x' });
    const file = join(path, 'secret.png');
    await chmod(path, 0o755);
    await chmod(file, 0);
    await asOrdinaryUser(async () => {
      expect(await failure(readPicture(reference(file), context()))).toMatchObject({
        code: 'not-allowed',
        message: `${file} cannot be read: permission denied (EACCES).`,
        next: 'Change the rights of the file, or copy it to a folder of yours.',
      });
    });
    await chmod(path, 0o700);
    await asOrdinaryUser(async () => {
      if (process.getuid?.() !== 0) return;
      expect((await failure(readPicture(reference(file), context()))).code).toBe('not-allowed');
    });
  });

  it('refuses a file above the limit by its size', async () => {
    const path = join(await folder({ 'big.png': Buffer.alloc(3000) }), 'big.png');
    const error = await failure(readPicture(reference(path), context({ maxInputBytes: 2048 })));
    expect(error).toMatchObject({
      code: 'input-too-large',
      message: `Expected a picture of at most 2 KB, but ${path} has 2.9 KB.`,
    });
  });

  it('keeps to a cancelled signal', async () => {
    const path = join(await folder({ 'a.png': await plain(2, 2).png().toBuffer() }), 'a.png');
    const error = await failure(readPicture(reference(path), createContext(AbortSignal.abort())));
    expect(error.code).toBe('cancelled');
  });

  it('does not mind a name with a colon, and refuses an unknown scheme', async () => {
    const path = await folder({ 'notes:1.png': await plain(2, 2).png().toBuffer() });
    const options = { baseDirectory: path };
    expect((await readPicture(reference('notes:1.png'), context(), options)).name).toBe('notes:1.png');
    for (const [text, scheme] of [
      ['ftp://example.com/a.png', 'ftp'],
      ['mailto:ada@example.com', 'mailto'],
    ]) {
      const error = await failure(readPicture(reference(text ?? ''), context(), options));
      expect(error).toMatchObject({
        code: 'input-unsupported',
        message: expect.stringMatching(`^Expected a file path, .* but the scheme is "${scheme}:"`),
      });
    }
  });

  it('refuses an empty reference', async () => {
    for (const text of ['', '  ', '""', '\0']) {
      const error = await failure(readPicture(reference(text), context()));
      expect(error.message).toContain('but the reference is empty.');
    }
  });
});

const wanted = 'Expected a PNG, JPEG, WebP, AVIF, GIF, TIFF, SVG or BMP picture, but';

describe('content', () => {
  it.each([
    ['fake.png', 'This is a text.\nNothing more.', 'text'],
    ['page.png', '<!doctype html><title>x</title>', 'an HTML page'],
    ['doc.pdf', '%PDF-1.7\n', 'a PDF document'],
    ['a.heic', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'a HEIC photo'],
    ['a.mp4', '\0\0\0\x18ftypisom\0\0\0\0isommp42', 'a video'],
    ['a.zip', 'PK\x03\x04\x14\0', 'a ZIP archive or an office document'],
    ['noise', '\x01\x02\x03\x00\x04\x05\x06\x07\x08', 'of an unknown type'],
    ['BM.txt', 'BMW is a car maker with a long history.', 'text'],
  ])('says what %s is', async (name, content, what) => {
    const error = await failure(readPicture(bytesOf(Buffer.from(content, 'latin1'), name), context()));
    expect(error).toMatchObject({ code: 'input-unsupported', message: `${wanted} ${name} is ${what}.` });
    expect(error.next).toBeTruthy();
  });

  it.each(['png', 'jpeg', 'webp', 'avif', 'gif', 'tiff'] as const)(
    'refuses a truncated %s',
    async (format) => {
      const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
      const whole = await plain(200, 200)
        .composite([
          { input: { create: { width: 200, height: 200, channels: 3, background: '#000', noise } } },
        ])
        .toFormat(format)
        .toBuffer();
      const error = await failure(
        readPicture(bytesOf(whole.subarray(0, whole.length * 0.6), 'cut'), context()),
      );
      expect(error).toMatchObject({
        code: 'input-unsupported',
        message: `Expected a whole ${format.toUpperCase()} picture, but cut is damaged or cut short.`,
      });
    },
  );

  it('refuses a truncated BMP', async () => {
    const error = await failure(readPicture(bytesOf(bitmap().subarray(0, 60), 'cut.bmp'), context()));
    expect(error.message).toBe('Expected a whole BMP picture, but cut.bmp is damaged or cut short.');
  });

  it('refuses 30,000 × 30,000 pixels by the header alone', async () => {
    const error = await failure(readPicture(bytesOf(pngHeader(30_000, 30_000), 'bomb.png'), context()));
    expect(error).toMatchObject({
      code: 'input-too-large',
      message:
        'Expected a picture of at most 100 million pixels, but bomb.png has 30000 × 30000 (900 million).',
      details: { width: 30_000, height: 30_000, maxPixels: 100_000_000 },
    });
  });

  it('refuses a BMP that claims too many pixels', async () => {
    const file = bitmap();
    file.writeInt32LE(30_000, 18);
    file.writeInt32LE(-30_000, 22);
    expect((await failure(readPicture(bytesOf(file), context()))).code).toBe('input-too-large');
  });

  it('applies a limit that the user set', async () => {
    const bytes = await plain(20, 20).png().toBuffer();
    const error = await failure(readPicture(bytesOf(bytes, 'a.png'), context({ maxPixels: 399 })));
    expect(error.message).toBe('Expected a picture of at most 399 pixels, but a.png has 20 × 20 (400).');
    await readPicture(bytesOf(bytes), context({ maxPixels: 400 }));
  });
});

describe('data URIs', () => {
  it('reads base64, its URL-safe alphabet, and percent-encoding', async () => {
    const png = await plain(5, 4).png().toBuffer();
    const percent = [...png].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    const forms = [
      `data:image/png;base64,${png.toString('base64')}`,
      `data:;base64,${png.toString('base64url')}`,
      `data:image/jpeg;base64,${encodeURIComponent(png.toString('base64'))}`,
      `data:image/png,${percent}`,
    ];
    for (const uri of forms) {
      const picture = await readPicture(reference(uri), context());
      expect(picture).toMatchObject({ name: 'the data URI', format: 'png', raster: { width: 5, height: 4 } });
    }
    const svg = `data:image/svg+xml;utf8,<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="100%" height="5"/></svg>`;
    expect((await readPicture(reference(svg), context())).format).toBe('svg');
  });

  it.each([
    ['data:image/png;base64', 'there is no comma before the data'],
    ['data:image/png;base64,', 'it holds no data'],
    ['data:image/png;base64,iVBOR*w0KGgo', 'its base64 data holds other characters or is cut short'],
    ['data:image/png;base64,iVBOR', 'its base64 data holds other characters or is cut short'],
  ])('refuses %s', async (uri, what) => {
    const error = await failure(readPicture(reference(uri), context()));
    expect(error).toMatchObject({
      code: 'input-unsupported',
      message: `Expected a data URI with a picture, but ${what}.`,
    });
  });

  it('refuses one above the limit', async () => {
    const uri = `data:image/png;base64,${Buffer.alloc(3000).toString('base64')}`;
    const error = await failure(readPicture(reference(uri), context({ maxInputBytes: 2048 })));
    expect(error).toMatchObject({
      code: 'input-too-large',
      message: 'Expected a picture of at most 2 KB, but the data URI has more than 2 KB.',
    });
  });
});

describe('the clipboard', () => {
  const isHeadless = process.platform === 'linux' && !process.env['DISPLAY'];
  it.runIf(isHeadless)('says that a session without a display has none', async () => {
    const error = await failure(readPicture(reference('clipboard:'), context()));
    expect(error).toMatchObject({
      code: 'input-unsupported',
      message: 'Expected a clipboard, but this session has none.',
    });
  });
});
