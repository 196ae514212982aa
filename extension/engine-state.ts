/** Where the model runs, as the status bar tells it. Knows nothing of the editor, so that it can be tested. */
import type { FoundModel } from '../shared/index.ts';
import type { Settings } from '../shared/start.ts';

export type EngineState =
  /** Nothing has been asked of the core yet, and asking would load it. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'none' }
  | { readonly kind: 'ready'; readonly model: string }
  | { readonly kind: 'server'; readonly address: string }
  | { readonly kind: 'broken'; readonly reason: string };

/** @param found as `findModel` answers; asked only where no server is set. */
export async function engineState(
  { engine, baseUrl }: Pick<Settings, 'engine' | 'baseUrl'>,
  found: () => Promise<Pick<FoundModel, 'name'> | undefined>,
): Promise<EngineState> {
  if (baseUrl !== undefined && engine !== 'native') {
    const { host, pathname, protocol } = new URL(baseUrl);
    // Never what stands before an @: it may be a password.
    return { kind: 'server', address: `${protocol}//${host}${pathname}` };
  }
  try {
    const model = await found();
    return model === undefined ? { kind: 'none' } : { kind: 'ready', model: model.name };
  } catch (error) {
    return { kind: 'broken', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The icon of a state. @param working pieces of work that are going on. */
export function stateIcon(state: EngineState, working: number): string {
  if (working > 0) return '$(sync~spin)';
  const icons = {
    unknown: '$(wand)',
    // Not the sign of what is switched off: without a model everything but describing works.
    none: '$(wand)',
    ready: '$(sparkle)',
    server: '$(cloud)',
    broken: '$(warning)',
  };
  return icons[state.kind];
}
