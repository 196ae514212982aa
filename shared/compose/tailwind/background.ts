/** Backgrounds as classes: a colour, a gradient of two or three colours, or a picture that the theme names. */
import type { Colors } from './colors.ts';
import type { Longhands } from './longhands.ts';
import { arbitrary } from './scale.ts';
import type { ThemeNames } from './theme-names.ts';

const directions: Readonly<Record<number, string>> = {
  0: 'to-t',
  45: 'to-tr',
  90: 'to-r',
  135: 'to-br',
  180: 'to-b',
  225: 'to-bl',
  270: 'to-l',
  315: 'to-tl',
};

/** `linear-gradient(90deg, #fff, #eee 40%, #000)`: at most one stop between the ends can be told in classes. */
function gradientClasses(value: string, colors: Colors): string[] | undefined {
  const [, degrees, list] = /^linear-gradient\((-?\d+)deg,\s*(.*)\)$/.exec(value) ?? [];
  const stops = list?.split(/,\s*(?![^(]*\))/) ?? [];
  if (degrees === undefined || stops.length < 2 || stops.length > 3) return undefined;
  const angle = ((Number(degrees) % 360) + 360) % 360;
  const roots = stops.length === 2 ? ['from', 'to'] : ['from', 'via', 'to'];
  const classes = stops.flatMap((stop, index) => {
    const [, color = '', at] = /^(.*?)(?:\s+(\d+)%)?$/.exec(stop.trim()) ?? [];
    const name = colors.name(color);
    const usual = { from: '0', via: '50', to: '100' }[roots[index] ?? ''];
    if (name === undefined) return [undefined];
    return [
      `${roots[index]}-${name}`,
      ...(at === undefined || at === usual ? [] : [`${roots[index]}-${at}%`]),
    ];
  });
  if (classes.some((name) => name === undefined)) return undefined;
  return [
    // Interpolated as CSS does without being told; Tailwind's own default is another space.
    `bg-linear-${directions[angle] ?? angle}/srgb`,
    ...classes.filter((name) => name !== undefined),
  ];
}

/** @param bare nothing is overridden, so that "none" needs no class. */
export function backgroundClasses(
  found: Longhands,
  colors: Colors,
  theme: ThemeNames,
  fixed: ReadonlyMap<string, string>,
  bare: boolean,
): string[] {
  const color = found.get('background-color');
  const image = found.get('background-image');
  const result: string[] = [];
  const name = color === undefined ? undefined : (colors.name(color) ?? arbitrary(color));
  const clear = name === 'transparent' && (bare || (image !== undefined && image !== 'none'));
  // A shade of what is there, for a pointer above it; nothing lies over it that had to go.
  const mixed = color?.startsWith('color-mix(') === true;
  if (mixed) result.push(`bg-${arbitrary(color ?? '')}`);
  else if (name !== undefined && !clear) result.push(`bg-${name}`);
  if (image?.startsWith('url(')) result.push(`bg-${theme.name('background-image', 'picture', image)}`);
  else if (image !== undefined && image !== 'none')
    result.push(...(gradientClasses(image, colors) ?? [`bg-${arbitrary(image)}`]));
  else if (image === 'none' && !bare && !mixed) result.push('bg-none');
  for (const part of ['position', 'size', 'repeat'] as const) {
    const value = found.get(`background-${part}`);
    if (value === undefined) continue;
    result.push(fixed.get(`background-${part}: ${value}`) ?? `bg-${part}-${arbitrary(value)}`);
  }
  return result;
}
