/**
 * Bundles the command line and the workers into `dist/`, with every package that is pure JavaScript: what
 * stands under "dependencies" in the manifest stays outside, the rest goes in, with its licence.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build, transform } from 'esbuild';

const root = import.meta.dirname;
const { values: options } = parseArgs({
  options: { clean: { type: 'boolean', default: false }, outdir: { type: 'string', default: 'dist' } },
});
const outdir = path.resolve(root, options.outdir);
const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));

/** By name in `dist/`, without `.js`. */
const entryPoints = {
  cli: 'cli/main.ts',
  extension: 'extension/main.ts',
  'engine-host': 'shared/engine/host/host-main.ts',
  'native-probe': 'shared/engine/native/gpu/probe-main.ts',
  'facts-worker': 'shared/facts/worker.ts',
  'compose-worker': 'shared/run/compose-worker.ts',
  'score-worker': 'shared/run/scoring/worker.ts',
  'tesseract-worker': 'tesseract.js/src/worker-script/node/index.js',
};

/** Files that bundled packages read beside themselves, by package. */
const assets = {
  // The third kind is for processors without SIMD, which sharp does not run on either.
  'tesseract.js-core': ['tesseract-core-simd.wasm', 'tesseract-core-relaxedsimd.wasm'],
  '@tesseract.js-data/eng': ['4.0.0_best_int/eng.traineddata.gz'],
  '@tesseract.js-data/chi_sim': ['4.0.0_best_int/chi_sim.traineddata.gz'],
  open: ['xdg-open'],
  tailwindcss: ['index.css'],
};

/** What some of them are called in `dist/`. */
const assetNames = { 'index.css': 'tailwind.css' };

/** Packages that refuse to be bundled, taken over file by file, without the half that is never used. */
const copied = {
  'playwright-core': [
    'package.json',
    'browsers.json',
    'index.js',
    'index.mjs',
    'lib/bootstrap.js',
    'lib/coreBundle.js',
    'lib/utilsBundle.js',
    'lib/utilsBundle.js.LICENSE',
  ],
};

const external = [
  ...Object.keys(manifest.dependencies),
  ...Object.keys(manifest.optionalDependencies),
  // A browser of 66 MB, for tests: found where somebody installed it.
  '@sparticuz/chromium',
  // What the editor gives its extensions.
  'vscode',
];

/** Packages written for CommonJS call it for Node's own modules. */
const banner = `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`;

const result = await build({
  absWorkingDir: root,
  entryPoints,
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: external.flatMap((name) => [name, `${name}/*`]),
  banner: { js: banner },
  define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
  minifySyntax: true,
  // Room in the install; names stay, so that a trace can be read.
  minifyWhitespace: true,
  legalComments: 'none',
  sourcemap: 'linked',
  metafile: true,
  logLevel: 'warning',
  write: false,
  plugins: [
    {
      name: 'copied packages',
      setup: ({ onResolve }) => {
        const names = new RegExp(`^(?:${Object.keys(copied).join('|')})$`);
        onResolve({ filter: names }, ({ path: name }) => ({ path: `./${name}/index.mjs`, external: true }));
      },
    },
  ],
});

/** The panel's page, which runs in a browser or a webview: one script, one style sheet. */
const panel = await build({
  absWorkingDir: root,
  entryPoints: [
    { in: 'panel/main.ts', out: 'panel' },
    { in: 'panel/panel.css', out: 'panel' },
  ],
  outdir: path.join(outdir, 'panel'),
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'chrome124',
  minify: true,
  metafile: true,
  logLevel: 'warning',
  write: false,
});

/** Place in `dist/`, with forward slashes, and content; the bundle comes first. */
const files = new Map(
  [...result.outputFiles, ...panel.outputFiles].map((file) => [
    path.relative(outdir, file.path).split(path.sep).join('/'),
    file.contents,
  ]),
);
files.set('panel/index.html', await readFile(path.join(root, 'panel', 'index.html')));
for (const [name, paths] of Object.entries(copied)) {
  for (const file of paths) files.set(`${name}/${file}`, await slim(path.join(folderOf(name), file)));
}
for (const [name, paths] of Object.entries(assets)) {
  for (const file of paths) {
    const base = path.basename(file);
    files.set(assetNames[base] ?? base, await readFile(path.join(folderOf(name), file)));
  }
}
files.set('THIRD-PARTY-LICENSES.txt', Buffer.from(await licences()));

// Written beside and renamed, so that a run in another terminal never reads half a bundle.
for (const [name, contents] of files) {
  const target = path.join(outdir, name);
  await mkdir(path.dirname(target), { recursive: true });
  const current = await readFile(target).catch(() => undefined);
  if (current?.equals(contents)) continue;
  const fresh = `${target}.${process.pid}.tmp`;
  const executable = ['cli.js', 'xdg-open'].includes(name);
  await writeFile(fresh, contents, { mode: executable ? 0o755 : 0o644 });
  await rename(fresh, target);
}

// Chunks carry a hash of their content: without this old ones would pile up in the package.
if (options.clean) {
  for (const entry of await readdir(outdir, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(outdir, file).split(path.sep).join('/');
    if (entry.isFile() && !files.has(name)) await rm(file);
  }
}

/** Somebody else's script without its blanks and comments: a third less. Its licence lies beside it. */
async function slim(file) {
  const contents = await readFile(file);
  if (!file.endsWith('.js')) return contents;
  const { code } = await transform(contents, {
    minifyWhitespace: true,
    target: 'node20',
    legalComments: 'none',
  });
  return Buffer.from(code);
}

function folderOf(packageName) {
  return path.join(root, 'node_modules', packageName);
}

/** The licence of every package of which something is in `dist/`. */
async function licences() {
  const folders = new Set([...Object.keys(assets), ...Object.keys(copied)].map(folderOf));
  for (const input of Object.keys({ ...result.metafile.inputs, ...panel.metafile.inputs })) {
    const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
    if (folder !== undefined) folders.add(path.join(root, folder));
  }
  const texts = await Promise.all([...folders].map(licenceOf));
  return `Packages whose code or data is part of this folder, with their licences.\n\n${texts.toSorted().join('\n')}`;
}

async function licenceOf(folder) {
  const { name, version, license, author } = JSON.parse(
    await readFile(path.join(folder, 'package.json'), 'utf8'),
  );
  const title = `${name} ${version}: ${license}`;
  const names = await readdir(folder);
  const named = names.filter((file) => /^(?:licen[cs]e|copying|notice|third-?party)/i.test(file)).toSorted();
  const texts = await Promise.all(named.map((file) => readFile(path.join(folder, file), 'utf8')));
  if (texts.length === 0) texts.push(`By ${author?.name ?? author ?? 'its authors'}.`);
  return `${'='.repeat(78)}\n${title}\n${'='.repeat(78)}\n\n${texts.map((text) => text.trim()).join('\n\n')}\n`;
}
