/** Leaves out of a staged extension what it never opens; nothing of what is kept is altered, but for names of chunks. */
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import manifest from '../../package.json' with { type: 'json' };
import { pinsOf } from '../../shared/engine/native/library/pins.ts';

/** Sources, types, documents; licences, and the notices in a README, stay. */
const needless =
  /(?:^|\/)(?:vendor|docs?|CHANGELOG\.md|\.bin|\.yarnrc\.yml|[^/]*\.cdx\.json)(?:\/|$)|\.(?:map|d\.[cm]?ts|ts|cc?|cpp|hh?|hpp|inc|def|asm|S|gyp|rs|toml|bnf)$|\/CMakeLists\.txt$/;

/**
 * Processors that another variant serves as well: Cannon Lake was hardly sold, the instructions that Cooper Lake
 * and Piledriver have more than Cascade Lake and Ivy Bridge are not used by the model's quantisations.
 */
const needlessProcessors = /ggml-cpu-(?:cannonlake|cooperlake|piledriver)\./;

/** Every editor that takes this extension has relaxed SIMD; musl has packages of its own. */
const neverOpened = [
  'dist/tesseract-core-simd.wasm',
  // Of a variant of sharp for WebAssembly.
  'node_modules/tslib',
  'node_modules/@koromix/koffi-linux-x64/musl_x64',
  'node_modules/@koromix/koffi-linux-arm64/musl_arm64',
] as const;

/** @param folder a staged extension; @param engine the one package of `@node-llama-cpp/` that stays */
export async function leaveOut(folder: string, engine: string): Promise<void> {
  const drop = (name: string) => rm(path.join(folder, name), { recursive: true, force: true });
  const scope = 'node_modules/@node-llama-cpp';
  // One of them claims to be for another platform too.
  for (const name of await readdir(path.join(folder, scope))) {
    if (name !== engine) await drop(`${scope}/${name}`);
  }
  const libraries = `${scope}/${engine}/bins/${engine}`;
  const pinned = Object.keys(pinsOf(engine)).filter((name) => !needlessProcessors.test(name));
  for (const name of await filesIn(path.join(folder, libraries))) {
    if (!pinned.includes(name)) await drop(`${libraries}/${name}`);
  }
  for (const name of neverOpened) await drop(name);
  const reached = await reachedScripts(folder);
  for (const name of await filesIn(folder)) {
    const unreached = isScript(name) && !isOfPlatform(name) && !reached.has(name);
    if (needless.test(name) || (name.startsWith('node_modules/') && unreached)) await drop(name);
  }
}

/**
 * The bundle's chunks are ES modules of whatever size comes about; by this name no tool takes them for the scripts
 * of an extension that was not bundled. Entries keep theirs, by which they are started.
 */
export async function nameModules(dist: string): Promise<void> {
  const chunk = /^(?<stem>.+-[A-Z0-9]{8})\.js$/;
  const reference = /(["'`](?:\.{1,2}\/)+[\w./-]+-[A-Z0-9]{8})\.js(?=["'`])/g;
  for (const name of await filesIn(dist)) {
    if (!name.endsWith('.js') || name.startsWith('playwright-core/')) continue;
    const file = path.join(dist, name);
    const text = await readFile(file, 'utf8');
    const renamed = text.replaceAll(reference, '$1.mjs');
    if (renamed !== text) await writeFile(file, renamed);
    const stem = chunk.exec(name)?.groups?.['stem'];
    if (stem !== undefined) await rename(file, path.join(dist, `${stem}.mjs`));
  }
}

/** Scripts of packages that an import or a require of the native packages leads to, relative to the folder. */
async function reachedScripts(folder: string): Promise<ReadonlySet<string>> {
  const names = Object.keys(manifest.dependencies);
  const contents = names.map((name) => `import ${JSON.stringify(name)}; require(${JSON.stringify(name)});`);
  const { metafile } = await build({
    absWorkingDir: folder,
    stdin: { contents: contents.join('\n'), resolveDir: folder },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outdir: folder,
    loader: { '.node': 'empty' },
    plugins: [withoutComputedNames],
    metafile: true,
    write: false,
    // Packages of other platforms are asked for too.
    logLevel: 'error',
  });
  return new Set(Object.keys(metafile.inputs));
}

/** A name that is put together leads to one platform's package, which stays whole. */
const withoutComputedNames: Plugin = {
  name: 'without computed names',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.cjs$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      return { contents: text.replaceAll(/require\(`[^`]*`\)/g, 'undefined') };
    });
  },
};

function isScript(name: string): boolean {
  return /\.[cm]?js$/.test(name);
}

function isOfPlatform(name: string): boolean {
  return /^node_modules\/@[^/]+\/[^/]*(?:linux|darwin|win32|mac|win)-(?:x64|arm64)/.test(name);
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}
