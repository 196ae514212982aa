/** Writes messages in the chat format of Qwen3-VL. */
import type { ImagePart, PromptMessage, PromptPart } from '../../engine.ts';
import { checkMessages } from './check-messages.ts';
import { framePairs, timeMark } from './frame-pairs.ts';
import type { ControlToken, PromptSegment } from './segments.ts';

/**
 * The prompt of a conversation, up to the place where the model goes on.
 *
 * A turn is `<|im_start|>` role, newline, parts, `<|im_end|>`, newline; parts follow each other without
 * anything between them, and each picture stands between `<|vision_start|>` and `<|vision_end|>`. There
 * is no system message unless one is given. A last message of the assistant is not closed, so that the
 * model continues it; after any other, a turn of the assistant is opened. A film becomes pairs of
 * frames, each preceded by its time.
 *
 * Source: the chat template and the processor that the model was published with.
 * @throws PixelwrightError `option-invalid` for a conversation that this format has no place for.
 */
export function chatSegments(messages: readonly PromptMessage[]): readonly PromptSegment[] {
  checkMessages(messages);
  const writer = new SegmentWriter();
  for (const [index, { role, parts }] of messages.entries()) {
    writer.control('<|im_start|>');
    writer.text(`${role}\n`);
    for (const part of parts) writePart(writer, part);
    if (role === 'assistant' && index === messages.length - 1) return writer.segments;
    writer.control('<|im_end|>');
    writer.text('\n');
  }
  writer.control('<|im_start|>');
  writer.text('assistant\n');
  return writer.segments;
}

function writePart(writer: SegmentWriter, part: PromptPart): void {
  if (part.type === 'text') writer.text(part.text);
  else if (part.type === 'image') writer.image(part);
  else {
    for (const { frames, seconds } of framePairs(part)) {
      writer.text(timeMark(seconds));
      writer.frames(frames, seconds);
    }
  }
}

/** Joins neighbouring texts, because a tokeniser splits `\n` and `\n` otherwise than `\n\n`. */
class SegmentWriter {
  readonly segments: PromptSegment[] = [];
  #pictures = 0;

  text(text: string): void {
    if (text === '') return;
    const last = this.segments.at(-1);
    if (last?.kind === 'text') this.segments[this.segments.length - 1] = { ...last, text: last.text + text };
    else this.segments.push({ kind: 'text', text });
  }

  control(name: ControlToken): void {
    this.segments.push({ kind: 'control', name });
  }

  image(image: ImagePart): void {
    this.#picture({ kind: 'image', index: this.#pictures, image });
  }

  frames(frames: readonly [ImagePart, ImagePart], seconds: number): void {
    this.#picture({ kind: 'frames', index: this.#pictures, frames, seconds });
  }

  #picture(segment: PromptSegment): void {
    this.control('<|vision_start|>');
    this.segments.push(segment);
    this.control('<|vision_end|>');
    this.#pictures += 1;
  }
}
