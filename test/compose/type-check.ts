/** Vue's and TypeScript's own checkers, run over files as a project would run them. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { SourceFile } from '../../shared/compose/target.ts';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** A new folder in which the repository's packages are found. The caller removes it. */
export async function checkedFolder(): Promise<string> {
  await mkdir(path.join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(path.join(root, '.cache', 'types-'));
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  return folder;
}

export async function writeFiles(folder: string, files: readonly SourceFile[]): Promise<void> {
  for (const file of files) {
    const place = path.join(folder, file.path);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, file.content);
  }
}

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

export type CompilerOptions = Partial<(typeof configuration)['compilerOptions']>;

const vite = `declare module '*.png' { const address: string; export default address; }
declare module '*.module.css' { const classes: { readonly [key: string]: string }; export default classes; }
`;

/** Runs the checker over a folder that `checkedFolder` made; the output is empty if there is nothing to say. */
export async function checkTypes(folder: string, options: CompilerOptions = {}): Promise<string> {
  const compilerOptions = { ...configuration.compilerOptions, ...options };
  await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify({ ...configuration, compilerOptions }));
  await writeFile(path.join(folder, 'vite.d.ts'), vite);
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
