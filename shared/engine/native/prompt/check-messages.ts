/** Refuses conversations that the chat format has no place for, instead of dropping parts of them. */
import { PixelwrightError } from '../../../errors.ts';
import type { PromptMessage, VideoPart } from '../../engine.ts';

/** @throws PixelwrightError `option-invalid`, with the message's place in the list in its details. */
export function checkMessages(messages: readonly PromptMessage[]): void {
  if (messages.length === 0) {
    throw new PixelwrightError('option-invalid', 'A prompt needs at least one message, and none was given.', {
      next: 'Give a message of the user.',
    });
  }
  for (const [index, message] of messages.entries()) checkMessage(message, index);
}

function checkMessage({ role, parts }: PromptMessage, index: number): void {
  if (role === 'system' && index > 0) {
    throw refusal('The system message must come first', `it is message ${index + 1}`, index, {
      next: 'Move it to the start, or make it a message of the user.',
    });
  }
  const picture = parts.find(({ type }) => type !== 'text');
  if (picture !== undefined && role !== 'user') {
    throw refusal(
      'Pictures and films may stand in messages of the user alone',
      `message ${index + 1} of the ${role} holds ${picture.type === 'image' ? 'a picture' : 'a film'}`,
      index,
      { next: 'Move it into a message of the user.' },
    );
  }
  for (const part of parts) if (part.type === 'video') checkFilm(part, index);
}

function checkFilm({ frames }: VideoPart, index: number): void {
  if (frames.length === 0) {
    throw refusal('A film needs at least one frame', `that of message ${index + 1} has none`, index, {
      next: 'Give frames, or leave the film out.',
    });
  }
  let before = 0;
  for (const [place, { seconds }] of frames.entries()) {
    if (!Number.isFinite(seconds) || seconds < before) {
      throw refusal(
        'The times of frames must be numbers of seconds from 0 that never go back',
        `frame ${place + 1} of message ${index + 1} is at ${seconds} after ${before}`,
        index,
        { next: 'Give the frames in order, each with its time from the start.' },
      );
    }
    before = seconds;
  }
}

function refusal(
  expected: string,
  came: string,
  index: number,
  { next }: { readonly next: string },
): PixelwrightError {
  return new PixelwrightError('option-invalid', `${expected}; ${came}.`, {
    next,
    details: { message: index },
  });
}
