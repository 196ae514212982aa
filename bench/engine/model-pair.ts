/** The model that both sides load: one's own files, random weights in the real shape, or the tests' tiny pair. */
import { benchModel, tinyModel } from '../../test/models/index.ts';

export interface BenchModel {
  /** For the table's note. */
  readonly name: string;
  readonly model: string;
  readonly projector: string;
}

export interface BenchModelOptions {
  readonly quick: boolean;
  readonly model: string | undefined;
  readonly projector: string | undefined;
}

/** @throws Error if one file of one's own is given without the other. */
export async function benchModelPair({ quick, model, projector }: BenchModelOptions): Promise<BenchModel> {
  if ((model === undefined) !== (projector === undefined)) {
    throw new Error('Expected --model and --mmproj together: each belongs to the other.');
  }
  if (model !== undefined && projector !== undefined) return { name: model, model, projector };
  const pair = quick
    ? await tinyModel()
    : await benchModel({ report: (sentence) => process.stderr.write(`${sentence}\n`) });
  const name = quick
    ? 'The tests’ tiny model (says nothing of speed)'
    : 'Random weights in the shape of Qwen3-VL-2B (Q4_K_M, projector Q8_0)';
  return { name, model: pair.model, projector: pair.mmproj };
}
