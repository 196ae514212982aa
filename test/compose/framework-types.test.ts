/** Vue's and TypeScript's own checkers find nothing in what is written for the fixture pages and random ones. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileTree } from '../../shared/compose/compile.ts';
import { createOracle, type Oracle } from '../oracle/oracle-facts.ts';
import { fixturePages, randomPages } from './sample-pages.ts';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../../', import.meta.url));
let oracle: Oracle;
let folder: string;

beforeAll(async () => {
  oracle = await createOracle();
  await mkdir(path.join(root, '.cache'), { recursive: true });
  folder = await mkdtemp(path.join(root, '.cache', 'types-'));
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
});

afterAll(async () => {
  await oracle.close();
  await rm(folder, { recursive: true, force: true });
});

/** What a project made with Vite has, at its strictest. */
const configuration = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    module: 'esnext',
    moduleResolution: 'bundler',
    target: 'es2022',
    lib: ['es2022', 'dom'],
    jsx: 'react-jsx',
    verbatimModuleSyntax: true,
    isolatedModules: true,
    erasableSyntaxOnly: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noImplicitReturns: true,
    skipLibCheck: true,
    types: [],
  },
  include: ['**/*.vue', '**/*.tsx', 'vite.d.ts'],
};

const vite = `declare module '*.png' { const address: string; export default address; }
declare module '*.module.css' { const classes: { readonly [key: string]: string }; export default classes; }
`;

/** Runs the checker over the folder; its output is empty if there is nothing to say. */
async function check(): Promise<string> {
  // vue-tsc patches the compiler that it is given; the repository's own is another generation.
  const [checker, compiler] = [require.resolve('vue-tsc'), require.resolve('typescript-5/lib/tsc')];
  const script = path.join(folder, 'check.cjs');
  await writeFile(script, `require(${JSON.stringify(checker)}).run(${JSON.stringify(compiler)});`);
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, '-p', 'tsconfig.json'], {
      cwd: folder,
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
  }
}

describe('all pages', () => {
  it('have no error of type, and nothing unused', { timeout: 600_000 }, async () => {
    for (const { name, tree, palette } of [...(await fixturePages(oracle)), ...randomPages(120, 41)]) {
      for (const target of ['vue', 'react'] as const) {
        const { files } = await compileTree(tree, target, { name, palette });
        for (const file of files) {
          const place = path.join(folder, name, file.path);
          await mkdir(path.dirname(place), { recursive: true });
          await writeFile(place, file.content);
        }
      }
    }
    await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify(configuration));
    await writeFile(path.join(folder, 'vite.d.ts'), vite);
    expect(await check()).toBe('');
    // The checker does check.
    await writeFile(
      path.join(folder, 'Wrong.vue'),
      `<script setup lang="ts">const a: number = 'b';</script><template>{{ a }}</template>`,
    );
    expect(await check()).toContain('Wrong.vue');
  });
});
