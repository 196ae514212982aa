/** The manifest's commands and menus: complete, and offered where they can work. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isPictureName, pictureExtensions } from '../../extension/picture-names.ts';
import manifest from '../../package.json' with { type: 'json' };
import texts from '../../package.nls.json' with { type: 'json' };

const { commands, menus, submenus } = manifest.contributes;
const names = commands.map(({ command }) => command);

describe('menus', () => {
  it('name commands and submenus that there are', () => {
    const entries = Object.values(menus).flat();
    const used = entries.flatMap((entry) => ('command' in entry ? [entry.command] : []));
    expect(used.filter((name) => !names.includes(name))).toEqual([]);
    const known = submenus.map(({ id }) => id);
    const opened = entries.flatMap((entry) => ('submenu' in entry ? [entry.submenu] : []));
    expect(opened.filter((id) => id !== undefined && !known.includes(id))).toEqual([]);
  });

  it('of files are for pictures, and for all that are read', () => {
    const clauses = [...menus['explorer/context'], ...menus['editor/title/context']].map(({ when }) => when);
    expect(clauses.length).toBeGreaterThan(0);
    for (const when of clauses) {
      const [, source = '$^'] = /^resourceExtname =~ \/(.*)\/i$/.exec(when) ?? [];
      const shown = new RegExp(source, 'i');
      expect(pictureExtensions.filter((extension) => !shown.test(`.${extension}`))).toEqual([]);
      for (const other of ['.ico', '.pdf', '.html', '.pngx', '']) expect(other).not.toMatch(shown);
    }
  });
});

describe('scenarios in a real VS Code', () => {
  const folder = new URL('../vscode/scenarios/', import.meta.url);
  const scenarios = readdirSync(folder)
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');

  it.each([
    ...commands.map(({ title }) => title),
    ...submenus.map(({ label }) => label),
    ...manifest.contributes.walkthroughs.flatMap(({ title, steps }) => [
      title,
      ...steps.map((step) => step.title),
    ]),
  ])('drive %s', (placeholder) => {
    const [, text] = Object.entries(texts).find(([key]) => `%${key}%` === placeholder) ?? [];
    expect(text).toBeDefined();
    // Some targets are chosen in a list, by their names alone.
    const names = [text ?? '', (text ?? '').replace('Convert Mockup to ', '')];
    expect(names.some((name) => scenarios.includes(`'${name}'`) || scenarios.includes(`: ${name}'`))).toBe(
      true,
    );
  });
});

describe('names of pictures', () => {
  it('are told by their ending, whatever its case', () => {
    for (const name of ['a.png', '/b/C.JPEG', 'C:\\d\\e.f.Svg']) expect(isPictureName(name)).toBe(true);
    for (const name of ['png', 'a.png/b', 'a.html', '.gitignore']) expect(isPictureName(name)).toBe(false);
  });
});
