/** Real clients of the built server, over stdio and HTTP, in both eras; everything ends with the test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CallToolResult, Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { folder, run } from '../cli/command.ts';
import { tinyModel } from '../models/index.ts';

export const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** Both protocols that clients speak. */
export const eras = ['2025-11-25', '2026-07-28'] as const;
export type Era = (typeof eras)[number];

export interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A user without settings, model and engine host, in a folder with these files. */
export async function place(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<Place> {
  const cwd = await folder(files);
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || /^(PIXELWRIGHT_|XDG_|HF_|HOME$)/.test(name) ? [] : [[name, value] as const],
  );
  const temporary = path.join(cwd, '.tmp');
  await mkdir(temporary);
  // A temporary folder of its own: this repository may itself lie in the machine's.
  const own = {
    HOME: cwd,
    PIXELWRIGHT_HOME: path.join(cwd, '.home'),
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
  };
  onTestFinished(async () => {
    if (existsSync(path.join(own.PIXELWRIGHT_HOME, 'host')))
      await run(['stop', '--force'], { cwd, env: own });
  });
  return { cwd, env: { ...Object.fromEntries(inherited), ...own } };
}

/** Flags for the native engine on the tiny model pair. */
export async function tinyFlags(): Promise<string[]> {
  const { model, mmproj } = await tinyModel();
  const limits = ['--device', 'cpu', '--threads', '1', '--context-size', '4096'];
  return ['--model', model, '--mmproj', mmproj, ...limits];
}

function newClient(era: Era): Client {
  const mode = era === '2026-07-28' ? ({ pin: era } as const) : 'legacy';
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  onTestFinished(() => client.close());
  return client;
}

/** A client that has started `pixelwright mcp …` and shaken hands. */
export async function stdioClient(
  { cwd, env }: Place,
  args: readonly string[] = [],
  era: Era = '2026-07-28',
): Promise<Client> {
  const client = newClient(era);
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [cli, 'mcp', ...args],
      cwd,
      env: { ...env },
      stderr: 'ignore',
    }),
  );
  return client;
}

export interface HttpService {
  readonly url: string;
  readonly process: ChildProcess;
}

/** `pixelwright mcp --http` on a port of the system's choice. */
export async function httpService({ cwd, env }: Place, args: readonly string[] = []): Promise<HttpService> {
  const child = spawn(process.execPath, [cli, 'mcp', '--http', '--port', '0', ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const [line] = await once(child.stdout, 'data');
  return { url: String(line).trim(), process: child };
}

export async function httpClient({ url }: HttpService, era: Era = '2026-07-28'): Promise<Client> {
  const client = newClient(era);
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  return client;
}

/** The text blocks of an answer. */
export function textOf({ content }: Pick<CallToolResult, 'content'>): string {
  return content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
}

const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  next: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** Our error of an answer that is one. @throws ZodError for an answer that is none. */
export function errorOf({ isError, _meta }: Pick<CallToolResult, 'isError' | '_meta'>) {
  z.literal(true).parse(isError);
  return errorSchema.parse(_meta?.['pixelwright/error']);
}
