/** Reads the picture that a panel sent. */
import type { RunContext } from '../../context.ts';
import { encodePng } from '../../image/index.ts';
import { type LoadedPicture, type LoadOptions, loadPicture } from '../load-picture.ts';

/** What every browser shows as it is. */
const shownByBrowsers: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp', 'gif', 'avif', 'svg', 'bmp']);

export interface PanelPicture {
  readonly loaded: LoadedPicture;
  /** Data URI of what was converted, where the page cannot show that by itself. */
  readonly shown?: string;
}

/** @throws PixelwrightError as `loadPicture`. */
export async function loadForPanel(
  { name, base64 }: { readonly name: string; readonly base64: string },
  context: RunContext,
  options: LoadOptions,
): Promise<PanelPicture> {
  const source = { kind: 'bytes', bytes: Buffer.from(base64, 'base64'), name } as const;
  const loaded = await loadPicture(source, context, options);
  if (!loaded.straightened && shownByBrowsers.has(loaded.format)) return { loaded };
  const png = Buffer.from(await encodePng(loaded.raster)).toString('base64');
  return { loaded, shown: `data:image/png;base64,${png}` };
}
