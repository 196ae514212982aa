/** The way between page and host, whatever the host is. */
import type { MessageToHost } from '../shared/panel-protocol.ts';
import { type Kept, keptOf } from './kept.ts';
import { webChannel } from './web-channel.ts';

export interface Channel {
  post(message: MessageToHost): void;
  /** Remembers for a page that is loaded anew in this place. */
  keep(value: Kept): void;
  kept(): Kept | undefined;
}

export interface ChannelEnds {
  /** What came, not yet validated. */
  onMessage(message: unknown): void;
  /** Nothing will come any more. */
  onLost(reason: 'lost' | 'noKey'): void;
}

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** Put into webviews by the editor. */
declare const acquireVsCodeApi: (() => EditorApi) | undefined;

export function openChannel(ends: ChannelEnds): Channel {
  if (typeof acquireVsCodeApi === 'undefined') return webChannel(ends);
  const editor = acquireVsCodeApi();
  // The editor's frame around the page has the page's origin; a preview, which is in a sandbox, has none.
  window.addEventListener('message', ({ data, origin }) => {
    if (origin === window.origin) ends.onMessage(data);
  });
  return {
    post: (message) => editor.postMessage(message),
    keep: (value) => editor.setState(value),
    kept: () => keptOf(editor.getState()),
  };
}
