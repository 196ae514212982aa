/** Colours as Tailwind's names: its own palette where the eye sees no difference, else the page's, else hex. */
import { converter, differenceCiede2000, formatHex, parse } from 'culori';
import type { PaletteColor, PaletteRole } from '../../facts/page-facts.ts';
import { toHex } from '../../geometry.ts';

/** ΔE2000 below which two colours look the same. */
const imperceptible = 1;

/** Levels of 255 by which a channel may differ: side by side, dark surfaces show more than their ΔE says. */
const mostLevels = (level: number): number => 1 + level / 64;

/** What the palette's roles are called in classes: `text-ink`, `border-line`. */
const roleNames: Readonly<Record<PaletteRole, string>> = {
  page: 'page',
  surface: 'surface',
  text: 'ink',
  muted: 'muted',
  accent: 'accent',
  border: 'line',
};

const keywords: Readonly<Record<string, string>> = {
  transparent: 'transparent',
  currentcolor: 'current',
  inherit: 'inherit',
};

const colorPattern = /#[0-9a-f]{3,8}\b|(?:rgb|hsl)a?\([^)]*\)/gi;

export interface Colors {
  /** What stands behind the hyphen: `accent`, `gray-900`, `black/10`, `[#123456]`; undefined for no colour. */
  name(value: string): string | undefined;
  /** Variables of the theme that the names need, by name: `--color-accent`. */
  readonly variables: ReadonlyMap<string, string>;
}

/** The space in which differences are told. */
const lab = converter('lab65');

const toRgb = converter('rgb');

/** Levels of 255. */
function channelsOf(value: string): number[] {
  const color = toRgb(value);
  return color === undefined ? [] : [color.r, color.g, color.b].map((channel) => 255 * channel);
}

const opaque = (value: string): { hex: string; alpha: number } | undefined => {
  const color = parse(value);
  if (color === undefined) return undefined;
  const hex = formatHex({ ...color, alpha: 1 });
  return { hex, alpha: color.alpha ?? 1 };
};

/**
 * @param scale Tailwind's own colours, as `gray-900` → `oklch(…)`.
 * @param values the values of all declarations of the page.
 */
export function createColors(
  scale: ReadonlyMap<string, string>,
  palette: readonly PaletteColor[],
  values: Iterable<string>,
): Colors {
  const own = [...scale].flatMap(([name, value]) => {
    const color = lab(value);
    return color === undefined ? [] : [{ name, color, channels: channelsOf(value) }];
  });
  const difference = differenceCiede2000();
  const nearest = (hex: string): string | undefined => {
    const color = lab(hex);
    if (color === undefined) return undefined;
    const channels = channelsOf(hex);
    let best: { name: string; distance: number } | undefined;
    for (const entry of own) {
      if (!entry.channels.every((level, at) => Math.abs(level - (channels[at] ?? 0)) <= mostLevels(level)))
        continue;
      const distance = difference(color, entry.color);
      if (distance <= imperceptible && (best === undefined || distance < best.distance))
        best = { name: entry.name, distance };
    }
    return best?.name;
  };
  const uses = new Map<string, number>();
  for (const value of values) {
    for (const [text] of value.matchAll(colorPattern)) {
      const hex = opaque(text)?.hex;
      if (hex !== undefined) uses.set(hex, (uses.get(hex) ?? 0) + 1);
    }
  }
  const names = new Map<string, string>();
  const variables = new Map<string, string>();
  const counts = new Map<string, number>();
  const put = (hex: string, role: string): void => {
    if (names.has(hex)) return;
    const number = (counts.get(role) ?? 0) + 1;
    counts.set(role, number);
    const name = number === 1 ? role : `${role}-${number}`;
    names.set(hex, name);
    variables.set(`--color-${name}`, hex);
  };
  for (const hex of uses.keys()) {
    const name = nearest(hex);
    if (name !== undefined) names.set(hex, name);
  }
  for (const { color, role } of palette) if (uses.has(toHex(color))) put(toHex(color), roleNames[role]);
  for (const [hex, count] of [...uses].sort((a, b) => b[1] - a[1])) if (count >= 2) put(hex, 'shade');
  return {
    variables,
    name: (value) => {
      const keyword = keywords[value.toLowerCase()];
      if (keyword !== undefined) return keyword;
      const color = opaque(value);
      if (color === undefined) return undefined;
      const name = names.get(color.hex) ?? `[${color.hex}]`;
      return color.alpha >= 1 ? name : `${name}/${Math.round(100 * color.alpha)}`;
    },
  };
}
