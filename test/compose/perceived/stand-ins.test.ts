/** Places of a perceived page in their measured layout: what stands for what, under which names, and which are taken. */
import { describe, expect, it } from 'vitest';
import { chooseGrafts } from '../../../shared/compose/perceived/choose-grafts.ts';
import { grafted, standInsOf } from '../../../shared/compose/perceived/stand-ins.ts';
import { childrenOf, type UiKind, type UiNode, walk } from '../../../shared/ui-tree.ts';

const rect = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

const text = (words: string, x: number, y: number, kind: UiKind = 'text', size = 14): UiNode => ({
  kind,
  text: words,
  box: rect(x, y, 80, 20),
  style: {
    font: {
      kind: 'sans',
      family: 'Inter',
      size,
      weight: 400,
      italic: false,
      letterSpacing: 0,
      lineHeight: 20,
    },
  },
});

const group = (kind: UiKind, flow: 'row' | 'column', ...children: UiNode[]): UiNode => {
  const left = Math.min(...children.map(({ box }) => box.x));
  const top = Math.min(...children.map(({ box }) => box.y));
  const end = Math.max(...children.map(({ box }) => box.x + box.width));
  const base = Math.max(...children.map(({ box }) => box.y + box.height));
  return { kind, flow, box: rect(left, top, end - left, base - top), children };
};

const painted = (node: UiNode): UiNode => ({ ...node, style: { fill: [240, 240, 240] } });
const shape = (node: UiNode): unknown =>
  childrenOf(node).length === 0 ? [node.kind, node.text] : [node.kind, ...childrenOf(node).map(shape)];

/** Two entries and a heading: a list for the model, two columns for the pixels. */
const names = [text('One', 0, 50, 'link'), text('Two', 0, 80, 'link')];
const list = group(
  'list',
  'column',
  ...[50, 80].map((y, at) => group('item', 'row', names[at] ?? text('', 0, 0), text(`${at + 1}`, 100, y))),
);
const perceived = group('page', 'column', text('Title', 0, 0, 'heading'), list);
const columns = group(
  'row',
  'row',
  group('column', 'column', text('One', 0, 51), text('Two', 0, 80)),
  group('column', 'column', text('1', 100, 50), text('2', 100, 80)),
);
const measured = group('page', 'column', text('Title', 0, 0, 'text', 15), columns);

