/** Worker entry: composes one measured page, so that layout and formatting hold nobody's thread. */
import { parentPort } from 'node:worker_threads';
import { composeMeasured, type MeasuredOptions, type MeasuredPage } from '../compose/measured/index.ts';
import type { PageFacts } from '../facts/page-facts.ts';

export interface ComposeRequest {
  readonly facts: PageFacts;
  readonly options: MeasuredOptions;
}

/** What a host needs of a page; its tree is large and stays behind. */
export type ComposedPage = Pick<MeasuredPage, 'html' | 'css' | 'assets' | 'warnings'>;

// An error that leaves this handler ends the worker, and its `error` event carries it to the caller.
parentPort?.once('message', async ({ facts, options }: ComposeRequest) => {
  const { html, css, assets, warnings } = await composeMeasured(facts, options);
  parentPort?.postMessage({ html, css, assets, warnings } satisfies ComposedPage);
});
