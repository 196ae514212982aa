/** Declarations come out as the classes that people write, in the order of Tailwind's Prettier plugin. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Declarations } from '../../../shared/compose/html/element.ts';
import { createColors } from '../../../shared/compose/tailwind/colors.ts';
import { loadTailwind, type Tailwind } from '../../../shared/compose/tailwind/design-system.ts';
import { longhands } from '../../../shared/compose/tailwind/longhands.ts';
import { createThemeNames } from '../../../shared/compose/tailwind/theme-names.ts';
import { utilities } from '../../../shared/compose/tailwind/utilities.ts';
import { createVariants } from '../../../shared/compose/tailwind/variants.ts';

let tailwind: Tailwind;

beforeAll(async () => {
  tailwind = await loadTailwind('@import "tailwindcss"; @theme { --color-accent: #0a58ca; }');
});

function classesOf(declarations: Declarations, bare = true): string {
  const palette = [{ color: [10, 88, 202] as const, share: 0.1, role: 'accent' as const }];
  const colors = createColors(
    tailwind.namespace('--color'),
    palette.map(({ color, ...rest }) => ({ ...rest, color: [...color] })),
    Object.values(declarations).map(String),
  );
  const context = { tailwind, colors, theme: createThemeNames() };
  return tailwind.sorted(utilities(longhands(declarations), bare, context)).join(' ');
}

describe('utilities', () => {
  it.each<[Declarations, string]>([
    [{ padding: '16px' }, 'p-4'],
    [{ padding: '9px 13.3px' }, 'px-3.25 py-2.25'],
    [{ padding: '8px 12px 9.9px', margin: '0' }, 'px-3 pt-2 pb-2.5'],
    [{ 'margin-inline': 'auto', 'margin-top': '-2px' }, 'mx-auto -mt-0.5'],
    [{ display: 'flex', 'flex-direction': 'column', gap: '12px' }, 'flex flex-col gap-3'],
    [
      { display: 'grid', 'grid-template-columns': 'repeat(3, minmax(0, 1fr))', gap: '8px 16px' },
      'grid grid-cols-3 gap-x-4 gap-y-2',
    ],
    [{ border: '1px solid #0a58ca', 'border-radius': '10.5px' }, 'rounded-xl border border-accent'],
    [
      { 'border-bottom': '2px solid #ffffff', 'border-radius': '999px' },
      'rounded-full border-b-2 border-white',
    ],
    [{ 'border-radius': '8px 8px 0px 0px' }, 'rounded-t-lg'],
    [{ 'border-radius': '20px' }, 'rounded-[20px]'],
    [{ width: '28px', height: '28px', 'flex-shrink': '0' }, 'size-7 shrink-0'],
    [{ flex: '1 1 0', 'min-width': 0 }, 'min-w-0 flex-1'],
    [{ width: '50%', 'max-width': '576px' }, 'w-1/2 max-w-xl'],
    [{ width: '51.7%' }, 'w-[51.7%]'],
    [
      { padding: '14px 0', 'padding-inline': 'max(24px, (100% - 1120px) / 2)' },
      'px-[max(24px,(100%_-_1120px)/2)] py-3.5',
    ],
    [{ background: 'linear-gradient(90deg, #0a58ca, #ffffff)' }, 'bg-linear-to-r/srgb from-accent to-white'],
    [{ 'box-shadow': '0 1px 2px rgb(0 0 0 / 5%)' }, 'shadow-xs'],
    [
      { color: '#101828', background: '#fff', 'text-decoration': 'underline' },
      'bg-white text-gray-900 underline',
    ],
    [{ outline: '2px solid #0a58ca', 'outline-offset': '2px' }, 'outline-2 outline-offset-2 outline-accent'],
    [{ 'scroll-snap-stop': 'always', 'text-emphasis': 'dot #000' }, 'snap-always [text-emphasis:dot_#000]'],
  ])('%j', (declarations, classes) => {
    expect(classesOf(declarations)).toBe(classes);
    expect([...tailwind.known(classes.split(' '))].join(' ')).toBe(classes);
  });

  it('says zero only where it overrides something', () => {
    expect(classesOf({ padding: '0', 'margin-left': '0' })).toBe('');
    expect(classesOf({ padding: '0', 'margin-left': '0' }, false)).toBe('ml-0 p-0');
  });
});

describe('variants', () => {
  it('use the names of Tailwind where the page has its widths, and own ones elsewhere', () => {
    const wide = createVariants(tailwind.namespace('--breakpoint'), 1280);
    expect(wide.prefix).toMatchObject({
      wide: 'xl:',
      relaxed: 'max-xl:',
      collapsed: 'max-tablet:',
      phone: 'max-phone:',
    });
    expect([...wide.variables]).toEqual([
      ['--breakpoint-tablet', '56.3125rem'],
      ['--breakpoint-phone', '35.0625rem'],
    ]);
  });
});
