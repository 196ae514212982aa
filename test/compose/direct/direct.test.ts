/** A stream of parts becomes drafts and a page. */
import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { composeDirect, type DirectPage } from '../../../shared/compose/direct/direct.ts';
import type { EnginePart, FinishReason } from '../../../shared/engine/engine.ts';
import { PixelwrightError } from '../../../shared/errors.ts';

const signal = new AbortController().signal;
const timings = { totalMs: 1 };
const usage = { promptTokens: 1300, completionTokens: 400 };

async function* say(
  text: string,
  end: FinishReason | PixelwrightError = 'stop',
  step = 17,
): AsyncGenerator<EnginePart> {
  yield { type: 'prefill-progress', processed: 1300, total: 1300 };
  for (let at = 0; at < text.length; at += step)
    yield { type: 'text-delta', text: text.slice(at, at + step) };
  if (typeof end !== 'string') throw end;
  yield { type: 'finish', reason: end, usage, timings };
}

async function compose(parts: AsyncIterable<EnginePart>) {
  const drafts: string[] = [];
  let page: DirectPage | undefined;
  for await (const part of composeDirect(parts, { signal })) {
    if (part.type === 'draft') drafts.push(part.code);
    if (part.type === 'page') page = part.page;
  }
  if (page === undefined) throw new Error('no page');
  return { drafts, page };
}

const cards = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon', 'Zeta', 'Eta', 'Theta']
  .map((name) => `<article class="card"><h2>${name}</h2><p>About ${name}.</p></article>`)
  .join('\n');
