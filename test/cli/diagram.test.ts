/** `convert` to draw.io and Mermaid: files, what may be replaced, options. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { contents, folder, run } from './command.ts';

const flow = await sharp(
  Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="200"><rect width="480" height="200" fill="#fff"/><g fill="#fff2cc" stroke="#333" stroke-width="2"><rect x="30" y="60" width="140" height="70"/><rect x="310" y="60" width="140" height="70"/><path d="M170 95 H304"/><path d="M310 95 l-12 -6 v12 z" fill="#333"/></g></svg>',
  ),
)
  .png()
  .toBuffer();

const out = 'pixelwright-out';
const measured = ['--strategy', 'measured', '--subject', 'diagram'];

it('writes a diagram with its preview, replaces its own and leaves others as they are', async () => {
  const cwd = await folder({ 'flow.png': flow });
  const inOut = (file: string): string => path.join(cwd, out, file);
  const made = await run(['convert', 'flow.png', '--to', 'drawio', ...measured], { cwd });
  expect({ code: made.code, stdout: made.stdout }, made.stderr).toEqual({
    code: 0,
    stdout: `${path.join(out, 'flow.drawio')}\n`,
  });
  expect(made.stderr).toContain('flow.png: measured without a model, 2 files');
  expect(await contents(path.join(cwd, out))).toEqual(['flow.drawio', 'flow.svg']);
  const again = await run(['convert', 'flow.png', '--to', 'drawio', '--layout', 'auto', ...measured], {
    cwd,
  });
  expect(again.code, again.stderr).toBe(0);
  await writeFile(inOut('flow.drawio'), '<mxfile host="app.diagrams.net"/>');
  const refused = await run(['convert', 'flow.png', '--to', 'drawio', ...measured, '--json'], { cwd });
  expect(JSON.parse(refused.stdout)).toMatchObject({
    failed: 1,
    results: [{ error: { code: 'output-not-writable' } }],
  });
  expect(await readFile(inOut('flow.drawio'), 'utf8')).toBe('<mxfile host="app.diagrams.net"/>');
}, 120_000);

it('writes Mermaid, and reports what the diagram holds', async () => {
  const cwd = await folder({ 'flow.png': flow });
  const { code, stdout, stderr } = await run(
    ['convert', 'flow.png', '--to', 'mermaid', ...measured, '--json'],
    { cwd },
  );
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    done: 1,
    results: [{ report: { madeWithoutModel: true, nodes: 2 } }],
  });
  expect(await readFile(path.join(cwd, out, 'flow.mmd'), 'utf8')).toMatch(
    /^%% generator: pixelwright "flow.svg"\nflowchart /,
  );
}, 120_000);

it('refuses a layout that does not exist', async () => {
  const cwd = await folder({ 'flow.png': flow });
  const { code, stderr } = await run(['convert', 'flow.png', '--to', 'drawio', '--layout', 'fresh'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('keep, auto');
});
