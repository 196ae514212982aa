/** Tailwind's own compiler and what its theme holds: the scales are read from there, not copied. */
import { readFile } from 'node:fs/promises';
import { compile, __unstable__loadDesignSystem as loadDesignSystem } from 'tailwindcss';
import { builtFile } from '../../built-file.ts';

/** What a page's classes are made with. */
export interface Tailwind {
  /** All variables of the theme that begin so, without that beginning: `--color` gives `red-500` and so on. */
  namespace(start: `--${string}`): ReadonlyMap<string, string>;
  /** Class by the one declaration that it stands for: `display: flex` → `flex`. */
  readonly fixed: ReadonlyMap<string, string>;
  /** Those that Tailwind knows. */
  known(classes: readonly string[]): ReadonlySet<string>;
  /** In the order of Tailwind's Prettier plugin: what is unknown first, then as in the style sheet. */
  sorted(classes: readonly string[]): string[];
  /** The style sheet that the classes need. */
  compile(classes: readonly string[]): Promise<string>;
}

const imports = {
  base: '',
  loadStylesheet: async (id: string, base: string) => ({
    path: id,
    base,
    content: await readFile(builtFile('tailwind.css'), 'utf8'),
  }),
};

/**
 * Reads a style sheet that imports `tailwindcss`.
 *
 * The compiler's design system is marked as unstable by its authors and pinned by our lock file; their Prettier
 * plugin sorts by the same function.
 */
export async function loadTailwind(sheet: string): Promise<Tailwind> {
  const system = await loadDesignSystem(sheet, imports);
  const known = (classes: readonly string[]): Set<string> => {
    const css = system.candidatesToCss([...classes]);
    return new Set(classes.filter((_, index) => css[index] !== null));
  };
  const namespaces = new Map<string, ReadonlyMap<string, string>>();
  return {
    namespace: (start) => {
      const found = namespaces.get(start);
      if (found !== undefined) return found;
      const all = [...system.theme.namespace(start)];
      const named = new Map(all.flatMap(([name, value]) => (name === null ? [] : [[name, value] as const])));
      namespaces.set(start, named);
      return named;
    },
    fixed: fixedClasses(system),
    known,
    sorted: (classes) =>
      system
        .getClassOrder([...new Set(classes)])
        .sort(([, a], [, b]) => (a === b ? 0 : a === null ? -1 : b === null ? 1 : a < b ? -1 : 1))
        .map(([name]) => name),
    compile: async (classes) => (await compile(sheet, imports)).build([...classes]),
  };
}

/** Classes without a value of their own, by what they declare; the first that Tailwind lists counts. */
function fixedClasses(system: Awaited<ReturnType<typeof loadDesignSystem>>): Map<string, string> {
  const names = system.utilities.keys('static');
  const found = new Map<string, string>();
  system.candidatesToAst(names).forEach((rules, index) => {
    const [rule] = rules;
    const name = names[index];
    if (name === undefined || rules.length !== 1 || rule?.kind !== 'rule' || rule.nodes.length !== 1) return;
    const [node] = rule.nodes;
    if (node?.kind !== 'declaration' || node.value === undefined) return;
    const key = `${node.property}: ${node.value}`;
    if (!found.has(key)) found.set(key, name);
  });
  return found;
}