const code = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Shop</title>
<style>body { margin: 0; font: 16px sans-serif; }
.card { border: 1px solid #ddd; }</style></head>
<body><main>
${cards}
</main></body>
</html>`;
const answer = `Here is the page:\n\n\`\`\`html\n${code}\n\`\`\`\n\nIt uses cards.`;

describe('a whole answer', () => {
  it('gives drafts that grow into the page, and the page formatted', async () => {
    const { drafts, page } = await compose(say(answer));
    expect(drafts.length).toBeGreaterThan(2);
    for (const draft of drafts) expect(code.startsWith(draft.trimEnd())).toBe(true);
    expect(drafts.map(({ length }) => length)).toEqual(
      drafts.map(({ length }) => length).sort((a, b) => a - b),
    );
    expect(page).toMatchObject({ truncated: false, repetition: false, warnings: [], usage, answer });
    expect(page.html).toMatchSnapshot();
  });

  it('passes prefill progress on', async () => {
    const first = await composeDirect(say(answer), { signal }).next();
    expect(first.value).toEqual({ type: 'prefill-progress', processed: 1300, total: 1300 });
  });

  it('is not called truncated when only the prose behind the page was cut off', async () => {
    expect((await compose(say(answer, 'length'))).page).toMatchObject({ truncated: false, warnings: [] });
  });
});

describe('an answer that was cut off', () => {
  const cut = answer.slice(0, answer.indexOf('About Epsilon'));

  it('by the limit: closed, marked, said', async () => {
    const { page } = await compose(say(cut, 'length'));
    expect(page).toMatchObject({ truncated: true, repetition: false, answer: cut });
    expect(page.warnings[0]).toBe(
      'The page is not complete: the model reached its limit of tokens. Allow more with --max-tokens.',
    );
    expect(page.warnings[1]).toBe('2 elements were left open and closed here.');
    expect(page.html).toContain('Epsilon');
    expect(page.html.trimEnd().endsWith('</html>')).toBe(true);
  });

  it('by the model itself', async () => {
    const { page } = await compose(say(cut));
    expect(page.truncated).toBe(true);
    expect(page.warnings[0]).toBe('The page is not complete: the model stopped in the middle of it.');
  });

  it.each(['truncated', 'network'] as const)(
    'by a fault of the connection (%s): what came is kept',
    async (why) => {
      const { page } = await compose(say(cut, new PixelwrightError(why, 'The connection broke.')));
      expect(page.truncated).toBe(true);
      expect(page.warnings[0]).toBe('The page is not complete. The connection broke.');
    },
  );

  it.each(['cancelled', 'engine-crashed', 'engine-unavailable'] as const)(
    'by %s: the error is thrown',
    async (why) => {
      const fault = new PixelwrightError(why, 'No.');
      await expect(compose(say(cut, fault))).rejects.toBe(fault);
    },
  );

  it('before any code: the error is thrown', async () => {
    const fault = new PixelwrightError('network', 'The connection broke.');
    await expect(compose(say('Here is', fault))).rejects.toBe(fault);
  });

  it('before the body: truncated, with the answer', async () => {
    const early = answer.slice(0, answer.indexOf('.card'));
    await expect(compose(say(early, 'length'))).rejects.toMatchObject({
      code: 'truncated',
      details: { answer: early },
    });
  });

  it('anywhere: a page that parses, or an error that says truncated or none', async () => {
    const short = answer.replace(/(<\/article>\n)[\s\S]*<\/article>\n/, '$1');
    const body = short.indexOf('<main>');
    const done = short.indexOf('</html>') + '</html>'.length;
    for (let end = 0; end <= short.length; end += 1) {
      const { page, error } = await compose(say(short.slice(0, end), 'length')).then(
        (made) => ({ page: made.page, error: undefined }),
        (reason: unknown) => ({ page: undefined, error: reason }),
      );
      if (page === undefined) {
        expect(['truncated', 'output-invalid']).toContain(error instanceof PixelwrightError && error.code);
        expect(end).toBeLessThan(body + '<main>'.length);
      } else {
        const faults: string[] = [];
        parse(page.html, { onParseError: (fault) => void faults.push(fault.code) });
        expect(faults).toEqual([]);
        expect(page.html).not.toContain('`');
        expect(page.truncated).toBe(end < done);
      }
    }
  });
});

it('a loop is stopped, said, and left out', async () => {
  const row = '<li><a href="#">Read more about it</a></li>\n';
  const start = '```html\n<!doctype html>\n<html><body><h1>News</h1>\n<ul>\n';
  const { page } = await compose(say(start + row.repeat(3000), 'length'));
  expect(page).toMatchObject({ repetition: true, truncated: false });
  expect(page.warnings[0]).toBe('The model repeated itself and was stopped; the repeated part is left out.');
  expect(page.html.split('Read more about it')).toHaveLength(2);
  expect(page.answer.length).toBeLessThan(5000);
});

it('an answer without a page is output-invalid, with the answer as evidence', async () => {
  const refusal = 'I am sorry, I cannot see any picture.';
  await expect(compose(say(refusal))).rejects.toMatchObject({
    code: 'output-invalid',
    message: `Expected HTML from the model; it answered ${refusal.length} characters without a page.`,
    details: { answer: refusal },
  });
  await expect(compose(say(''))).rejects.toMatchObject({
    message: 'Expected HTML from the model; it answered nothing.',
  });
});

it('what the page loads from elsewhere is said, and kept', async () => {
  const { page } = await compose(
    say(
      '<html><body><script src="https://cdn.example/t.js"></script><img src="hero.jpg" alt="">Hi</body></html>',
    ),
  );
  expect(page.warnings).toEqual([
    'The page loads from the network: https://cdn.example/t.js (script).',
    'The page refers to files that do not exist: hero.jpg (img).',
  ]);
  expect(page.html).toContain('src="https://cdn.example/t.js"');
});

it('what prettier refuses is kept as it is, and said', async () => {
  const { page } = await compose(say('<html><body><p "x">Hi</p></body></html>'));
  expect(page.html).toContain('Hi');
  expect(page.warnings.join()).toMatch(/^The page could not be formatted: /);
});

it('a signal that fires while the model writes ends the work', async () => {
  const controller = new AbortController();
  const run = async () => {
    for await (const part of composeDirect(say(answer), { signal: controller.signal })) {
      if (part.type === 'draft') controller.abort();
    }
  };
  await expect(run()).rejects.toMatchObject({ code: 'cancelled' });
});
