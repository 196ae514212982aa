/** `pixelwright edit` against a scripted model server: what is kept, and what leaves the files alone. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { contents, folder, run } from '../cli/command.ts';
import { delta, event, finish, serveChat, stream } from '../engine/scripted-server.ts';

const html = `<!doctype html>
<html lang="en">
  <head>
    <title>T</title>
    <link rel="stylesheet" href="a.css" />
  </head>
  <body>
    <p class="card">Several words that can be read</p>
  </body>
</html>
`;
const css = '.card {\n  border-radius: 4px;\n}\n';

async function edited(changes: unknown, extra: readonly string[] = []) {
  const server = await serveChat(stream([delta(JSON.stringify(changes)), finish(), event('[DONE]')]));
  const cwd = await folder({ 'a.html': Buffer.from(html), 'a.css': Buffer.from(css) });
  const result = await run(['edit', 'a.html', 'make it round', '--base-url', server.url, ...extra], { cwd });
  const read = async (name: string) => await readFile(path.join(cwd, name), 'utf8');
  return {
    ...result,
    server,
    files: await contents(cwd),
    html: await read('a.html'),
    css: await read('a.css'),
  };
}

describe('edit', () => {
  it('changes the style sheet of a page in place, and says what', async () => {
    const result = await edited([{ file: 'a.css', search: '4px', replace: '16px' }]);
    expect(result.code, result.stderr).toBe(0);
    expect(result.stdout).toBe('a.css\n');
    expect(result.stderr).toContain('a.css: "4px" became "16px"');
    expect(result).toMatchObject({ html, css: css.replace('4px', '16px'), files: ['a.css', 'a.html'] });
  });

  it('shows the model the files and the wish, held to their names', async () => {
    const { server } = await edited([{ file: 'a.css', search: '4px', replace: '16px' }]);
    const body = JSON.stringify(server.chats()[0]?.body);
    for (const words of ['make it round', 'border-radius: 4px', 'Several words', '"enum":["a.html","a.css"]'])
      expect(body).toContain(words);
  });

  it.each([
    [
      'markup that does not close',
      [{ file: 'a.html', search: '<p class', replace: '<b><p class' }],
      /a\.html would be broken/,
    ],
    [
      'a page without its words',
      [{ file: 'a.css', search: 'border-radius: 4px', replace: 'display: none' }],
      /letters can still be seen/,
    ],
    [
      'text that is not there',
      [{ file: 'a.css', search: '99px', replace: '1px' }],
      /no change fits the code/,
    ],
    ['no list', 'I cannot.', /it gave none/],
  ])('%s leaves all as it was', async (_, changes, message) => {
    const result = await edited(changes);
    expect(result).toMatchObject({ code: 1, stdout: '', html, css, files: ['a.css', 'a.html'] });
    expect(result.stderr).toMatch(message);
  });

  it('refuses a picture', async () => {
    const cwd = await folder({ 'a.png': Buffer.from('x') });
    const { code, stderr } = await run(['edit', 'a.png', 'x', '--base-url', 'http://127.0.0.1:9'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('Expected a page or a component; got "a.png".');
  });
});
