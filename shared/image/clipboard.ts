/**
 * Reads a picture from the system's clipboard.
 *
 * `@mariozechner/clipboard` is the one library with prebuilt binaries for macOS, Windows and Linux (glibc and musl,
 * X11 and XWayland) that hands out the picture with its size; `clipboard-image` knows macOS alone, and
 * `@napi-rs/clipboard` gives pixels without width and height.
 */
import { PixelwrightError } from '../errors.ts';

/** What is used of the clipboard library. */
interface ClipboardModule {
  hasImage(): boolean;
  /** A PNG file. */
  getImageBase64(): Promise<string>;
}

/** @throws PixelwrightError `input-unsupported` without a clipboard, `input-not-found` without a picture on it. */
export async function readClipboard(): Promise<{ name: string; bytes: Uint8Array }> {
  let clipboard: ClipboardModule;
  let hasImage: boolean;
  try {
    // Loaded late: its binary is optional, and most runs never paste.
    clipboard = await import('@mariozechner/clipboard');
    hasImage = clipboard.hasImage();
  } catch (cause) {
    throw new PixelwrightError('input-unsupported', 'Expected a clipboard, but this session has none.', {
      next: 'Save the picture to a file and give its path; over SSH or in a container there is no clipboard.',
      cause,
    });
  }
  if (!hasImage) throw noPicture();
  const bytes = Buffer.from(await clipboard.getImageBase64(), 'base64');
  if (bytes.length === 0) throw noPicture();
  return { name: 'clipboard', bytes };
}

function noPicture(): PixelwrightError {
  return new PixelwrightError('input-not-found', 'Expected a picture on the clipboard, but there is none.', {
    next: 'Copy a picture (not a file or a link) and try again.',
  });
}
