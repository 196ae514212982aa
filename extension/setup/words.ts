/** What the set-up tells of models, of the machine and of a download; plain data, so that it can be tested. */
import type { GpuReport, ListedFile, TransferProgress } from '../../shared/index.ts';

/** A model and its vision file, as one choice. */
export interface ModelChoice {
  /** `qwen3-vl-2b:Q8_0`. */
  readonly name: string;
  /** Of both files. */
  readonly bytes: number;
  /** Both are here. */
  readonly isInstalled: boolean;
  /** Bytes that a former download has brought. */
  readonly partBytes: number;
  readonly recommended: boolean;
  readonly tested: boolean;
}

/** Pairs of the catalogue, the recommended first. */
export function modelChoices(files: readonly ListedFile[]): ModelChoice[] {
  const choices = files
    .filter(({ role }) => role === 'model')
    .map((model): ModelChoice => {
      const [entry] = model.name.split(':');
      const eyes = files.filter(({ role, name }) => role === 'mmproj' && name === entry);
      const eye =
        eyes.find(({ path }) => path !== undefined) ?? eyes.find((one) => one.recommended) ?? eyes[0];
      return {
        name: model.name,
        bytes: model.bytes + (eye?.bytes ?? 0),
        isInstalled: model.path !== undefined && eye?.path !== undefined,
        partBytes: (model.partBytes ?? 0) + (eye?.partBytes ?? 0),
        recommended: model.recommended,
        tested: model.tested,
      };
    });
  return choices.toSorted((one, other) => Number(other.recommended) - Number(one.recommended));
}

/** Where a model would run. */
export type Place =
  | { readonly kind: 'gpu'; readonly name: string; readonly bytes: number }
  | { readonly kind: 'processor' }
  /** The engine's libraries cannot be used here. */
  | { readonly kind: 'nowhere'; readonly reason: string };

/** The graphics processor with most memory, else the processor. */
export function placeOf({ engine, problem }: GpuReport): Place {
  if (engine === undefined) return { kind: 'nowhere', reason: problem?.message ?? '' };
  const gpus = engine.devices.filter(({ kind }) => kind === 'gpu' || kind === 'integrated-gpu');
  const [best] = gpus.toSorted((one, other) => other.totalBytes - one.totalBytes);
  return best === undefined
    ? { kind: 'processor' }
    : { kind: 'gpu', name: best.description, bytes: best.totalBytes };
}

/** What is known of a download, in the words of `formats`. */
export function transferParts(
  { receivedBytes, totalBytes, bytesPerSecond, secondsLeft }: TransferProgress,
  formats: { readonly size: (bytes: number) => string; readonly duration: (seconds: number) => string },
): { readonly received: string; readonly total: string; readonly rate?: string; readonly left?: string } {
  return {
    received: formats.size(receivedBytes),
    total: formats.size(totalBytes),
    ...(bytesPerSecond === undefined ? {} : { rate: `${formats.size(bytesPerSecond)}/s` }),
    ...(secondsLeft === undefined || secondsLeft < 1 ? {} : { left: formats.duration(secondsLeft) }),
  };
}

/** An http or https address without blanks around; undefined for another text. */
export function serverAddress(text: string): string | undefined {
  const trimmed = text.trim();
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) return undefined;
  return new URL(trimmed).hostname === '' ? undefined : trimmed;
}
