/** The panels of `pixelwright serve`, which share one engine. */
import { type Engine, type Log, openEngine, openPanelSession, type Settings } from '../../shared/index.ts';
import { mountPanel, type PanelMount } from './mount.ts';

export interface Panels {
  readonly mount: PanelMount;
  /** After the mount was closed. */
  close(): Promise<void>;
}

/** @param onUsed a browser has used the address that lets it in. */
export function openPanels(settings: Settings, log: Log, onUsed: () => void): Panels {
  let opened: Promise<Engine | undefined> | undefined;
  /** A model may be installed while this runs: what was not found is looked for again. */
  const engine = async (): Promise<Engine | undefined> => {
    opened ??= openEngine(settings, log);
    try {
      const found = await opened;
      if (found === undefined) opened = undefined;
      return found;
    } catch (error) {
      opened = undefined;
      throw error;
    }
  };
  const mount = mountPanel(
    (send) =>
      openPanelSession({
        log,
        send,
        settings: async () => settings,
        engine,
        saves: ['zip', 'single'],
      }),
    onUsed,
  );
  return {
    mount,
    close: async () => {
      const one = await opened?.catch(() => undefined);
      await one?.close();
    },
  };
}
