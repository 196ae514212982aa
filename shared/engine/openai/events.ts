/** The events of a `text/event-stream` body, however the bytes are cut. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { PixelwrightError } from '../../errors.ts';

/** A chunk with log probabilities is some kilobytes; this much without an end is no event stream. */
const longestEvent = 4 * 1024 * 1024;

export interface StreamEvent {
  readonly data: string;
  /** False for a last event without its blank line: some servers close the socket right behind it. */
  readonly complete: boolean;
}

/** @throws PixelwrightError `output-invalid` if an event does not end. */
export async function* readEvents(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<StreamEvent, void, undefined> {
  const decoder = new TextDecoder();
  const ready: EventSourceMessage[] = [];
  let tooLong = false;
  const parser = createParser({
    maxBufferSize: longestEvent,
    onEvent: (event) => ready.push(event),
    onError: (error) => {
      tooLong ||= error.type === 'max-buffer-size-exceeded';
    },
  });
  const feed = function* (text: string, complete: boolean): Generator<StreamEvent, void, undefined> {
    parser.feed(text);
    for (const { data } of ready.splice(0)) yield { data, complete };
    if (tooLong) {
      throw new PixelwrightError(
        'output-invalid',
        `An event of the model server is over ${longestEvent} characters.`,
        {
          next: 'See that the base URL points to an OpenAI-compatible server.',
        },
      );
    }
  };
  for await (const bytes of body) yield* feed(decoder.decode(bytes, { stream: true }), true);
  yield* feed(`${decoder.decode()}\n\n`, false);
}
