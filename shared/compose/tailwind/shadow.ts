/** Shadows by what is seen of them: Tailwind's where a person would see the same, else one that the theme names. */
import { parse } from 'culori';
import { words } from './longhands.ts';
import { pixelsOf } from './scale.ts';
import type { ThemeNames } from './theme-names.ts';

interface Layer {
  readonly x: number;
  readonly y: number;
  readonly blur: number;
  readonly spread: number;
  readonly alpha: number;
  /** Channels 0..1, black as a rule. */
  readonly color: readonly [number, number, number];
}

/** Largest difference of what a shadow covers, 0..1, that is not seen: three of 255 levels. */
const unseen = 0.012;

function layersOf(value: string): Layer[] | undefined {
  const layers = value.split(/,\s*(?![^(]*\))/).map((text): Layer | undefined => {
    const parts = words(text);
    if (parts.includes('inset')) return undefined;
    const [x = Number.NaN, y = Number.NaN, blur = 0, spread = 0] = parts
      .map(pixelsOf)
      .filter((part) => part !== undefined);
    const color = parts.map((part) => parse(part)).find((found) => found?.mode === 'rgb');
    if (!Number.isFinite(x + y) || color?.mode !== 'rgb') return undefined;
    return { x, y, blur, spread, alpha: color.alpha ?? 1, color: [color.r, color.g, color.b] };
  });
  return layers.every((layer) => layer !== undefined) ? layers : undefined;
}

/** Logistic approximation of the normal distribution, to 0.01. */
const below = (deviations: number): number => 1 / (1 + Math.exp(-1.702 * deviations));

/** What the layers cover at a distance outside an edge, 0..1. @param toward the edge's direction. */
function cover(layers: readonly Layer[], toward: readonly [number, number], distance: number): number {
  const clear = layers.reduce((rest, { x, y, blur, spread, alpha }) => {
    const reach = x * toward[0] + y * toward[1] + spread - distance;
    return rest * (1 - alpha * (blur === 0 ? Number(reach > 0) : below(reach / (blur / 2))));
  }, 1);
  return 1 - clear;
}

function looksLike(a: readonly Layer[], b: readonly Layer[]): boolean {
  const colors = [...a, ...b].map(({ color }) => color);
  if (
    colors.some((color) =>
      color.some((channel, index) => Math.abs(channel - (colors[0]?.[index] ?? 0)) > 0.03),
    )
  )
    return false;
  const directions = [
    [0, 1],
    [0, -1],
    [1, 0],
    [-1, 0],
  ] as const;
  return directions.every((toward) =>
    Array.from({ length: 60 }, (_, distance) => distance + 0.5).every(
      (distance) => Math.abs(cover(a, toward, distance) - cover(b, toward, distance)) <= unseen,
    ),
  );
}

/** @param scale Tailwind's shadows by name. */
export function shadowClass(value: string, scale: ReadonlyMap<string, string>, theme: ThemeNames): string {
  if (value === 'none') return 'shadow-none';
  const layers = layersOf(value);
  const usual = [...scale].find(([, text]) => {
    const other = layersOf(text);
    return layers !== undefined && other !== undefined && looksLike(layers, other);
  });
  return `shadow-${usual?.[0] ?? theme.name('shadow', 'raised', value)}`;
}
