/** The source style sheet: what a project with Tailwind of its own takes over. */

/**
 * @param groups variables of the theme, a blank line between them.
 * @param below variant of the widths below the picture's.
 */
export function sourceSheet(groups: readonly ReadonlyMap<string, string>[], below: string): string {
  const blocks = groups
    .filter((group) => group.size > 0)
    .map((group) => [...group].map(([name, value]) => `  ${name}: ${value};\n`).join(''));
  const theme = blocks.length === 0 ? '' : `@theme {\n${blocks.join('\n')}}\n\n`;
  return `@import "tailwindcss";

${theme}@layer base {
  /* Below the width that was pictured everything may shrink. */
  * {
    @variant ${below} {
      min-width: 0;
    }
  }
}
`;
}

/** Names of the page's families by their stacks: `sans`, `serif`, `mono`, counted where a kind has several. */
export function familyNames(stacks: Iterable<string>): Map<string, string> {
  const kinds: Readonly<Record<string, string>> = { 'sans-serif': 'sans', serif: 'serif', monospace: 'mono' };
  const counts = new Map<string, number>();
  const names = new Map<string, string>();
  for (const stack of stacks) {
    if (names.has(stack)) continue;
    const kind = kinds[stack.split(',').at(-1)?.trim() ?? ''] ?? 'sans';
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    names.set(stack, number === 1 ? kind : `${kind}-${number}`);
  }
  return names;
}
