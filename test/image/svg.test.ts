/** An SVG draws what it holds and nothing else. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPicture } from '../../shared/image/index.ts';
import { bytesOf, context, failure, folder, plain } from './pictures.ts';

const namespaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
const svg = (body: string, prolog = '', size = 'width="20" height="20"'): Buffer =>
  Buffer.from(`${prolog}<svg ${namespaces} ${size}>${body}</svg>`);
const read = (bytes: Uint8Array) => readPicture(bytesOf(bytes, 'draw.svg'), context());

describe('outside references', () => {
  it('refuses an external entity', async () => {
    const error = await failure(
      read(svg('<text>&leak;</text>', '<!DOCTYPE svg [<!ENTITY leak SYSTEM "file:///etc/hostname">]>')),
    );
    expect(error).toMatchObject({
      code: 'not-allowed',
      message:
        'Expected an SVG that is complete in itself, but draw.svg declares the external entity "leak".',
      next: 'Embed what it refers to (as data: URIs), or export it as PNG.',
    });
  });

  it('refuses a parameter entity', async () => {
    const error = await failure(
      read(svg('', '<!DOCTYPE svg [<!ENTITY % all SYSTEM "http://example.com/x.dtd"> %all;]>')),
    );
    expect(error.code).toBe('not-allowed');
  });

  it.each([
    ['<image href="http://example.com/a.png" width="9" height="9"/>', 'http://example.com/a.png'],
    ['<image xlink:href="&#x66;ile:///etc/passwd" width="9" height="9"/>', 'file:///etc/passwd'],
    ['<use href="other.svg#icon"/>', 'other.svg#icon'],
    ['<filter><feImage href="a.png"/></filter>', 'a.png'],
    ['<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>', '/etc/passwd'],
  ])('refuses %s', async (body, target) => {
    const error = await failure(read(svg(body)));
    expect(error).toMatchObject({
      code: 'not-allowed',
      message: `Expected an SVG that is complete in itself, but draw.svg refers to ${target}.`,
    });
  });

  it('never draws a neighbouring file, even where the check is not asked', async () => {
    const path = join(await folder(), 'red.png');
    await writeFile(path, await plain(20, 20, '#ff0000').png().toBuffer());
    const picture = await read(
      svg(`<style>rect{fill:url(file://${path})}</style><rect width="20" height="20"/>`),
    );
    expect([...picture.raster.data.subarray(0, 3)]).not.toEqual([255, 0, 0]);
    expect(picture.warnings).toEqual([
      'draw.svg: style sheets, fonts and pictures outside of the file are not loaded.',
    ]);
  });

  it('takes links, fragments and embedded pictures', async () => {
    const red = (await plain(20, 20, '#ff0000').png().toBuffer()).toString('base64');
    const picture = await read(
      svg(
        `<a href="https://example.com"><image xlink:href="data:image/png;base64,${red}" width="20" height="20"/></a><use href="#x"/>`,
      ),
    );
    expect(picture.warnings).toEqual([]);
    expect([...picture.raster.data.subarray(0, 3)]).toEqual([255, 0, 0]);
  });
});

describe('entities and size', () => {
  it('expands the short internal entities that drawing programs write', async () => {
    const picture = await read(
      svg(
        '<rect width="20" height="20" fill="&paint;"/>',
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY paint "#00ff00">]>',
      ),
    );
    expect([...picture.raster.data.subarray(0, 3)]).toEqual([0, 255, 0]);
  });

  it('refuses entities that multiply', async () => {
    const nested = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
    const wide = `<!DOCTYPE svg [<!ENTITY a "${'a'.repeat(2000)}">]>`;
    for (const bytes of [svg('<text>&b;</text>', nested), svg(`<text>${'&a;'.repeat(600)}</text>`, wide)]) {
      expect(await failure(read(bytes))).toMatchObject({
        code: 'input-too-large',
        message: 'Expected plain entities, but those of draw.svg grow when expanded.',
      });
    }
  });

  it('bounds the drawn size, also by the scale', async () => {
    const huge = svg('', '', 'width="100000" height="100000"');
    expect((await failure(read(huge))).code).toBe('input-too-large');
    const medium = svg('', '', 'width="8000" height="8000"');
    const scaled = readPicture(bytesOf(medium), context(), { svgScale: 4 });
    expect((await failure(scaled)).code).toBe('input-too-large');
    const wrong = readPicture(bytesOf(svg('')), context(), { svgScale: 0 });
    expect((await failure(wrong)).code).toBe('option-invalid');
  });

  it('refuses sizes that wrap around, and none at all', async () => {
    expect(await failure(read(svg('', '', 'width="1e9" height="1"')))).toMatchObject({
      code: 'input-too-large',
      message: 'Expected an SVG of at most 1,000,000 units a side, but draw.svg has 1000000000.',
    });
    for (const size of ['', 'width="0" height="0"']) {
      expect(await failure(read(svg('', '', size)))).toMatchObject({
        code: 'input-unsupported',
        message: 'Expected an SVG that can be drawn, but draw.svg cannot.',
        next: 'Check that it has a width and a height, or export it as PNG.',
      });
    }
  });

  it('reads the encoding that the file declares, and refuses an unknown one', async () => {
    const declared = (encoding: string) =>
      svg('<text>\u00e9</text><use href="other.svg"/>', `<?xml version="1.0" encoding="${encoding}"?>`);
    expect((await failure(read(Buffer.from(declared('iso-8859-1').toString(), 'latin1')))).code).toBe(
      'not-allowed',
    );
    expect((await failure(read(declared('utf-7')))).message).toContain('the encoding "utf-7" is unknown.');
  });

  it('tells broken XML, and reads UTF-16', async () => {
    const error = await failure(read(Buffer.from(`<svg ${namespaces} width="9" height="9"><g></svg>`)));
    expect(error.code).toBe('input-unsupported');
    expect(error.message).toMatch(/^Expected an SVG, but draw\.svg is not well-formed XML: /);
    const text = `\ufeff<?xml version="1.0" encoding="UTF-16"?>${svg('').toString()}`;
    expect((await read(Buffer.from(text, 'utf16le'))).raster.width).toBe(20);
  });
});
