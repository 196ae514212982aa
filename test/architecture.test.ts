/** Reads every import and holds the tree to its directions; the rules are the data at the top. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('..', import.meta.url));

/** A stage may import itself and what stands before it. */
const stages = ['image', 'facts', 'tasks', 'engine', 'compose', 'score'] as const;
const hosts = ['cli', 'mcp-server', 'extension'];
/** The second holds what loads at once; the first has all of it too. */
const doors = ['shared/index.ts', 'shared/start.ts'];
const folders = ['shared', ...hosts, 'panel', 'bench', 'test'];

/** Where in the product each package may be imported; a package that is not here may not be imported at all. */
const packages: Readonly<Record<string, readonly string[]>> = {
  koffi: ['shared/engine/native/', 'mcp-server/own-stdout.ts'],
  'detect-libc': ['shared/engine/native/'],
  'node-llama-cpp': ['shared/engine/native/'],
  vscode: ['extension/'],
  commander: ['cli/'],
  listr2: ['cli/progress.ts'],
  open: ['cli/open.ts'],
  'p-limit': ['cli/progress.ts', 'extension/commands/', 'shared/'],
  pixelmatch: ['shared/score/'],
  sharp: ['shared/image/', 'shared/score/', 'shared/run/annotate.ts'],
  saxes: ['shared/image/'],
  '@mariozechner/clipboard': ['shared/image/clipboard.ts'],
  '@napi-rs/canvas': ['shared/facts/', 'shared/image/bitmap.ts', 'shared/compose/', 'shared/run/doctor.ts'],
  'tesseract.js': ['shared/facts/recogniser/'],
  'lucide-static': ['shared/facts/icons/'],
  'onnxruntime-web': ['shared/facts/recogniser/'],
  undici: ['shared/image/', 'shared/engine/openai/', 'shared/engine/models/', 'shared/engine/host/'],
  'ipaddr.js': ['shared/image/'],
  'eventsource-parser': ['shared/engine/openai/'],
  prettier: ['shared/compose/'],
  tailwindcss: ['shared/compose/tailwind/'],
  parse5: ['shared/compose/', 'shared/score/', 'shared/run/panel/'],
  fflate: ['shared/run/panel/'],
  '@eslint-community/regexpp': ['shared/engine/native/grammar/'],
  culori: ['shared/facts/', 'shared/compose/', 'shared/score/'],
  munkres: ['shared/score/', 'shared/compose/perceived/', 'shared/compose/diagram/merge/'],
  elkjs: ['shared/compose/diagram/tidy/'],
  'playwright-core': ['shared/score/'],
  'chrome-launcher': ['shared/score/'],
  '@sparticuz/chromium': ['shared/score/'],
  systeminformation: ['shared/run/doctor-engine.ts', 'shared/engine/models/'],
  'env-paths': ['shared/config-file.ts', 'shared/home-folder.ts', 'shared/engine/host/state-folder.ts'],
  'pretty-bytes': ['shared/engine/models/', 'cli/'],
  'proper-lockfile': ['shared/engine/models/'],
  ajv: ['shared/tasks/caller-schema.ts'],
  'ajv-formats': ['shared/tasks/caller-schema.ts'],
  'fastest-levenshtein': ['shared/', 'mcp-server/'],
  '@modelcontextprotocol/server': ['mcp-server/'],
  '@modelcontextprotocol/node': ['mcp-server/'],
  zod: ['shared/', 'mcp-server/', 'panel/', 'extension/agents/', 'extension/settings/'],
};

/** Packages that work goes without where they are not installed. */
const optional = ['@sparticuz/chromium', 'vscode'];

/** Lines; a test file, being a list, may be longer. */
const longestFile = (file: string): number => (file.startsWith('test/') ? 400 : 300);

interface Import {
  /** Relative to the root, forward slashes. */
  readonly from: string;
  /** A path relative to the root, or the name of a package. */
  readonly to: string;
  readonly kind: 'file' | 'package';
}

const files = folders.flatMap(sourcesIn);
const imports = files.flatMap(importsOf);

function sourcesIn(folder: string): string[] {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourcesIn(name);
    return /\.tsx?$/.test(entry.name) ? [name] : [];
  });
}

