/** One thing that was found in a picture. */
import type { Rect } from '../../geometry.ts';

export interface Match {
  readonly label: string;
  /** In pixels; without extent where only a point is known. */
  readonly box: Rect;
  /** 0..1; a model does not tell. */
  readonly confidence?: number;
}
