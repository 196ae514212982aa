/** The tests' browser: found as the product finds it, launched once for a file of tests. */
import { type Browser, chromium } from 'playwright-core';
import { launchArguments } from '../../shared/score/browser.ts';
import { findBrowser } from '../../shared/score/find-browser.ts';

export async function launchForTests(): Promise<Browser> {
  const { path } = await findBrowser();
  return chromium.launch({ executablePath: path, args: [...launchArguments] });
}
