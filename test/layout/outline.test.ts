/** Rules by which an outline and the geometry of a page agree. */
import { describe, expect, it } from 'vitest';
import {
  type LayoutGroup,
  type LayoutNode,
  layoutTree,
  type OutlineNode,
  type Thing,
  textOf,
} from '../../shared/facts/layout/index.ts';
import type { PageFacts } from '../../shared/facts/page-facts.ts';
import { box, line, page, picture, rule } from './facts.ts';

const lines = (...at: number[]): Thing[] => at.map((index) => ({ list: 'lines', index }));
const side = { width: 1, color: [200, 200, 200] as const };
const framed = { border: { top: side, right: side, bottom: side, left: side } };
const boxes = (...at: number[]): Thing[] => at.map((index) => ({ list: 'boxes', index }));

let marks = 0;
const node = (
  things: readonly Thing[],
  children: readonly OutlineNode[] = [],
  solidity = 1,
): OutlineNode => ({
  mark: marks++,
  things,
  children,
  solidity,
});
const text = (...at: number[]): OutlineNode => node(lines(...at), [], 0);

const words = (given: LayoutNode): string[] =>
  given.kind === 'text' ? [textOf(given)] : given.kind === 'group' ? given.children.flatMap(words) : [];

function find(facts: PageFacts, outline: readonly OutlineNode[], mark: number): LayoutNode | undefined {
  const search = (given: LayoutNode): LayoutNode | undefined => {
    if (given.mark === mark) return given;
    if (given.kind !== 'group') return undefined;
    for (const child of given.children) {
      const found = search(child);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(layoutTree(facts, outline).root);
}

const asGroup = (given: LayoutNode | undefined): LayoutGroup | undefined =>
  given?.kind === 'group' ? given : undefined;

describe('a perceived container', () => {
  it('holds what it names, though gaps would have parted it otherwise', () => {
    const facts = page({ lines: [line('One', 20, 50), line('Two', 20, 80), line('Three', 20, 200)] });
    const pair = node([], [text(1), text(2)]);
    expect(find(facts, [text(0), pair], pair.mark)).toMatchObject({ flow: 'column' });
    expect(words(find(facts, [text(0), pair], pair.mark) ?? layoutTree(facts).root)).toEqual([
      'Two',
      'Three',
    ]);
  });

  it('takes the visible box that holds just its things', () => {
    const facts = page({ boxes: [box(10, 10, 300, 200)], lines: [line('In', 30, 60), line('Out', 400, 60)] });
    const card = node([], [text(0)], 3);
    expect(asGroup(find(facts, [card, text(1)], card.mark))?.surface?.box.width).toBe(300);
  });

  it('leaves the box to the more solid of two around the same things', () => {
    const facts = page({ boxes: [box(10, 10, 300, 200)], lines: [line('In', 30, 60), line('Too', 30, 90)] });
    const card = node([], [text(0), text(1)], 3);
    const main = node([], [card], 0);
    const found = asGroup(find(facts, [main], main.mark));
    expect(found?.surface).toBeUndefined();
    expect(found?.children[0]).toMatchObject({ mark: card.mark, surface: { radius: 0 } });
  });

  it('takes in what is nobody’s and lies in it', () => {
    const facts = page({
      lines: [line('Kitchen', 20, 50), line('Hall', 20, 150), line('unseen', 20, 100)],
      separators: [rule(10, 120, 300, 1)],
    });
    const list = node([], [text(0), text(1)]);
    expect(words(find(facts, [list], list.mark) ?? layoutTree(facts).root)).toEqual([
      'Kitchen',
      'unseen',
      'Hall',
    ]);
  });

  it('loses the few things that lie in a box of others, and keeps the rest', () => {
    const facts = page({
      boxes: [box(400, 300, 300, 200, framed)],
      lines: [
        ...[0, 1, 2, 3].map((index) => line(`item ${index}`, 20, 50 + 30 * index)),
        line('stray', 420, 340),
        line('owner', 420, 380),
      ],
    });
    const list = node([], [text(0), text(1), text(2), text(3), text(4)]);
    const other = node([], [text(5)], 3);
    expect(words(find(facts, [list, other], list.mark) ?? layoutTree(facts).root)).toEqual([
      'item 0',
      'item 1',
      'item 2',
      'item 3',
    ]);
  });

  it('is dropped where its things lie scattered over the boxes of others', () => {
    const facts = page({
      boxes: [box(10, 10, 300, 200, framed), box(400, 10, 300, 200, framed)],
      lines: [line('a', 30, 60), line('b', 30, 100), line('c', 420, 60), line('d', 420, 100)],
    });
    const mixed = node([], [text(0), text(2)]);
    const rest = node([], [text(1), text(3)]);
    expect(find(facts, [mixed, rest], mixed.mark)).toBeUndefined();
    expect(words(layoutTree(facts, [mixed, rest]).root).sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('of things that another runs through is dropped', () => {
    const facts = page({
      lines: [line('left', 20, 100), line('right', 500, 100), line('between', 200, 100)],
    });
    const around = node([], [text(0), text(1)]);
    expect(find(facts, [around, text(2)], around.mark)).toBeDefined();
    const crossing = page({ ...facts, pictures: [picture(150, 20, 200, 300)] });
    const owner = node([{ list: 'pictures', index: 0 }]);
    expect(find(crossing, [around, owner], around.mark)).toBeUndefined();
  });
});

describe('entries of a list', () => {
  it('own the marks beside them', () => {
    const facts = page({
      pictures: [picture(20, 38, 14, 14), picture(20, 78, 14, 14)],
      lines: [line('Ferry', 50, 50), line('Tug', 50, 90)],
    });
    const [first, second] = [text(0), text(1)];
    const list = { ...node([], [first, second]), gathers: true };
    const found = asGroup(find(facts, [list], list.mark));
    expect(found?.children.map((child) => asGroup(child)?.children.map((part) => part.kind))).toEqual([
      ['picture', 'text'],
      ['picture', 'text'],
    ]);
  });

  it('part an area that some of them stand on', () => {
    const facts = page({
      boxes: [box(10, 20, 400, 80)],
      lines: [line('one', 20, 50), line('two', 20, 90), line('three', 20, 130)],
    });
    const list = {
      ...node(
        [],
        [text(0), text(1), text(2)].map((each) => node([], [each])),
      ),
      gathers: true,
    };
    const found = asGroup(find(facts, [list], list.mark));
    expect(found?.children.map((child) => asGroup(child)?.surface?.box.height)).toEqual([44, 36, undefined]);
  });
});

describe('a perceived text', () => {
  it('is one block, however its lines end', () => {
    const facts = page({ lines: [line('Fern', 20, 50), line('Moss', 20, 74), line('Reed', 20, 98)] });
    expect(words(layoutTree(facts).root)).toHaveLength(3);
    expect(words(layoutTree(facts, [text(0, 1, 2)]).root)).toEqual(['Fern Moss Reed']);
  });

  it('is several blocks where its lines stand apart', () => {
    const facts = page({ lines: [line('Total', 20, 50), line('$12', 600, 50)] });
    const whole = text(0, 1);
    expect(asGroup(find(facts, [whole], whole.mark))).toMatchObject({ flow: 'row', children: [{}, {}] });
  });

  it('claims the picture that its box was taken for', () => {
    const facts = page({
      boxes: [box(20, 20, 16, 16)],
      pictures: [picture(20, 20, 16, 16)],
      lines: [line('On', 50, 33)],
    });
    const tick = node(boxes(0), [], 3);
    expect(find(facts, [tick, text(0)], tick.mark)?.kind).toBe('picture');
  });
});

describe('children in rows that nobody perceived', () => {
  it('become a grid of equal cells, or one whose lines they span', () => {
    const places = [0, 1, 2, 3].map((at) => ({ x: 20 + 200 * (at % 2), y: 40 + 120 * Math.floor(at / 2) }));
    const facts = page({
      boxes: places.map(({ x, y }) => box(x, y, 180, 100)),
      lines: places.map(({ x, y }, at) => line(`c${at}`, x + 20, y + 40)),
    });
    const list = node(
      [],
      [0, 1, 2, 3].map((at) => node([], [text(at)], 3)),
    );
    expect(find(facts, [list], list.mark)).toMatchObject({ flow: 'grid', columns: 2 });
    const media = page({
      pictures: [picture(20, 20, 80, 80)],
      lines: [line('Title', 120, 40), line('Below', 120, 80)],
    });
    const item = node([], [node([{ list: 'pictures', index: 0 }], [], 0), text(0), text(1)]);
    const found = asGroup(find(media, [item], item.mark));
    expect(found).toMatchObject({ flow: 'grid', tracks: [20, 120, 160] });
    expect(found?.children.map((child) => child.kind)).toEqual(['picture', 'text', 'text']);
  });
});
