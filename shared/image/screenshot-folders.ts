/** Where each platform keeps the screenshots that its user takes. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/** What decides where screenshots lie. */
export interface ScreenshotPlace {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A preference of macOS, by domain and key; asked of the system unless told. */
  readonly preference?: (domain: string, key: string) => Promise<string | undefined>;
}

export interface ScreenshotFolder {
  readonly path: string;
  /** Holds other pictures too, so that only names count that look like a screenshot's. */
  readonly mixed: boolean;
}

/** What desktops call the folder below the pictures, by language. */
const folderNames = ['Screenshots', 'Bildschirmfotos', 'Capturas de pantalla', "Captures d'écran", '截图'];

/** Folders to look into, without those that are named twice; they need not exist. */
export async function screenshotFolders(place: ScreenshotPlace): Promise<ScreenshotFolder[]> {
  const folders = await foldersOf(place);
  return folders.filter(({ path }, index) => folders.findIndex((other) => other.path === path) === index);
}

async function foldersOf(place: ScreenshotPlace): Promise<ScreenshotFolder[]> {
  if (place.platform === 'win32') return windowsFolders(place);
  return place.platform === 'darwin' ? await macFolders(place) : await linuxFolders(place);
}

function windowsFolders({ environment, home }: ScreenshotPlace): ScreenshotFolder[] {
  const { OneDrive, OneDriveConsumer, OneDriveCommercial } = environment;
  const bases = [home, OneDrive, OneDriveConsumer, OneDriveCommercial, path.win32.join(home, 'OneDrive')];
  return bases
    .filter((base) => base !== undefined && base !== '')
    .map((base) => ({ path: path.win32.join(base ?? home, 'Pictures', 'Screenshots'), mixed: false }));
}

async function macFolders({
  home,
  preference = macPreference,
}: ScreenshotPlace): Promise<ScreenshotFolder[]> {
  const told = await preference('com.apple.screencapture', 'location');
  const desktop = { path: path.posix.join(home, 'Desktop'), mixed: true };
  if (told === undefined || told === '') return [desktop];
  // Somebody may have named a folder that is full of other things.
  return [{ path: told.replace(/^~(?=\/|$)/, home), mixed: true }, desktop];
}

/** @returns undefined where it is not set, as most are not. */
async function macPreference(domain: string, key: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('/usr/bin/defaults', ['read', domain, key], {
      timeout: 2000,
    });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

async function linuxFolders({ home, environment }: ScreenshotPlace): Promise<ScreenshotFolder[]> {
  const configured = environment['XDG_CONFIG_HOME'] || path.posix.join(home, '.config');
  // Absent on a machine without a desktop.
  const text = await readFile(path.posix.join(configured, 'user-dirs.dirs'), 'utf8').catch(() => '');
  const pictures =
    environment['XDG_PICTURES_DIR'] ||
    userDirectory(text, 'XDG_PICTURES_DIR', home) ||
    path.posix.join(home, 'Pictures');
  const own = environment['XDG_SCREENSHOTS_DIR'] || userDirectory(text, 'XDG_SCREENSHOTS_DIR', home);
  return [
    ...(own === undefined ? [] : [{ path: own, mixed: false }]),
    ...folderNames.map((name) => ({ path: path.posix.join(pictures, name), mixed: false })),
    { path: pictures, mixed: true },
  ];
}

/** One line of `user-dirs.dirs`: `XDG_PICTURES_DIR="$HOME/Pictures"`. */
function userDirectory(text: string, name: string, home: string): string | undefined {
  const value = new RegExp(`^\\s*${name}="([^"\\n]+)"`, 'm').exec(text)?.[1];
  return value?.replace(/^\$HOME(?=\/|$)/, home);
}
