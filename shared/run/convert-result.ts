/** What a conversion is asked for and what it gives back. */
import type { Strategy, Target } from '../config.ts';
import type { Engine, Usage } from '../engine/engine.ts';
import type { PageFacts } from '../facts/page-facts.ts';
import type { PictureFormat, SourcePicture } from '../image/index.ts';
import type { LoadOptions } from './load-picture.ts';
import type { OutputFile } from './write-output.ts';

export interface ConvertOptions {
  /** Stem of the files: `login` gives `login.html`, `login.css`, `login-assets/…`. */
  readonly name: string;
  readonly target: Target;
  readonly strategy: Strategy;
  /** One file: style and pictures inside the page. */
  readonly inline?: boolean;
  readonly read?: LoadOptions;
  /** Needed by `direct`, used by `auto`. The caller closes it. */
  readonly engine?: Engine;
  /** Longest answer of the model; the task's own unless told. */
  readonly maxTokens?: number;
  readonly seed?: number;
  /** What to do differently from the picture; only a model can follow it. */
  readonly instructions?: string;
  /** Called with the measured page before a model is asked, so that there is something to show at once. */
  readonly onDraft?: (draft: ConvertResult) => void;
  /** Called with the model's page so far, while it writes. */
  readonly onText?: (code: string) => void;
}

export interface Measured {
  readonly picture: SourcePicture;
  readonly facts: PageFacts;
}

export interface PictureReport {
  readonly name: string;
  readonly format: PictureFormat;
  /** Pixels of the picture. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture per CSS pixel. */
  readonly pixelRatio: number;
  readonly sha256: string;
}

export interface ConvertReport {
  /** How the page was made; `auto` has been decided. */
  readonly strategy: 'measured' | 'direct';
  readonly madeWithoutModel: boolean;
  /** For people: `measured without a model`. */
  readonly label: string;
  readonly picture: PictureReport;
  readonly warnings: readonly string[];
  /** The model's answer ended before the page did. */
  readonly truncated: boolean;
  /** The model was stopped because it repeated itself. */
  readonly repetition: boolean;
  readonly usage?: Usage;
}

export interface ConvertResult {
  /** The page first. Text is UTF-8; assets are encoded pictures. */
  readonly files: readonly OutputFile[];
  readonly report: ConvertReport;
}

export const measuredLabel = 'measured without a model';

export function pictureReport(picture: SourcePicture, pixelRatio: number): PictureReport {
  const { name, format, sha256, raster } = picture;
  return { name, format, width: raster.width, height: raster.height, pixelRatio, sha256 };
}
