/** The widths at which a page's layers of style begin and end. */

export interface Breakpoints {
  /** Least width of the layer `wide`, CSS pixels. */
  readonly wideFrom: number;
  /** Greatest widths of the layers below it; each holds the next. */
  readonly relaxedTo: number;
  readonly collapsedTo: number;
  readonly phoneTo: number;
}

/** @param width of the pictured page, CSS pixels. */
export function breakpointsOf(width: number): Breakpoints {
  const relaxedTo = Math.floor(width) - 1;
  const collapsedTo = Math.min(Math.round(width) - 1, width > 900 ? 900 : Math.round(0.75 * width));
  return { wideFrom: Math.floor(width), relaxedTo, collapsedTo, phoneTo: Math.min(collapsedTo, 560) };
}
