/** What is changed in a document, and what of a stream is shown. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editSpan, sameText, withLineEnds } from '../../extension/results/edit-span.ts';
import { latestOnly } from '../../extension/results/latest.ts';

describe('the span of an edit', () => {
  const applied = (before: string, after: string): string => {
    const span = editSpan(before, after);
    return span === undefined ? before : before.slice(0, span.start) + span.text + before.slice(span.end);
  };
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r\n', '😀', '😁', '\r') });

  it('turns one text into the other', () => {
    fc.assert(fc.property(text, text, (before, after) => applied(before, after) === after));
  });

  it('touches nothing that is equal at both ends', () => {
    expect(editSpan('<p>old</p>', '<p>new</p>')).toEqual({ start: 3, end: 6, text: 'new' });
    expect(editSpan('abc', 'abcdef')).toEqual({ start: 3, end: 3, text: 'def' });
    expect(editSpan('same', 'same')).toBeUndefined();
  });

  it('parts no character and no end of a line', () => {
    // 😀 and 😁 share their first half; \r\n and \r share their first.
    expect(editSpan('x😀y', 'x😁y')).toEqual({ start: 1, end: 3, text: '😁' });
    expect(editSpan('a\r\nb', 'a\rb')).toEqual({ start: 1, end: 3, text: '\r' });
  });

  it('compares and writes texts whatever the ends of their lines', () => {
    expect(sameText('a\r\nb', 'a\nb')).toBe(true);
    expect(sameText('a\nb', 'a\n\nb')).toBe(false);
    expect(withLineEnds('a\nb\r\nc', '\r\n')).toBe('a\r\nb\r\nc');
    expect(withLineEnds('a\r\nb', '\n')).toBe('a\nb');
  });
});

describe('the latest of a stream', () => {
  it('is shown, one at a time, and older ones that waited are left out', async () => {
    const taken: number[] = [];
    const waiting: (() => void)[] = [];
    const errors: unknown[] = [];
    const give = latestOnly(
      async (value: number) => {
        taken.push(value);
        await new Promise<void>((resolve) => waiting.push(resolve));
        if (value === 1) throw new Error('the first fails');
      },
      (error) => errors.push(error),
    );
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    give(1);
    give(2);
    give(3);
    expect(taken).toEqual([1]);
    waiting.shift()?.();
    await turn();
    expect(taken).toEqual([1, 3]);
    expect(errors).toHaveLength(1);
    waiting.shift()?.();
    await turn();
    give(4);
    expect(taken).toEqual([1, 3, 4]);
  });
});
