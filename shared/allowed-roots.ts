/** Whether a path lies inside one of the folders that a caller may use. */
import { realpath } from 'node:fs/promises';
import path from 'node:path';

/** @param real a path whose links have been followed; those of the roots are followed here. */
export async function liesInside(real: string, roots: readonly string[]): Promise<boolean> {
  for (const root of roots) {
    const realRoot = await realpath(root).catch(() => undefined);
    if (realRoot === undefined) continue;
    const inside = path.relative(realRoot, real);
    if (inside === '') return true;
    if (inside !== '..' && !/^\.\.[/\\]/.test(inside) && !path.isAbsolute(inside)) return true;
  }
  return false;
}
