/** What loads when the editor starts: nothing of the core, nothing native, no schema. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Files of the bundle that are loaded before anything is called, and packages that they import. */
function loadedAtOnce(entry: string): {
  readonly files: ReadonlyMap<string, number>;
  readonly packages: Set<string>;
} {
  const files = new Map<string, number>();
  const packages = new Set<string>();
  const waiting = [path.resolve(root, entry)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    const text = readFileSync(file, 'utf8');
    files.set(file, text.length);
    for (const [, name = ''] of text.matchAll(
      /(?:^|;)(?:import|export)(?:[\s*{\w][^;'"`(]*?from)?\s*['"]([^'"]+)['"]/gm,
    )) {
      if (name.startsWith('.')) waiting.push(path.resolve(path.dirname(file), name));
      else packages.add(name);
    }
  }
  return { files, packages };
}

describe('activation', () => {
  const { files, packages } = loadedAtOnce(manifest.main);

  it('loads the editor’s interface and Node’s own modules only', () => {
    const others = [...packages].filter((name) => name !== 'vscode' && !name.startsWith('node:'));
    expect([...packages]).toContain('vscode');
    expect(others).toEqual([]);
  });

  it('is small: the core, its schemas and its libraries come with the first work', () => {
    const rule =
      'what is registered at the start imports what it runs with import(), see extension/commands/index.ts';
    const total = [...files.values()].reduce((sum, size) => sum + size, 0);
    expect(total, rule).toBeLessThan(150_000);
  });
});
