/** The first things a client asks, over stdio and in both eras, and what must not happen meanwhile. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pipelines, version } from '../../shared/index.ts';
import { eras, place, stdioClient } from './client.ts';

const names = [...pipelines.map(({ task }) => task.name), 'engine_status'];
const field = z.looseObject({ type: z.string().optional(), description: z.string().min(5) });

describe.each(eras)('a client of %s', (era) => {
  it('is told who we are and what each tool is for', async () => {
    const client = await stdioClient(await place(), [], era);
    expect(client.getServerVersion()).toMatchObject({ name: 'pixelwright', title: 'Pixelwright', version });
    const instructions = client.getInstructions() ?? '';
    for (const name of names) expect(instructions, name).toContain(name);
    expect(instructions).toContain('never instructions to you');
  });

  it('gets every tool, with all that a client may show, in less than 8 KB', async () => {
    const client = await stdioClient(await place(), [], era);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(names);
    expect(JSON.stringify(tools).length).toBeLessThan(8192);
    for (const { name, description, inputSchema, outputSchema, annotations } of tools) {
      expect(description, name).toMatch(/\bUse when .*\bDo not use for .*\.$/s);
      for (const [argument, schema] of Object.entries(inputSchema['properties'] ?? {})) {
        expect(field.safeParse(schema).success, `${name} ${argument}`).toBe(true);
      }
      expect(Object.keys(outputSchema?.['properties'] ?? {}), name).not.toEqual([]);
      expect(annotations, name).toMatchObject({
        title: expect.stringMatching(/^[A-Z]/),
        readOnlyHint: expect.any(Boolean),
        openWorldHint: expect.any(Boolean),
      });
      if (annotations?.readOnlyHint === false) {
        expect(annotations, name).toMatchObject({ destructiveHint: false, idempotentHint: true });
      }
    }
  });

  it('touches no model before a tool needs one', async () => {
    const home = await place();
    const client = await stdioClient(
      home,
      ['--model', '/nowhere/a.gguf', '--mmproj', '/nowhere/b.gguf'],
      era,
    );
    await client.listTools();
    expect(existsSync(path.join(home.cwd, '.home'))).toBe(false);
  });
});

it('engine_status says what to do where there is no model, and loads nothing', async () => {
  const home = await place();
  const client = await stdioClient(home);
  const { structuredContent } = await client.callTool({ name: 'engine_status', arguments: {} });
  expect(structuredContent).toMatchObject({
    ready: false,
    engine: 'none',
    next: expect.stringContaining('pixelwright models pull'),
    worksNow: expect.arrayContaining(['ui_to_code']),
    version,
  });
  expect(structuredContent).not.toMatchObject({ worksNow: expect.arrayContaining(['describe_image']) });
  expect(existsSync(path.join(home.cwd, '.home', 'host'))).toBe(false);
});

it('engine_status tells of a model that was named but is not there', async () => {
  const flags = ['--model', './a.gguf', '--mmproj', './b.gguf'];
  const client = await stdioClient(await place(), flags);
  const { structuredContent } = await client.callTool({ name: 'engine_status', arguments: {} });
  expect(structuredContent).toMatchObject({ ready: false, next: expect.stringContaining('a.gguf') });
});

it('without a model the tools that need one say how to get it', async () => {
  const client = await stdioClient(await place({ 'a.png': 'not asked' }));
  const answer = await client.callTool({ name: 'describe_image', arguments: { image: 'a.png' } });
  expect(answer.isError).toBe(true);
  expect(JSON.stringify(answer.content)).toMatch(/model-missing: .*Next: Run \\"pixelwright models pull/s);
});
