/** Answers with guesses are those without, token by token; what the guesses did is told. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NativeEngine, NativeRequest } from '../../../shared/engine/native/native-engine.ts';
import {
  ask,
  greedy,
  openEngine,
  picture,
  type Recording,
  record,
  replay,
  text,
  tolerance,
} from './helpers.ts';

let engine: NativeEngine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

/** Where the model says what it says. */
const prompts = [98, 104, 111, 141].map((number) => `What is it? ${number}`);

const page =
  '<ul>\n  <li class="item">One</li>\n  <li class="item">Two</li>\n  <li class="item">Three</li>\n</ul>\n';

/** An answer of a page that is said as it is given: only whether guesses are right differs between runs. */
async function quoting(request: NativeRequest): Promise<NativeRequest> {
  const words = page.repeat(3);
  return { ...request, forcedTokens: [...(await engine.tokenise(words))], maxTokens: 1000 };
}

/** What is measured would make as many guesses as the machine is idle. */
const costOfBatch = (tokens: number): number => 1 + 0.2 * (tokens - 1);

describe('the text is the same', () => {
  it.each(prompts)('for %j', async (words) => {
    const plain = greedy([text(words)], { ignoreEnd: true });
    const without = await record(engine, plain);
    const withGuesses = await record(engine, { ...plain, speculation: {} });
    // The hint is the very answer, so that guesses are right and batches large.
    const hinted = await record(engine, { ...plain, speculation: { texts: [without.answer.text] } });
    expect(without.margin).toBeGreaterThan(0.2);
    for (const other of [withGuesses, hinted]) {
      expect(other.tokens).toEqual(without.tokens);
      expect(other.answer.text).toBe(without.answer.text);
      expect(other.answer.finish.reason).toBe(without.answer.finish.reason);
    }
  });

  it('beside a picture', async () => {
    const square = await picture({ width: 128, height: 96, seed: 1 });
    const plain = greedy([square, text('What is it? 126')], { ignoreEnd: true });
    const without = await record(engine, plain);
    const hinted = await record(engine, {
      ...plain,
      speculation: { texts: [without.answer.text] },
      costOfBatch,
    });
    expect(hinted.tokens).toEqual(without.tokens);
    expect(hinted.answer.finish.usage?.draft?.accepted).toBeGreaterThan(5);
  });

  it('under a grammar', async () => {
    const grammar = 'root ::= item ("," item)*\nitem ::= "[" [a-f]+ "]"';
    const plain = greedy([text('List them.')], { maxTokens: 24, constraint: { kind: 'grammar', grammar } });
    const without = await record(engine, plain);
    const hinted = await record(engine, { ...plain, speculation: { texts: [without.answer.text] } });
    const misled = await record(engine, {
      ...plain,
      speculation: { texts: ['[a],[b],[no grammar]'.repeat(5)] },
    });
    expect(hinted.tokens).toEqual(without.tokens);
    expect(misled.tokens).toEqual(without.tokens);
    expect(without.answer.text).toMatch(/^\[[a-f]/);
  });

  it('for several at once', async () => {
    const plain = prompts.map((words) => greedy([text(words)], { ignoreEnd: true }));
    const recordings: Recording[] = [];
    for (const request of plain) recordings.push(await record(engine, request));
    const together = await Promise.all(
      plain.map((request, index) => {
        const recording = recordings[index];
        if (recording === undefined) throw new Error('a recording is missing');
        const speculation = { texts: [recording.answer.text] };
        return replay(engine, { ...request, speculation }, recording);
      }),
    );
    for (const { difference } of together) expect(difference).toBeLessThan(tolerance);
  });

  it('where it ends early: by the model, by a stop text, by the limit', async () => {
    for (const more of [{}, { stop: ['Two</li>'] }, { maxTokens: 33 }]) {
      const request = await quoting(greedy([text('Quote it.')]));
      const plain = await ask(engine, { ...request, ...more });
      const hinted = await ask(engine, { ...request, ...more, speculation: { texts: [page] } });
      expect(hinted.text).toBe(plain.text);
      expect(hinted.finish.reason).toBe(plain.finish.reason);
      expect(hinted.finish.usage?.completionTokens).toBe(plain.finish.usage?.completionTokens);
    }
  });
});

describe('the usage', () => {
  it('tells guesses and those that were right', async () => {
    const { finish } = await ask(engine, {
      ...(await quoting(greedy([text('Quote it.')]))),
      speculation: { texts: [page] },
    });
    const { proposed = 0, accepted = 0 } = finish.usage?.draft ?? {};
    expect(accepted).toBeGreaterThan(50);
    expect(proposed).toBeGreaterThanOrEqual(accepted);
    expect(finish.usage?.completionTokens).toBeGreaterThan(accepted);
  });

  it('tells of none that there was no speculation', async () => {
    const { finish } = await ask(engine, greedy([text('Quote it.')]));
    expect(finish.usage).not.toHaveProperty('draft');
  });

  it('draws each token once, guessed or not', async () => {
    const request = await quoting(greedy([text('Quote it.')]));
    const { tokens, answer } = await record(engine, { ...request, speculation: { texts: [page] } });
    expect(tokens.slice(0, request.forcedTokens?.length)).toEqual(request.forcedTokens);
    expect(answer.finish.usage?.completionTokens).toBe(tokens.length);
  });
});

describe('wrong guesses', () => {
  it('leave nothing behind in the cells', async () => {
    const plain = greedy([text(prompts[0] ?? '')], { ignoreEnd: true });
    const misled = { texts: [(await ask(engine, plain)).text.replaceAll('e', 'x')] };
    const before = await record(engine, plain);
    const { difference } = await replay(engine, { ...plain, speculation: misled }, before);
    expect(difference).toBeLessThan(tolerance);
    // A request that goes on from the answer finds it as it was said.
    const messages = [...plain.messages, { role: 'assistant' as const, parts: [text(before.answer.text)] }];
    const goOn = { ...plain, messages };
    const kept = await record(engine, goOn);
    const fresh = await openEngine();
    const { difference: distance } = await replay(fresh, goOn, kept);
    await fresh.close();
    expect(distance).toBeLessThan(tolerance);
  });
});
