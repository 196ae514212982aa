/** What a model perceives on a measured page: its regions are shown to it, and its answers put together. */
import type { RunContext } from '../context.ts';
import type { Engine } from '../engine/engine.ts';
import { PixelwrightError } from '../errors.ts';
import type { PageFacts } from '../facts/page-facts.ts';
import type { Rect } from '../geometry.ts';
import { cropRaster, encodePng, prepareForModel, type SourcePicture } from '../image/index.ts';
import { joinRegions } from '../tasks/perceive/join-regions.ts';
import type { Perception } from '../tasks/perceive/perception.ts';
import { longestAnswer, perceiveForm, perceivePrompt, perceiveSettings } from '../tasks/perceive/prompt.ts';
import { type PerceivedRegion, readAnswer } from '../tasks/perceive/read-answer.ts';
import { type PageRegion, regionsOf } from '../tasks/perceive/regions.ts';
import { allAtOnce } from './all-at-once.ts';
import { constraintOf, type ModelAnswer, modelAnswer, type SummedUsage, usageOf } from './model-answer.ts';
import { regionBudget, regionMapping } from './region-mapping.ts';

export interface PerceiveOptions {
  /** The caller closes it. */
  readonly engine: Engine;
  /** Longest answer about a region, in tokens; by what is in the region unless told. */
  readonly maxTokens?: number | undefined;
  readonly seed?: number | undefined;
  /** Called when the answer about a region is complete, in any order. */
  readonly onRegion?: ((region: RegionReport) => void) | undefined;
}

export interface RegionReport {
  /** From 0, from top to bottom. */
  readonly index: number;
  /** CSS pixels of the page. */
  readonly box: Rect;
  /** How many measured things the model was told. */
  readonly marks: number;
  /** How many of them it was sure of the words, or needed none. */
  readonly sureMarks: number;
  /** Pieces of the answer that meant nothing. */
  readonly broken: number;
  readonly truncated: boolean;
  readonly repetition: boolean;
  /** Tokens that the model wrote, where the engine counts. */
  readonly completionTokens?: number;
}

export interface Perceived {
  readonly perception: Perception;
  readonly regions: readonly RegionReport[];
  readonly warnings: readonly string[];
  /** An answer was cut at its limit; what came before is kept. */
  readonly truncated: boolean;
  readonly repetition: boolean;
  readonly usage?: SummedUsage;
}

interface Answered extends PerceivedRegion {
  readonly report: RegionReport;
  readonly answer: ModelAnswer;
}

/**
 * Shows a page to a model, region by region, several at once. Boxes of the result are in CSS pixels of the page.
 * @throws PixelwrightError of the engine; `output-invalid` where nothing in any answer could be read; `cancelled`.
 */
export async function perceive(
  { picture, facts }: { readonly picture: Pick<SourcePicture, 'raster'>; readonly facts: PageFacts },
  options: PerceiveOptions,
  context: RunContext,
): Promise<Perceived> {
  const regions = regionsOf(facts);
  let done = 0;
  const answered = await allAtOnce(regions, context, async (region, index, own) => {
    const name = regions.length === 1 ? '' : `part ${index + 1} of ${regions.length}: `;
    const progress: RunContext['progress'] = (event) =>
      context.progress({ ...event, message: `${name}${event.message}` });
    const result = await answeredRegion({ region, index, count: regions.length }, picture, facts, options, {
      ...own,
      progress,
    });
    done += 1;
    context.progress({ stage: 'model', message: `perceived ${done} of ${regions.length} parts` });
    options.onRegion?.(result.report);
    return result;
  });
  const nodes = joinRegions(
    answered.map((one) => one.nodes),
    facts,
  );
  if (nodes.length === 0 && regions.some(({ marks }) => marks.length > 0)) throw nothingPerceived(answered);
  return { perception: { nodes }, ...summary(answered) };
}

interface PlacedRegion {
  readonly region: PageRegion;
  readonly index: number;
  readonly count: number;
}

async function answeredRegion(
  { region, index, count }: PlacedRegion,
  picture: Pick<SourcePicture, 'raster'>,
  facts: PageFacts,
  { engine, maxTokens = longestAnswer(region), seed }: PerceiveOptions,
  context: RunContext,
): Promise<Answered> {
  const { source, toPage, toRegion } = regionMapping(region, picture.raster, facts.pixelRatio);
  const piece = await cropRaster(picture.raster, source);
  const [tile] = await prepareForModel({ raster: piece }, context, regionBudget);
  if (tile === undefined) throw new RangeError('A picture that is not tiled is one tile.');
  const image = { type: 'image', bytes: await encodePng(tile.raster), mediaType: 'image/png' } as const;
  const prompt = perceivePrompt(region, { index, count, page: facts, toRegion }, image);
  const constraint = await constraintOf(perceiveForm(region), engine, context);
  // Words that were read badly are mostly right.
  const guesses = region.marks.flatMap(({ sure, lines }) => (sure ? [] : [lines.join(' ')]));
  const choices = { engine, maxTokens, seed, constraint, speculation: { texts: guesses } };
  const answer = await modelAnswer(prompt, perceiveSettings, choices, context);
  const { nodes, broken } = readAnswer(answer.text, { marks: region.marks, toPage });
  context.log.debug(`part ${index + 1}: ${region.marks.length} marks, ${broken} broken pieces`);
  const { truncated, repetition, usage } = answer;
  return {
    nodes,
    broken,
    answer,
    report: {
      index,
      box: region.box,
      marks: region.marks.length,
      sureMarks: region.marks.filter(({ sure }) => sure).length,
      broken,
      truncated,
      repetition,
      ...(usage === undefined ? {} : { completionTokens: usage.completionTokens }),
    },
  };
}

function summary(answered: readonly Answered[]): Omit<Perceived, 'perception'> {
  const answers = answered.map(({ answer }) => answer);
  const broken = answered.reduce((sum, one) => sum + one.broken, 0);
  const silent = answered.filter(({ nodes, report }) => nodes.length === 0 && report.marks > 0).length;
  return {
    regions: answered.map(({ report }) => report),
    warnings: [
      ...new Set(answers.flatMap(({ warnings }) => warnings)),
      ...(broken > 0 ? [`${broken} pieces of what the model perceived could not be used.`] : []),
      ...(silent > 0
        ? [`The model told nothing about ${silent} of ${answered.length} parts of the page.`]
        : []),
    ],
    truncated: answers.some(({ truncated }) => truncated),
    repetition: answers.some(({ repetition }) => repetition),
    ...usageOf(answers),
  };
}

function nothingPerceived(answered: readonly Answered[]): PixelwrightError {
  const start = answered[0]?.answer.text.slice(0, 200) ?? '';
  return new PixelwrightError(
    'output-invalid',
    `Expected what the model perceives as JSON; it wrote ${start === '' ? 'nothing' : `"${start}"`}.`,
    {
      next: 'Use a model that sees pictures, such as Qwen3-VL, or --strategy measured.',
      details: { regions: answered.length },
    },
  );
}
