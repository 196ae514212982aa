/** A palette with roles from what the DOM says: fills, borders and text colours, weighed by area. */
import type { PaletteColor, PaletteRole } from '../../shared/facts/page-facts.ts';
import { area, type Rgb, toHex } from '../../shared/geometry.ts';
import type { RawPage } from './in-page/types.ts';

const saturation = (color: Rgb): number => Math.max(...color) - Math.min(...color);

function ranked(entries: readonly (readonly [Rgb, number])[]): [Rgb, number][] {
  const sums = new Map<string, [Rgb, number]>();
  for (const [color, weight] of entries) {
    const known = sums.get(toHex(color));
    sums.set(toHex(color), [color, (known?.[1] ?? 0) + weight]);
  }
  return [...sums.values()].sort((a, b) => b[1] - a[1]);
}

/** At most twelve colours; `share` is the covered area over the page's. */
export function paletteOf(page: RawPage): PaletteColor[] {
  const total = page.width * page.height;
  const fills = ranked(page.boxes.flatMap((box) => (box.fill ? [[box.fill, area(box.box)] as const] : [])));
  const texts = ranked(page.lines.map((line) => [line.color, area(line.box) * 0.25] as const));
  const edges = ranked([
    ...page.separators.map((rule) => [rule.color, area(rule.box)] as const),
    ...page.boxes.flatMap((box) => (box.border.top ? [[box.border.top.color, box.box.width] as const] : [])),
  ]);
  const accent = [...fills, ...texts].filter(([color]) => saturation(color) > 60)[0];
  const chosen = new Map<string, PaletteColor>();
  const put = (entry: readonly [Rgb, number] | undefined, role: PaletteRole): void => {
    if (entry === undefined || chosen.has(toHex(entry[0]))) return;
    chosen.set(toHex(entry[0]), { color: entry[0], share: Math.min(1, entry[1] / total), role });
  };
  put([page.background, total], 'page');
  put(accent, 'accent');
  put(
    fills.find(([color]) => saturation(color) <= 60),
    'surface',
  );
  put(texts[0], 'text');
  put(
    texts.find(([color]) => color !== texts[0]?.[0] && saturation(color) <= 60),
    'muted',
  );
  put(edges[0], 'border');
  for (const entry of fills) put(entry, 'surface');
  for (const entry of texts) put(entry, 'text');
  return [...chosen.values()].slice(0, 12);
}
