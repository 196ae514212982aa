/** The manifest's commands and menus: complete, and offered where they can work. */
import { describe, expect, it } from 'vitest';
import { isPictureName, pictureExtensions } from '../../extension/picture-names.ts';
import manifest from '../../package.json' with { type: 'json' };

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

describe('names of pictures', () => {
  it('are told by their ending, whatever its case', () => {
    for (const name of ['a.png', '/b/C.JPEG', 'C:\\d\\e.f.Svg']) expect(isPictureName(name)).toBe(true);
    for (const name of ['png', 'a.png/b', 'a.html', '.gitignore']) expect(isPictureName(name)).toBe(false);
  });
});
