/** An OpenAI-compatible server whose model is the oracle: it answers about one page, in the real protocol. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { regionsOf } from '../../../shared/tasks/perceive/regions.ts';
import { answerAbout, type Question } from './answer.ts';

export interface OracleServer {
  readonly url: string;
  /** What was answered so far, in the order of the questions. */
  readonly answers: readonly string[];
  /** Tokens of all answers. */
  tokens(): number;
  close(): Promise<void>;
}

const requestSchema = z.looseObject({
  messages: z.array(
    z.looseObject({
      content: z.union([
        z.string(),
        z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
      ]),
    }),
  ),
});

/**
 * Starts it on a free port of this machine.
 * @param page what the questions are about.
 * @param countTokens of a text, as the model would.
 */
export async function startOracle(
  page: Omit<Question, 'region'>,
  countTokens: (text: string) => number,
): Promise<OracleServer> {
  const regions = regionsOf(page.facts);
  const answers: string[] = [];
  const answer = (prompt: string): string => {
    const part = Number(/\bpart (\d+) of \d+\b/.exec(prompt)?.[1] ?? 1);
    const region = regions[part - 1];
    if (region === undefined)
      throw new RangeError(`The page has ${regions.length} parts, and ${part} is asked for.`);
    return answerAbout({ ...page, region });
  };
  const server = createServer((request, response) => {
    void respond(request, response, countTokens, (prompt) => {
      const text = answer(prompt);
      answers.push(text);
      return text;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server's address is never a pipe name.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    answers,
    tokens: () => answers.reduce((sum, text) => sum + countTokens(text), 0),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  countTokens: (text: string) => number,
  answer: (prompt: string) => string,
): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const json = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  if (path === '/props')
    return json(200, {
      default_generation_settings: { n_ctx: 32768 },
      modalities: { vision: true },
      build_info: 'oracle',
    });
  if (path === '/v1/models')
    return json(200, { object: 'list', data: [{ id: 'oracle', object: 'model', owned_by: 'llamacpp' }] });
  if (path !== '/v1/chat/completions') return json(404, { detail: 'Not Found' });
  try {
    const { messages } = requestSchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
    const prompt = messages
      .flatMap(({ content }) =>
        typeof content === 'string' ? content : content.map(({ text = '' }) => text),
      )
      .join('\n');
    const text = answer(prompt);
    const event = (value: unknown): string =>
      `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;
    const usage = { prompt_tokens: countTokens(prompt), completion_tokens: countTokens(text) };
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(event({ choices: [{ index: 0, delta: { content: text } }] }));
    response.write(event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }));
    response.write(event({ choices: [], usage }));
    response.end(event('[DONE]'));
  } catch (error) {
    json(500, { error: { message: error instanceof Error ? error.message : String(error) } });
  }
}
