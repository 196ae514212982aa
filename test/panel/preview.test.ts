/** Pages made harmless to look at, and results as one file. */
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { download } from '../../shared/run/panel/download.ts';
import { previewOf } from '../../shared/run/panel/preview.ts';
import type { OutputFile } from '../../shared/run/write-output.ts';

const nonce = 'n0nce-n0nce-n0nce';
const page = (content: string): OutputFile => ({
  path: 'a.html',
  mediaType: 'text/html',
  role: 'page',
  content,
});
const sheet: OutputFile = {
  path: 'a.css',
  mediaType: 'text/css',
  role: 'style',
  content: '.a { background: url("a-assets/1.png") }',
};
const asset: OutputFile = {
  path: 'a-assets/1.png',
  mediaType: 'image/png',
  role: 'asset',
  content: Uint8Array.of(1, 2, 3),
};
const preview = (content: string): string => previewOf([page(content), sheet, asset], nonce);

describe('a preview', () => {
  it('is one document: style and pictures inside', () => {
    const html = preview('<link rel="stylesheet" href="a.css"><img src="a-assets/1.png">');
    expect(html).toContain(
      `<style nonce="${nonce}">.a { background: url("data:image/png;base64,AQID") }</style>`,
    );
    expect(html).toContain('<img src="data:image/png;base64,AQID">');
    expect(html).not.toContain('<link');
  });

  it('has its own policy before anything else, which lets nothing in but pictures inside', () => {
    const [, policy = ''] =
      /^<html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(
        preview('<p>Hi</p>'),
      ) ?? [];
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toMatch(/script|connect|frame|http|\*/);
  });

  it.each([
    ['<script>x()</script>', /script/],
    ['<svg><script>x()</script></svg>', /script/],
    ['<template><script>x()</script></template>', /<script/],
    ['<p onclick="x()" ONMOUSEOVER=x()>Hi</p>', /onclick|onmouseover/i],
    ['<base href="http://evil.example/">', /<base/],
    ['<meta http-equiv="refresh" content="0;url=http://evil.example/">', /refresh/],
    ['<link rel="stylesheet" href="http://evil.example/a.css">', /evil/],
    ['<link rel="preconnect" href="http://evil.example/">', /evil/],
    [
      '<iframe srcdoc="<script>x()</script>"></iframe><object data="a"></object><embed src="a">',
      /frame|object|embed/,
    ],
    ['<a href="http://evil.example/" target="_top" ping="http://evil.example/">Hi</a>', /evil|_top/],
    [
      '<form action="http://evil.example/"><button formaction="http://evil.example/">Hi</button></form>',
      /evil/,
    ],
  ])('goes without what leads out: %s', (content, outlaw) => {
    expect(preview(content)).not.toMatch(outlaw);
  });

  it('stays a link, a form and a style to look at', () => {
    const html = preview('<a href="/a">A</a><style>p { color: red }</style><p style="margin: 0">Hi</p>');
    expect(html).toContain('<a href="about:srcdoc#">A</a>');
    expect(html).toContain(`<style nonce="${nonce}">p { color: red }</style>`);
    expect(html).toContain('<p style="margin: 0">Hi</p>');
  });
});

describe('a download', () => {
  it('is an archive of all files, the same bytes each time', () => {
    const files = [page('<p>ä</p>'), sheet, asset];
    const { name, mediaType, base64 } = download(files, 'zip', 'a');
    expect([name, mediaType]).toEqual(['a.zip', 'application/zip']);
    const entries = unzipSync(Buffer.from(base64, 'base64'));
    expect(Object.keys(entries)).toEqual(['a.html', 'a.css', 'a-assets/1.png']);
    expect(Buffer.from(entries['a.html'] ?? []).toString()).toBe('<p>ä</p>');
    expect(entries['a-assets/1.png']).toEqual(Uint8Array.of(1, 2, 3));
    expect(download(files, 'zip', 'a').base64).toBe(base64);
  });

  it('or the main file alone', () => {
    expect(download([page('<p>Hi</p>'), asset], 'single', 'a')).toEqual({
      name: 'a.html',
      mediaType: 'text/html',
      base64: Buffer.from('<p>Hi</p>').toString('base64'),
    });
  });
});
