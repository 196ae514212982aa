/** Finds and reads the user's settings file. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import envPaths from 'env-paths';
import type { PartialSettings } from './config.ts';
import { PixelwrightError } from './errors.ts';
import { settingsFromJson } from './setting-sources.ts';

/** `settings.json` in the platform's configuration folder of this user. */
export const userSettingsPath = (): string =>
  path.join(envPaths('pixelwright', { suffix: '' }).config, 'settings.json');

/**
 * Reads the file named by `PIXELWRIGHT_CONFIG`, else the user's own if there is one.
 *
 * A file in the working folder is never read: a cloned repository could point `baseUrl`, and with it the
 * user's pictures, at a server of its choice.
 */
export async function readSettingsFile(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<PartialSettings> {
  const named = environment['PIXELWRIGHT_CONFIG'] || undefined;
  const file = named ?? userSettingsPath();
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (missing && named === undefined) return {};
    throw new PixelwrightError('option-invalid', `The settings file ${file} cannot be read.`, {
      next:
        named === undefined ? 'Make it readable, or delete it.' : 'Correct PIXELWRIGHT_CONFIG, or unset it.',
      cause,
    });
  }
  return settingsFromJson(text, file);
}
