/** Layers of style as Tailwind's variants; widths at which they begin get names where Tailwind has none. */
import { breakpointsOf } from '../html/breakpoints.ts';
import type { LayerName } from '../html/element.ts';
import { rootSize } from './scale.ts';

export interface Variants {
  /** What stands before a class, colon included; empty for the base. */
  readonly prefix: Readonly<Record<LayerName, string>>;
  /** Variables of the theme, by name. */
  readonly variables: ReadonlyMap<string, string>;
}

/**
 * @param scale Tailwind's breakpoints: `xl` → `80rem`.
 * @param width of the pictured page, CSS pixels.
 */
export function createVariants(scale: ReadonlyMap<string, string>, width: number): Variants {
  const { wideFrom, relaxedTo, collapsedTo, phoneTo } = breakpointsOf(width);
  const names = new Map<number, string>();
  const variables = new Map<string, string>();
  for (const [name, size] of scale) names.set(rootSize * Number.parseFloat(size), name);
  const at = (pixels: number, wanted: string): string => {
    const known = names.get(pixels);
    if (known !== undefined) return known;
    names.set(pixels, wanted);
    variables.set(`--breakpoint-${wanted}`, `${pixels / rootSize}rem`);
    return wanted;
  };
  // The greatest width that a layer applies to is the one below which Tailwind's variant ends.
  const desktop = at(wideFrom, 'desktop');
  return {
    variables,
    prefix: {
      base: '',
      placeholder: 'placeholder:',
      hover: 'hover:',
      focus: 'focus-visible:',
      wide: `${desktop}:`,
      relaxed: `max-${at(relaxedTo + 1, 'desktop')}:`,
      collapsed: `max-${at(collapsedTo + 1, 'tablet')}:`,
      phone: `max-${at(phoneTo + 1, 'phone')}:`,
    },
  };
}