describe('standInsOf', () => {
  const standIns = standInsOf(perceived, measured);

  it('has the measured layout of the same things, and the perceived names of its texts', () => {
    const standIn = standIns.get(list);
    expect(standIn && shape(standIn)).toEqual([
      'list',
      ['column', ['link', 'One'], ['link', 'Two']],
      ['column', ['text', '1'], ['text', '2']],
    ]);
    expect(standIn?.flow).toBe('row');
    // As it was measured there.
    expect([...walk(standIn ?? list)].find((node) => node.text === 'One')?.box.y).toBe(51);
    expect(shape(standIns.get(perceived) ?? list)).toEqual([
      'page',
      ['heading', 'Title'],
      shape(standIn ?? list),
    ]);
  });

  it('has the measured look of a text with the same words', () => {
    const [heading] = childrenOf(perceived);
    expect(heading && standIns.get(heading)).toMatchObject({
      kind: 'heading',
      style: { font: { size: 15 } },
    });
  });

  it('has none for what stands apart on the measured page', () => {
    const entry = childrenOf(list)[0];
    expect(entry && standIns.has(entry)).toBe(false);
  });

  it('takes a run of neighbours, and the words of the perceived page', () => {
    const pair = group('section', 'column', text('Alpha', 0, 30), text('Beta', 0, 60));
    const page = group('page', 'column', text('Title', 0, 0), pair);
    const flat = group('page', 'column', text('Title', 0, 0), text('Aipha', 0, 31), text('Beta', 0, 60));
    const standIn = standInsOf(page, flat).get(pair);
    expect(standIn && shape(standIn)).toEqual(['section', ['text', 'Alpha'], ['text', 'Beta']]);
  });

  it('leaves whole what was perceived as one text of several lines', () => {
    const log = { ...text('12:00 up\n12:01 down', 0, 30), box: rect(0, 30, 180, 50) };
    const section = group('section', 'column', text('Log', 0, 0), log);
    const page = group('page', 'column', section, text('Below', 0, 100));
    const lines = ['12:00', '12:01'].map((time, at) =>
      group('row', 'row', text(time, 0, 30 + 25 * at), text(at === 0 ? 'up' : 'down', 100, 30 + 25 * at)),
    );
    const rows = group('column', 'column', text('Log', 0, 0), ...lines);
    const inOne = group('page', 'column', rows, text('Below', 0, 100));
    const standIn = standInsOf(page, inOne).get(section);
    expect(standIn && shape(standIn)).toEqual(['section', ['text', 'Log'], ['text', log.text]]);
    const note = text('Note', 100, 85);
    const [times, states] = [0, 1].map((side) => lines.flatMap((line) => childrenOf(line)[side] ?? []));
    const noted = { ...section, children: [...childrenOf(section), note] };
    const columns = group(
      'row',
      'row',
      group('column', 'column', ...(times ?? [])),
      group('column', 'column', ...(states ?? []), note),
    );
    const apart = group('page', 'column', group('column', 'column', text('Log', 0, 0), columns));
    const whole = group('page', 'column', noted);
    expect(standInsOf(whole, apart).has(noted)).toBe(false);
    // In the pieces that were measured it can.
    expect(standInsOf(whole, apart, true).has(noted)).toBe(true);
  });

  it('keeps a visible box, once', () => {
    const card = painted(group('card', 'column', group('form', 'column', text('A', 0, 0), text('B', 0, 30))));
    const flat = group('page', 'column', painted(group('card', 'column', text('A', 0, 0), text('B', 0, 30))));
    const page = group('page', 'column', card);
    const standIn = standInsOf(page, flat);
    const form = childrenOf(card)[0];
    expect(standIn.get(card)?.style?.fill).toBeDefined();
    expect(form && standIn.get(form)).toMatchObject({ kind: 'form' });
    expect(form && standIn.get(form)?.style).toBeUndefined();
  });

  it('joins a line that is two texts on the other page', () => {
    const one = { ...text('Left right', 0, 0), box: rect(0, 0, 180, 20) };
    const both = group('row', 'row', text('Left', 0, 0), text('right', 100, 0));
    const page = group('page', 'column', both, text('Below', 0, 40));
    const standIn = standInsOf(page, group('page', 'column', one, text('Below', 0, 40)));
    const [left] = childrenOf(both);
    expect(left && standIn.has(left)).toBe(false);
    expect(shape(standIn.get(page) ?? page)).toEqual(['page', ['text', 'Left right'], ['text', 'Below']]);
  });
});

describe('chooseGrafts', () => {
  const standIns = standInsOf(perceived, measured);
  const taken = (gains: ReadonlyMap<UiNode, number>, partsShare: number): UiNode[] => {
    const offerFor = (node: UiNode) => {
      const standIn = standIns.get(node);
      const gain = gains.get(node);
      return standIn === undefined || gain === undefined ? undefined : { standIn, gain };
    };
    return [...chooseGrafts(perceived, { offerFor, least: 0.01, partsShare }).keys()];
  };

  it('takes the smallest place that brings most of the gain', () => {
    const gains = new Map([
      [perceived, 0.1],
      [list, 0.09],
    ]);
    expect(taken(gains, 0.8)).toEqual([list]);
    expect(taken(gains, 1.5)).toEqual([perceived]);
    expect(taken(new Map([[list, 0.005]]), 0.8)).toEqual([]);
  });

  it('grafts in place', () => {
    const standIn = standIns.get(list) ?? list;
    const root = grafted(perceived, new Map([[list, standIn]]));
    expect(childrenOf(root)[0]).toBe(childrenOf(perceived)[0]);
    expect(childrenOf(root)[1]).toBe(standIn);
    expect(grafted(perceived, new Map())).toEqual(perceived);
  });
});