function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** Type imports count too: a stage that knows a later one's types depends on it. */
function importsOf(file: string): Import[] {
  const forms = [
    /^(?:import|export)\b[^;'"`]*?\bfrom\s+['"]([^'"]+)['"]/gm,
    /^import\s+['"]([^'"]+)['"]/gm,
    /\b(?:import|require|require\.resolve)\(\s*['"]([^'"]+)['"]/g,
  ];
  const text = textOf(file);
  const specifiers = forms.flatMap((form) => [...text.matchAll(form)].map((match) => match[1] ?? ''));
  return specifiers
    .filter((specifier) => !isBuiltin(specifier))
    .map((specifier) =>
      specifier.startsWith('.')
        ? { from: file, to: path.posix.join(path.posix.dirname(file), specifier), kind: 'file' }
        : { from: file, to: packageOf(specifier), kind: 'package' },
    );
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function brokenBy(rule: string, isBroken: (edge: Import) => boolean): string[] {
  return imports.filter(isBroken).map(({ from, to }) => `${from} imports ${to}. Rule: ${rule}`);
}

const isRun = (file: string): boolean => /^shared\/(run\/|run\.ts$|index\.ts$|start\.ts$)/.test(file);
const stageOf = (file: string): number => stages.findIndex((stage) => file.startsWith(`shared/${stage}/`));
const isBase = (file: string): boolean => /^shared\/[^/]+$/.test(file) && !isRun(file);
const hostOf = (file: string): string | undefined => hosts.find((host) => file.startsWith(`${host}/`));

describe('the reader of imports', () => {
  it('finds imports, exports, type imports and dynamic imports', () => {
    expect(imports).toContainEqual({ from: 'cli/command-line.ts', to: 'commander', kind: 'package' });
    expect(imports).toContainEqual({ from: 'cli/exit.ts', to: 'shared/start.ts', kind: 'file' });
    expect(imports).toContainEqual({ from: 'shared/index.ts', to: 'shared/start.ts', kind: 'file' });
    expect(imports).toContainEqual({ from: 'cli/progress.ts', to: 'listr2', kind: 'package' });
  });
});

describe('imports between our files', () => {
  it('a stage imports no later stage', () => {
    const rule = `stages stand in the order ${stages.join(' → ')}; a stage imports itself and earlier ones only.`;
    expect(brokenBy(rule, ({ from, to }) => stageOf(from) >= 0 && stageOf(to) > stageOf(from))).toEqual([]);
  });

  it('only the run files know the order', () => {
    const rule = 'only shared/run.ts, shared/run/ and the doors import the run files.';
    const inCore = (file: string) => stageOf(file) >= 0 || isBase(file);
    expect(brokenBy(rule, ({ from, to }) => inCore(from) && isRun(to))).toEqual([]);
  });

  it('what every stage shares imports no stage', () => {
    const rule = 'files directly in shared/ (errors, config, geometry, …) import only each other.';
    expect(brokenBy(rule, ({ from, to }) => isBase(from) && stageOf(to) >= 0)).toEqual([]);
  });

  it('the core imports no host, bench or test', () => {
    const rule = 'shared/ imports nothing of ours outside shared/, but the manifest.';
    const outside = ({ from, to, kind }: Import) =>
      kind === 'file' && from.startsWith('shared/') && !to.startsWith('shared/') && to !== 'package.json';
    expect(brokenBy(rule, outside)).toEqual([]);
  });

  it('a host imports the core by its door only', () => {
    const rule =
      'a host imports shared/index.ts or shared/start.ts and its own files, nothing else of ours; the command line starts the MCP server.';
    const started = ['mcp-server/index.ts', 'mcp-server/own-stdout.ts'];
    const around = ({ from, to, kind }: Import) => {
      const host = hostOf(from);
      if (host === undefined || kind !== 'file' || hostOf(to) === host) return false;
      return !doors.includes(to) && !(host === 'cli' && started.includes(to));
    };
    expect(brokenBy(rule, around)).toEqual([]);
  });

  it('the page of the panel knows of the core only what it says to it', () => {
    const rule = 'panel/ runs in a browser; it imports shared/panel-protocol.ts and its own files.';
    const reaches = ({ from, to, kind }: Import) =>
      from.startsWith('panel/') &&
      kind === 'file' &&
      !to.startsWith('panel/') &&
      to !== 'shared/panel-protocol.ts';
    expect(brokenBy(rule, reaches)).toEqual([]);
  });

  it('the benches import no host', () => {
    const rule =
      'bench/ measures the core and the built command; the tables and the bundle read the hosts for what they tell.';
    const readers = ['bench/tables.ts', 'bench/mcpb.ts', 'bench/editor-texts.ts'];
    const reaches = ({ from, to }: Import) =>
      from.startsWith('bench/') && hostOf(to) !== undefined && !readers.includes(from);
    expect(brokenBy(rule, reaches)).toEqual([]);
  });
});

describe('imports of packages', () => {
  const product = (file: string) => /^(shared|panel)\//.test(file) || hostOf(file) !== undefined;

  it('each package is imported only where it is listed', () => {
    const rule = 'the table in test/architecture.test.ts lists where each package may be imported.';
    const elsewhere = ({ from, to, kind }: Import) =>
      kind === 'package' && product(from) && !(packages[to] ?? []).some((place) => from.startsWith(place));
    expect(brokenBy(rule, elsewhere)).toEqual([]);
  });

  it('only the native engine knows the FFI, and only the extension knows vscode', () => {
    const rule =
      'koffi and node-llama-cpp belong to shared/engine/native/, vscode to extension/; tests too keep to it. Standard output is moved aside by a call too.';
    const homes: Readonly<Record<string, readonly string[]>> = {
      koffi: ['shared/engine/native/', 'mcp-server/own-stdout.ts'],
      'node-llama-cpp': ['shared/engine/native/'],
      vscode: ['extension/', 'test/vscode/in-host/'],
    };
    const away = ({ from, to }: Import) => homes[to]?.every((home) => !from.startsWith(home)) ?? false;
    expect(brokenBy(rule, away)).toEqual([]);
  });

  it('what the product imports is installed with it, or built into it', () => {
    const rule =
      'a package that the product imports stands under "devDependencies", from where the build takes it in, or under "dependencies" if it cannot be bundled.';
    const known = { ...manifest.dependencies, ...manifest.devDependencies };
    const absent = ({ from, to, kind }: Import) =>
      kind === 'package' && product(from) && !optional.includes(to) && !(to in known);
    expect(brokenBy(rule, absent)).toEqual([]);
  });
});

describe('files', () => {
  it('none is too long to be read at once', () => {
    const long = files.filter((file) => textOf(file).trimEnd().split('\n').length > longestFile(file));
    expect(long, 'Rule: a file has at most 300 lines, a test 400; split it by topic.').toEqual([]);
  });

  it('each begins with a sentence that says what it is for', () => {
    const silent = files.filter((file) => !/^(#!.*\n)?\/\*\*\s/.test(textOf(file)));
    expect(silent, 'Rule: a source file begins with a doc comment of one sentence.').toEqual([]);
  });
});
