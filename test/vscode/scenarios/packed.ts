/** What the packed file holds: what this platform needs, and nothing else. */
import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { mostBytes } from '../../../bench/vsix/targets.ts';
import type { Given } from '../harness/given.ts';

const needed = [
  'package.json',
  'package.nls.json',
  'package.nls.zh-cn.json',
  'readme.md',
  'LICENSE.txt',
  'media/icon.png',
  'dist/extension.js',
  'dist/cli.js',
  'dist/engine-host.js',
  'dist/facts-worker.js',
  'dist/compose-worker.js',
  'dist/tesseract-worker.js',
  'dist/tesseract-core-relaxedsimd.wasm',
  'dist/eng.traineddata.gz',
  'dist/panel/panel.js',
  'dist/panel/panel.css',
  'dist/THIRD-PARTY-LICENSES.txt',
  'node_modules/koffi/package.json',
  'node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node',
  'node_modules/@img/sharp-linux-x64/package.json',
  'node_modules/@napi-rs/canvas-linux-x64-gnu/skia.linux-x64-gnu.node',
  'node_modules/@mariozechner/clipboard-linux-x64-gnu/clipboard.linux-x64-gnu.node',
  'node_modules/@node-llama-cpp/linux-x64-vulkan/bins/linux-x64-vulkan/libggml-vulkan.so',
];

export function packedScenarios(given: Given): void {
  it.skipIf(process.env['PIXELWRIGHT_VSCODE'] === 'tree')(
    'holds this platform’s libraries only',
    async () => {
      const bytes = await readFile(given.vsix);
      expect(bytes.length).toBeLessThan(mostBytes);
      const names: string[] = [];
      unzipSync(bytes, {
        filter: ({ name }) => {
          names.push(name.replace(/^extension\//, ''));
          return false;
        },
      });
      expect(names).toEqual(expect.arrayContaining(needed));
      const native = names.filter((name) => /\.(?:node|so|dll|dylib)(?:\.|$)/.test(name));
      expect(native.filter((name) => !name.includes('linux'))).toEqual([]);
      expect(names.filter((name) => /arm64|win32|darwin|musl|cuda|chromium/i.test(name))).toEqual([]);
      expect(names.filter((name) => /\.(?:map|ts|tsx)$|^(?:test|bench|shared|\.cache)\//.test(name))).toEqual(
        [],
      );
    },
  );
}
