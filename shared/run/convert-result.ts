/** What a conversion is asked for and what it gives back. */
import type { ComponentLibrary, Fitting, Strategy } from '../config.ts';
import type { Engine, Usage } from '../engine/engine.ts';
import type { PageFacts } from '../facts/page-facts.ts';
import type { PictureFormat, SourcePicture } from '../image/index.ts';
import type { PageTarget } from '../tasks/ui-to-code.ts';
import type { UiTree } from '../ui-tree.ts';
import type { MadePages } from './convert/made-pages.ts';
import type { LoadOptions } from './load-picture.ts';
import type { OutputFile } from './write-output.ts';

export interface ConvertOptions {
  /** Stem of the files: `login` gives `login.html`, `login.css`, `login-assets/…`. */
  readonly name: string;
  readonly target: PageTarget;
  readonly strategy: Strategy;
  /** One file: style and pictures inside the page. */
  readonly inline?: boolean;
  /** Give the same page with style and pictures inside as well, in `inlined`. */
  readonly alsoInlined?: boolean;
  /** With a small script for tabs, menus and the like, where a page of plain HTML has some. */
  readonly script?: boolean;
  /** What controls are made of; `element-plus` for Vue only. */
  readonly components?: ComponentLibrary;
  readonly read?: LoadOptions;
  /** Needed by `direct` and `perceived`, used by `auto`. The caller closes it. */
  readonly engine?: Engine;
  /** Pages that the model writes itself; 1 for `direct`, 0 for `auto` unless told. */
  readonly samples?: number;
  /** Whether composed pages are rendered and corrected; where a browser is found unless told. */
  readonly fit?: Fitting;
  /** Program of a Chromium, Chrome or Edge to render candidates with; one is looked for unless told. */
  readonly browserPath?: string;
  /** Longest answer of the model; the task's own unless told. */
  readonly maxTokens?: number;
  readonly seed?: number;
  /** What to do differently from the picture; only a model can follow it. */
  readonly instructions?: string;
  /** Called with the measured page before it is corrected or a model is asked: something to show at once. */
  readonly onDraft?: (draft: ConvertResult) => void;
  /** Called with the model's page so far, while it writes. */
  readonly onText?: (code: string) => void;
  /** Called with all that was chosen from, for a panel to go on with; what instructions change comes after it. */
  readonly onMade?: (made: MadePages) => void;
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

/** How a page came about. */
export type MadeBy = 'measured' | 'perceived' | 'direct';

/** One of several pages that were made of a picture, and how much it looks like it. */
export interface CandidateReport {
  /** `measured`, `perceived`, `direct`, `direct 2`. */
  readonly name: string;
  readonly strategy: MadeBy;
  readonly chosen: boolean;
  /** Text, place and colour of the words, against those that were read; 0..1. Absent without a browser. */
  readonly d2c4?: number;
  /** Structural similarity of the pixels, −1..1. */
  readonly ssim?: number;
}

export interface ConvertReport {
  /** How the page was made; `auto` has been decided. */
  readonly strategy: MadeBy;
  readonly madeWithoutModel: boolean;
  /** For people: `measured without a model`. */
  readonly label: string;
  readonly picture: PictureReport;
  readonly warnings: readonly string[];
  /** The model's answer ended before the page did. */
  readonly truncated: boolean;
  /** The model was stopped because it repeated itself. */
  readonly repetition: boolean;
  /** Of all answers of the model. */
  readonly usage?: Usage;
  /** What was chosen from, where there was a choice. */
  readonly candidates?: readonly CandidateReport[];
}

export interface ConvertResult {
  /** The page first. Text is UTF-8; assets are encoded pictures. */
  readonly files: readonly OutputFile[];
  /** The same with style and pictures inside, as far as the target can; where it was asked for and code composed it. */
  readonly inlined?: readonly OutputFile[];
  readonly report: ConvertReport;
  /** What the page is made of, where code composed it: other targets are made of it without asking a model. */
  readonly tree?: UiTree;
}

/** For people. */
export const labels: Readonly<Record<MadeBy, string>> = {
  measured: 'measured without a model',
  perceived: 'perceived by the model, composed from the pixels',
  direct: 'written by the model',
};

export function pictureReport(picture: SourcePicture, pixelRatio: number): PictureReport {
  const { name, format, sha256, raster } = picture;
  return { name, format, width: raster.width, height: raster.height, pixelRatio, sha256 };
}
