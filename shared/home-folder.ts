/** The one folder for what is kept between runs and shared by all hosts: models, and what goes with them. */
import path from 'node:path';
import envPaths from 'env-paths';

export type Environment = Readonly<Record<string, string | undefined>>;

/** `PIXELWRIGHT_HOME`, else this user's cache folder on this platform; absolute, and perhaps not there yet. */
export function homeFolder(environment: Environment): string {
  return path.resolve(environment['PIXELWRIGHT_HOME'] || envPaths('pixelwright', { suffix: '' }).cache);
}
