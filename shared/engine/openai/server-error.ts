/** What a server's own error means, in our codes and with a next step. */
import { z } from 'zod';
import { type ErrorCode, PixelwrightError } from '../../errors.ts';
import type { ServerAddress } from './base-url.ts';
import { type ContextOverflow, parseContextOverflow } from './context-overflow.ts';
import { fromWireError, wireErrorSchema } from './pixelwright.ts';

/** The forms in which the servers tell an error: an object, or the bare sentence. */
export const serverErrorSchema = z.union([
  z.string(),
  z.looseObject({
    message: z.string().optional(),
    type: z.string().nullish(),
    n_prompt_tokens: z.number().optional(),
    n_ctx: z.number().optional(),
    /** Our own host tells the error as it was thrown there. */
    pixelwright: wireErrorSchema.optional().catch(undefined),
  }),
]);
export type ServerError = z.infer<typeof serverErrorSchema>;

export const wrongAddressHelp =
  'Correct the base URL: it usually ends in /v1, for example http://127.0.0.1:8080/v1.';

interface Rule {
  readonly when: (status: number, message: string) => boolean;
  readonly code: ErrorCode;
  /** Continues "The model server at …". */
  readonly what: (model: string) => string;
  readonly next: string;
}

/** The first that fits counts: sentences before the status numbers that they may come with. */
const rules: readonly Rule[] = [
  {
    when: (status) => status === 401 || status === 403,
    code: 'not-allowed',
    what: () => 'refuses the key',
    next: 'Set the right API key (PIXELWRIGHT_API_KEY).',
  },
  {
    when: (_, message) => /loading model|model is (still )?loading/i.test(message),
    code: 'engine-unavailable',
    what: () => 'is still loading its model',
    next: 'Wait until it is ready, then run again.',
  },
  {
    when: (_, message) =>
      /image input is not supported|does not support (image|multimodal)|not a multimodal|mmproj|vision add-on/i.test(
        message,
      ),
    code: 'model-missing',
    what: (model) => `runs "${model}", which cannot see pictures`,
    next: 'Serve a vision model, for example Qwen3-VL with its projector (llama-server --mmproj FILE).',
  },
  {
    when: (status, message) =>
      /no models? (is |are )?loaded|model is unloaded|failed to load model/i.test(message) ||
      ((status === 404 || status === 400) && /model\b.*\b(not found|not exist)/is.test(message)),
    code: 'model-missing',
    what: (model) => `has no model "${model}" loaded`,
    next: 'Name a model that the server lists, or load it there (ollama pull, lms load).',
  },
  {
    when: (_, message) => /out of memory|\bOOM\b|failed to allocate/i.test(message),
    code: 'out-of-memory',
    what: () => 'ran out of memory',
    next: 'Use a smaller model, context or picture.',
  },
  {
    when: (status, message) => status === 404 || status === 405 || /unexpected endpoint/i.test(message),
    code: 'engine-unavailable',
    what: () => 'offers no chat completions under this address',
    next: wrongAddressHelp,
  },
  {
    when: (status) => status === 429 || status === 503,
    code: 'engine-unavailable',
    what: () => 'cannot take the request now',
    next: 'Run again in a moment.',
  },
  {
    // 200: the error came inside a stream.
    when: (status) => status >= 500 || status === 200,
    code: 'engine-crashed',
    what: () => 'failed',
    next: "Look into the server's log, then run again.",
  },
  {
    when: () => true,
    code: 'option-invalid',
    what: () => 'refuses the request',
    next: 'Follow what it says; a server that is too old may not know a field.',
  },
];

/**
 * @param status of HTTP; 200 for an error inside a stream.
 * @param model the one that was asked for; empty while the server is being looked at.
 */
export function serverError(
  address: ServerAddress,
  status: number,
  error: ServerError,
  model: string,
): PixelwrightError {
  if (typeof error !== 'string' && error.pixelwright) return fromWireError(error.pixelwright);
  const message = typeof error === 'string' ? error : (error.message ?? '');
  const overflow = contextOverflow(error, message);
  const details = { status, server: address.root, message, model, ...overflow };
  if (overflow) return overflowError(address, overflow, details);
  const rule = rules.find(({ when }) => when(status, message));
  const said = message === '' ? `HTTP status ${status}` : `"${shorten(message)}"`;
  return new PixelwrightError(
    rule?.code ?? 'option-invalid',
    `The model server at ${address.label} ${rule?.what(model) ?? 'refuses the request'}: ${said}.`,
    { ...(rule && { next: rule.next }), details },
  );
}

function contextOverflow(error: ServerError, message: string): ContextOverflow | undefined {
  if (typeof error !== 'string' && error.type === 'exceed_context_size_error') {
    return { promptTokens: error.n_prompt_tokens, contextSize: error.n_ctx };
  }
  return parseContextOverflow(message);
}

function overflowError(
  address: ServerAddress,
  { promptTokens, contextSize }: ContextOverflow,
  details: Readonly<Record<string, unknown>>,
): PixelwrightError {
  const need = promptTokens === undefined ? '' : ` of ${promptTokens} tokens`;
  const room = contextSize === undefined ? '' : ` of ${contextSize} tokens`;
  return new PixelwrightError(
    'input-too-large',
    `The request${need} does not fit the context${room} of the model server at ${address.label}.`,
    {
      next: 'Start the server with a larger context (llama-server -c, vLLM --max-model-len, Ollama OLLAMA_CONTEXT_LENGTH, LM Studio "Context Length"), or use a smaller picture.',
      details,
    },
  );
}

function shorten(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
