/**
 * `npm run conformance`: the protocol's own conformance suite against the built product and, through the same
 * factory, against the fixtures that the suite asks for; then the Inspector's strict look at the tool list.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveOverHttp } from '../../../mcp-server/index.ts';
import { defaultSettings, silentLog } from '../../../shared/index.ts';
import { addAnswers } from './answers.ts';
import { addQuestions, requestState } from './questions.ts';

/** Pinned: the suite needs a newer Node than the product, which npm brings too. */
const packages = {
  '@modelcontextprotocol/conformance': '0.2.0-alpha.12',
  '@modelcontextprotocol/inspector': '2.12.0',
  node: '24.21.0',
} as const;

const revisions = ['2026-07-28', '2025-11-25'] as const;

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = path.join(root, '.cache', 'conformance');
const cli = path.join(root, 'dist', 'cli.js');
const here = fileURLToPath(new URL('.', import.meta.url));

/** Runs to its end; its output is shown when it fails, or always. */
async function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly show?: 'always' },
): Promise<number> {
  const child = spawn(command, args, { cwd: options.cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => said.push(text));
  }
  const [code] = await once(child, 'close');
  if (code !== 0 || options.show === 'always') process.stdout.write(said.join(''));
  return typeof code === 'number' ? code : 1;
}

/** Takes seconds where the packages are there already. */
async function install(): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({ private: true, dependencies: packages, allowScripts: ['node'] }),
  );
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', '--force'];
  if ((await run(npm, args, { cwd: folder })) !== 0) throw new Error('The suite could not be installed.');
}

const node = path.join(folder, 'node_modules', 'node', 'bin', 'node');
const binOf = (name: string): string => path.join(folder, 'node_modules', '.bin', name);

/** True if every check passes that is not in the baseline, and none of it is stale. */
async function conforms(name: string, url: string, revision: string): Promise<boolean> {
  const baseline = path.join(here, `${name}-${revision}.yml`);
  const results = path.join(folder, 'results', `${name}-${revision}`);
  const args = ['server', '--url', url, '--requirements', revision, '-o', results];
  const code = await run(node, [binOf('conformance'), ...args, '--expected-failures', baseline], {
    cwd: folder,
    ...(process.argv.includes('--verbose') ? { show: 'always' as const } : {}),
  });
  process.stdout.write(`${code === 0 ? 'passed' : 'FAILED'}  ${name}, ${revision}\n`);
  return code === 0;
}

async function productConforms(): Promise<boolean> {
  const child = spawn(process.execPath, [cli, 'mcp', '--http', '--port', '0'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = await once(child.stdout, 'data');
    const results: boolean[] = [];
    for (const revision of revisions) results.push(await conforms('product', String(line).trim(), revision));
    return !results.includes(false);
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

async function fixturesConform(): Promise<boolean> {
  const server = await serveOverHttp({
    settings: defaultSettings,
    environment: {},
    log: silentLog,
    workingFolder: tmpdir(),
    port: 0,
    additions: {
      options: { requestState },
      addTo: (mcp) => {
        addAnswers(mcp);
        addQuestions(mcp);
      },
    },
  });
  try {
    const results: boolean[] = [];
    for (const revision of revisions) results.push(await conforms('fixtures', server.url, revision));
    return !results.includes(false);
  } finally {
    await server.close();
  }
}

async function listIsPortable(): Promise<boolean> {
  const inspector = [binOf('mcp-inspector'), '--cli', process.execPath, cli, 'mcp'];
  const code = await run(node, [...inspector, '--method', 'tools/list', '--strict'], { cwd: folder });
  process.stdout.write(`${code === 0 ? 'passed' : 'FAILED'}  strict lint of the tool list\n`);
  return code === 0;
}

await install();
const passed = [await productConforms(), await fixturesConform(), await listIsPortable()];
process.exitCode = passed.includes(false) ? 1 : 0;
