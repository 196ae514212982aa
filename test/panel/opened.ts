/** A panel's session without a page: what it tells is checked as a page would. */
import { expect, onTestFinished } from 'vitest';
import { defaultSettings, type Settings } from '../../shared/config.ts';
import type { Engine } from '../../shared/engine/engine.ts';
import { silentLog } from '../../shared/log.ts';
import { type MessageToPage, messageToPageSchema } from '../../shared/panel-protocol.ts';
import type { PanelHost } from '../../shared/run/panel/host.ts';
import { openPanelSession, type PanelSession } from '../../shared/run/panel/session.ts';
import { eventually } from './served.ts';

export interface Opened {
  readonly session: PanelSession;
  readonly told: readonly MessageToPage[];
  /** The first message of a kind, as soon as it comes. */
  next<Type extends MessageToPage['type']>(
    type: Type,
    id?: number,
  ): Promise<Extract<MessageToPage, { type: Type }>>;
}

/** Without a browser, unless the settings name one. It ends with the test. */
export function open(
  settings: Partial<Settings> = {},
  parts: Partial<PanelHost> = {},
  engine?: Engine,
): Opened {
  const told: MessageToPage[] = [];
  const session = openPanelSession({
    log: silentLog,
    // What a page would refuse must not be sent.
    send: (message) => void told.push(messageToPageSchema.parse(structuredClone(message))),
    settings: async () => ({ ...defaultSettings, browser: '/nowhere/chrome', ...settings }),
    engine: async () => engine,
    saves: ['zip', 'single'],
    ...parts,
  });
  onTestFinished(() => session.dispose());
  session.receive({ type: 'ready', nonce: 'n0nce-n0nce-n0nce' });
  return {
    session,
    told,
    next: async (type, id) => {
      const isIt = (message: MessageToPage): message is Extract<MessageToPage, { type: typeof type }> =>
        message.type === type && (id === undefined || ('id' in message && message.id === id));
      await eventually(() => told.some(isIt)).toBe(true);
      return told.find(isIt) ?? expect.fail();
    },
  };
}
