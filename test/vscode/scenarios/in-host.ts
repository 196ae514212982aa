/** What only the extension host knows. */
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Given } from '../harness/given.ts';
import { runInHost } from '../harness/in-host.ts';
import { root } from '../harness/install.ts';

export function inHostScenarios(given: Given): void {
  it('activation loads nothing native, and everything contributed is there', async () => {
    const entry = path.join(root, 'test/vscode/in-host/activation.ts');
    expect(await runInHost(given.session, entry)).toContain('all is well');
  });
}
