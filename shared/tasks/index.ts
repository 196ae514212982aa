/** Every task, in the order in which hosts list them. */
import { askImage } from './ask-image.ts';
import { compareImages } from './compare-images.ts';
import { describeImage } from './describe-image.ts';
import { extractData } from './extract-data.ts';
import { extractText } from './extract-text.ts';
import { imageToDiagram } from './image-to-diagram.ts';
import { locate } from './locate.ts';
import { uiToCode } from './ui-to-code.ts';

export type { DifferenceKind } from './compare-images.ts';
export type { AnswerForm, ModelSettings, ModelTask, PromptSubject, Task } from './define-task.ts';
export { type Method, untrustedNote } from './fields.ts';
export { askImage, compareImages, describeImage, extractData, extractText, imageToDiagram, locate, uiToCode };

/** Those that a model does, or can do. */
export const modelTasks = [
  describeImage,
  askImage,
  extractText,
  extractData,
  uiToCode,
  imageToDiagram,
  locate,
] as const;

export const tasks = [
  describeImage,
  askImage,
  extractText,
  extractData,
  uiToCode,
  imageToDiagram,
  locate,
  compareImages,
] as const;
