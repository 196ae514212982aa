/** `pixelwright models path`: where the model lies that would be used. */
import { findModel, PixelwrightError } from '../../shared/index.ts';
import { exitCodes } from '../exit.ts';
import { type Flags, loadSettings, printJson, printResult, type Session } from '../session.ts';

/** @throws PixelwrightError `model-missing` where nothing is installed. */
export async function modelPath(session: Session, name: string | undefined, flags: Flags): Promise<number> {
  const settings = await loadSettings(session, flags);
  const wanted = { ...settings, ...(name === undefined ? {} : { model: name }) };
  const found = await findModel(wanted, { environment: session.environment });
  if (found === undefined) {
    throw new PixelwrightError('model-missing', 'No model is installed.', {
      next: 'Download one with "pixelwright models pull", or name your own with --model FILE --mmproj FILE.',
    });
  }
  if (flags['json'] === true) printJson(found);
  else {
    printResult(found.model);
    printResult(found.mmproj);
  }
  return exitCodes.done;
}
