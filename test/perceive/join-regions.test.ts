/** Parts of a page put together: what a cut went through becomes one again, and nothing else. */
import { describe, expect, it } from 'vitest';
import { joinRegions } from '../../shared/tasks/perceive/join-regions.ts';
import type { PerceivedNode } from '../../shared/tasks/perceive/perception.ts';
import type { UiKind } from '../../shared/ui-tree.ts';
import { box, page } from '../layout/facts.ts';

const leaf = (x: number, y: number, width = 200): PerceivedNode => ({
  kind: 'text',
  box: { x, y, width, height: 20 },
});
const group = (kind: UiKind, ...children: PerceivedNode[]): PerceivedNode => ({ kind, children });
/** Kinds, with how many children each has. */
const shape = (nodes: readonly PerceivedNode[]): unknown[] =>
  nodes.map(({ kind, children }) => (children === undefined ? kind : [kind, ...shape(children)]));

const facts = page({ width: 1000, height: 2000 });
const joined = (above: PerceivedNode[], below: PerceivedNode[], of = facts) =>
  shape(joinRegions([above, below], of));

describe('joining regions', () => {
  it('a list goes on in the same columns, and not in others', () => {
    const list = group('list', leaf(40, 100), leaf(40, 140));
    expect(joined([list], [group('list', leaf(40, 1000))])).toEqual([['list', 'text', 'text', 'text']]);
    expect(joined([list], [group('list', leaf(640, 1000))])).toEqual([
      ['list', 'text', 'text'],
      ['list', 'text'],
    ]);
  });

  it('not where something stands between', () => {
    const list = group('list', leaf(40, 100));
    expect(joined([list, leaf(40, 900)], [group('list', leaf(40, 1000))])).toEqual([
      ['list', 'text'],
      'text',
      ['list', 'text'],
    ]);
    expect(joined([list], [leaf(40, 1000), group('list', leaf(40, 1100))])).toEqual([
      ['list', 'text'],
      'text',
      ['list', 'text'],
    ]);
  });

  it('also where what was told after it stands below both', () => {
    const above = [group('table', leaf(40, 100)), leaf(40, 1900)];
    expect(joined(above, [group('table', leaf(40, 1000))])).toEqual([['table', 'text', 'text'], 'text']);
  });

  it('both columns of a page go on, told as a row or not', () => {
    const aside = (y: number) => group('aside', leaf(20, y));
    const main = (y: number) => group('main', leaf(300, y, 600));
    const whole = [['row', ['aside', 'text', 'text'], ['main', 'text', 'text']]];
    expect(joined([group('row', aside(100), main(100))], [group('row', aside(1000), main(1000))])).toEqual(
      whole,
    );
    expect(joined([group('row', aside(100), main(100))], [aside(1000), main(1000)])).toEqual(whole);
  });

  it('rows of other columns stay apart', () => {
    const row = (y: number) => group('row', leaf(20, y), leaf(400, y));
    expect(joined([row(100)], [row(1000)])).toHaveLength(2);
  });

  it('a card goes on only where one box is around both parts', () => {
    const card = (y: number) => group('card', leaf(40, y));
    expect(joined([card(900)], [card(1000)])).toHaveLength(2);
    const framed = page({ width: 1000, height: 2000, boxes: [box(20, 880, 400, 200)] });
    expect(joined([card(900)], [card(1000)], framed)).toEqual([['card', 'text', 'text']]);
  });
});
