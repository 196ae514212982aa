/** Every task, in the order in which hosts list them. */
import { describeImage } from './describe-image.ts';
import { uiToCode } from './ui-to-code.ts';

export type { ModelSettings, PromptSubject, Task } from './define-task.ts';
export { describeImage, uiToCode };

export const tasks = [describeImage, uiToCode] as const;
