/** A box while it is being measured: source pixels, inclusive bounds, packed colours. */
import type { Gradient, Shadow } from '../page-facts.ts';

export interface RawSide {
  readonly width: number;
  readonly color: number;
}

export type SideName = 'top' | 'right' | 'bottom' | 'left';

export interface RawBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Colour of the inside; undefined where nothing but a frame was found. */
  fill: number | undefined;
  /** Colour around it, beyond its border. */
  outside: number;
  radius: number;
  /** Top left, top right, bottom right, bottom left; only where some are square and some are not. */
  radii?: readonly [number, number, number, number];
  border: Partial<Record<SideName, RawSide>>;
  gradient?: Gradient;
  /** Its colours are those of a photo: neither flat nor a linear gradient. */
  textured?: true;
  shadow?: Shadow;
  /** Source pixels from a strong edge of a compressed picture in which ringing is found. */
  ringing?: number;
  /** Index of the surface that is its inside, or −1 for a frame without one of its own. */
  surface: number;
  /** That surface's region, or −1. */
  region: number;
}

export const sideNames: readonly SideName[] = ['top', 'right', 'bottom', 'left'];
