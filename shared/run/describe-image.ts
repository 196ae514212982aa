/** The pipeline of `describe_image`: a picture in words. */
import type { RunContext } from '../context.ts';
import type { Usage } from '../engine/engine.ts';
import type { PictureSource } from '../image/index.ts';
import { describeImage } from '../tasks/index.ts';
import { imageParts } from './ask.ts';
import { loadPicture } from './load-picture.ts';
import { type ModelRunOptions, modelAnswer, type PictureFacts, pictureFacts } from './model-answer.ts';

export interface DescribeOptions extends ModelRunOptions {
  readonly detail?: 'short' | 'full';
  /** What to pay attention to. */
  readonly focus?: string;
  /** Language of the description. */
  readonly language?: string;
}

export interface Description {
  readonly text: string;
  /** The answer ended before it was complete. */
  readonly truncated: boolean;
  /** The model repeated itself and was stopped; the repeated part is left out of `text`. */
  readonly repetition: boolean;
  readonly picture: PictureFacts;
  readonly warnings: readonly string[];
  readonly usage?: Usage;
}

/** Tells in words what a picture shows. @throws PixelwrightError of the image stage and of the engine. */
export async function describePicture(
  source: PictureSource,
  options: DescribeOptions,
  context: RunContext,
): Promise<Description> {
  const picture = await loadPicture(source, context, options.read);
  const images = await imageParts(picture, describeImage.model, context);
  const { detail = 'full', focus, language } = options;
  const messages = describeImage.prompt({ image: picture.name, detail, focus, language }, { images });
  const { text, truncated, repetition, usage } = await modelAnswer(
    messages,
    describeImage.model,
    options,
    context,
  );
  return {
    text: text.trim(),
    truncated,
    repetition,
    picture: pictureFacts(picture),
    warnings: picture.warnings,
    ...(usage === undefined ? {} : { usage }),
  };
}
