/** What users and registries configure: snippets of clients, server.json. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { bundleManifest, clientConfig, clientNames } from '../../mcp-server/index.ts';
import manifest from '../../package.json' with { type: 'json' };
import server from '../../server.json' with { type: 'json' };
import { folder, run } from '../cli/command.ts';
import { place } from './client.ts';

const mcpb = fileURLToPath(new URL('../../node_modules/@anthropic-ai/mcpb/dist/cli/cli.js', import.meta.url));

const serverSchema = z.object({ command: z.literal('npx'), args: z.array(z.string()) });
const args = ['-y', 'pixelwright', 'mcp', '--roots', '/my designs'];

it.each(clientNames.filter((name) => !['claude-code', 'codex'].includes(name)))(
  '%s is given JSON',
  (name) => {
    const { text } = clientConfig(name, args.slice(3));
    const [servers] = Object.values(z.record(z.string(), z.unknown()).parse(JSON.parse(text)));
    const { pixelwright } = z.object({ pixelwright: serverSchema }).parse(servers);
    expect(pixelwright.args).toEqual(args);
  },
);

it('claude-code is given a command, codex a file', () => {
  expect(clientConfig('claude-code', args.slice(3)).text).toBe(
    "claude mcp add --scope user pixelwright -- npx -y pixelwright mcp --roots '/my designs'",
  );
  expect(clientConfig('codex').text).toContain('[mcp_servers.pixelwright]\ncommand = "npx"');
});

it('prints what is to be copied on stdout, and where it belongs on stderr', async () => {
  const { code, stdout, stderr } = await run(['mcp', '--print-config', 'vscode'], await place());
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ servers: { pixelwright: { type: 'stdio' } } });
  expect(stderr).toContain('.vscode/mcp.json');
});

it('answers a client that it does not know with those that it knows', async () => {
  const { code, stdout, stderr } = await run(['mcp', '--print-config', 'vs-code'], await place());
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('Did you mean vscode?');
});

it('mcpb finds the manifest of the bundle valid', async () => {
  const cwd = await folder();
  const manifest = path.join(cwd, 'manifest.json');
  for (const platform of ['linux', 'darwin', 'win32']) {
    await writeFile(manifest, JSON.stringify(bundleManifest(platform)));
    const { stdout } = await promisify(execFile)(process.execPath, [mcpb, 'validate', manifest]);
    expect(stdout).toContain('Manifest schema validation passes!');
  }
});

it('server.json names the package and its version', () => {
  expect(server.name).toBe(manifest.mcpName);
  expect(server.version).toBe(manifest.version);
  expect(server.description.length).toBeLessThanOrEqual(100);
  expect(server.packages).toMatchObject([{ identifier: manifest.name, version: manifest.version }]);
});
