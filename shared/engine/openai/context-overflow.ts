/** Recognises a prompt that is too long, in the words of each server. */

export interface ContextOverflow {
  readonly promptTokens?: number | undefined;
  readonly contextSize?: number | undefined;
}

const sentences: readonly { pattern: RegExp; order: 'prompt first' | 'context first' }[] = [
  // llama-server
  {
    pattern: /request \((\d+) tokens\) exceeds the available context size \((\d+) tokens\)/i,
    order: 'prompt first',
  },
  // LM Studio, since 2026 and before
  { pattern: /n_keep\D*(\d+)\D+n_ctx\D*(\d+)/i, order: 'prompt first' },
  { pattern: /first (\d+) tokens when.*?context length of only (\d+)/is, order: 'prompt first' },
  // vLLM: engine, then the OpenAI-like sentence of its server
  {
    pattern: /prompt \(length (\d+)\) is longer than the maximum model length of (\d+)/i,
    order: 'prompt first',
  },
  {
    pattern: /maximum context length is (\d+) tokens?.*?(?:requested|contains?|has|resulted in)\D*(\d+)/is,
    order: 'context first',
  },
  // any of them without figures
  {
    pattern:
      /maximum context length|available context size|exceeds? (?:the )?context|greater than the context length/i,
    order: 'context first',
  },
];

/** The figures of an overflow, as far as the sentence holds them; undefined if it tells of none. */
export function parseContextOverflow(sentence: string): ContextOverflow | undefined {
  for (const { pattern, order } of sentences) {
    const match = pattern.exec(sentence);
    if (!match) continue;
    const [first, second] = [match[1], match[2]].map((text) =>
      text === undefined ? undefined : Number(text),
    );
    return order === 'prompt first'
      ? { promptTokens: first, contextSize: second }
      : { promptTokens: second, contextSize: first };
  }
  return undefined;
}
