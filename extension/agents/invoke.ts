/** Carries out a tool's call; loaded with the first. */
import * as vscode from 'vscode';
import type { PictureSource } from '../../shared/index.ts';
import { PixelwrightError } from '../../shared/start.ts';
import { clipboardPicture } from '../paste/clipboard-picture.ts';
import { pictureSource } from '../pictures.ts';
import type { Services } from '../services.ts';
import { activePicture } from '../wanted-pictures.ts';
import { answerAbout, inputSchema } from './answer.ts';

/** @param input as the agent wrote it. @throws Error with a message that an agent can act on. */
export async function invokeTool(
  services: Services,
  sourceOf: (services: Services) => Promise<PictureSource>,
  input: unknown,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const asked = inputSchema.parse(input);
  const controller = new AbortController();
  const listening = token.onCancellationRequested(() => controller.abort());
  try {
    const text = await services.hold(async () => {
      const [core, settings] = await Promise.all([services.core(), services.settings()]);
      const context = core.createContext(controller.signal, { log: services.log, limits: settings });
      const engine = settings.strategy === 'measured' ? undefined : await services.engine();
      return await answerAbout(await sourceOf(services), asked, { core, settings, engine, context });
    });
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  } catch (error) {
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    // The agent reads the message alone.
    if (error instanceof PixelwrightError && error.next !== undefined)
      throw new Error(`${error.message} ${error.next}`, { cause: error });
    throw error;
  } finally {
    listening.dispose();
  }
}

export async function editorPicture(services: Services): Promise<PictureSource> {
  const uri = activePicture();
  if (uri !== undefined) return await pictureSource(uri, await services.settings());
  throw new PixelwrightError('input-not-found', 'Expected a picture in the active editor; there is none.', {
    next: 'Ask the user to open the picture, or use its path with the tools of the pixelwright MCP server.',
  });
}

export async function clipboardSource(services: Services): Promise<PictureSource> {
  return { kind: 'bytes', bytes: await clipboardPicture(services) };
}
