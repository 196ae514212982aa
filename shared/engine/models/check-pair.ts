/** Checks by their headers that two files are a model and its projector, before anything is loaded. */
import { PixelwrightError } from '../../errors.ts';
import { type GgufHeader, readGgufHeader } from './gguf-header.ts';

/** What this engine runs: `general.architecture` of the model and of the projector, and the projector's type. */
const modelArchitecture = 'qwen3vl';
const projectorArchitecture = 'clip';
const projectorType = 'qwen3vl_merger';

export interface CheckedPair {
  readonly model: GgufHeader;
  readonly mmproj: GgufHeader;
}

/**
 * Reads both headers (tens of milliseconds; no weights).
 * @throws PixelwrightError `model-missing` (no file), `model-corrupt` (no whole GGUF file),
 *   `input-unsupported` (another architecture, swapped, or parts of two different models).
 */
export async function checkPair(model: string, mmproj: string): Promise<CheckedPair> {
  const [modelHeader, projectorHeader] = await Promise.all([readGgufHeader(model), readGgufHeader(mmproj)]);
  const architecture = text(modelHeader, 'general.architecture');
  const ofProjector = text(projectorHeader, 'general.architecture');
  if (architecture === projectorArchitecture && ofProjector === modelArchitecture) {
    throw unsupported(`Expected a model and then its projector, but ${model} is the projector.`, {
      next: 'Swap the two: --model names the language model, --mmproj its vision file.',
      details: { model, mmproj },
    });
  }
  if (architecture !== modelArchitecture) {
    throw unsupported(
      `Expected a model of the architecture ${modelArchitecture}; ${model} is ${architecture}.`,
      {
        next: 'Use a GGUF of Qwen3-VL; other models run on a server, see --base-url.',
        details: { model, architecture },
      },
    );
  }
  const type = text(projectorHeader, 'clip.projector_type', 'clip.vision.projector_type');
  if (ofProjector !== projectorArchitecture || type !== projectorType) {
    throw unsupported(
      `Expected a projector of the architecture ${projectorArchitecture} and the type ${projectorType}; ${mmproj} is ${ofProjector}, ${type}.`,
      {
        next: 'Use the mmproj file that is published beside the model.',
        details: { mmproj, architecture: ofProjector, type },
      },
    );
  }
  requireSameWidth(model, mmproj, modelHeader, projectorHeader);
  return { model: modelHeader, mmproj: projectorHeader };
}

/** The projector must give embeddings of the width that the model reads. */
function requireSameWidth(model: string, mmproj: string, of: GgufHeader, by: GgufHeader): void {
  const wanted = of.values.get(`${modelArchitecture}.embedding_length`);
  const given = by.values.get('clip.vision.projection_dim');
  if (wanted === given || wanted === undefined || given === undefined) return;
  throw unsupported(
    `Expected a projector for embeddings of ${wanted} numbers, as ${model} reads them; ${mmproj} gives ${given}. They belong to models of different sizes.`,
    {
      next: 'Use the mmproj file that is published beside the model.',
      details: { model, mmproj, wanted, given },
    },
  );
}

function text(header: GgufHeader, ...keys: readonly string[]): string {
  const value = keys.map((key) => header.values.get(key)).find((found) => found !== undefined);
  return value === undefined ? 'not named' : String(value);
}

function unsupported(
  message: string,
  options: { readonly next: string; readonly details: Readonly<Record<string, unknown>> },
): PixelwrightError {
  return new PixelwrightError('input-unsupported', message, options);
}
