/** Each rule by which a perception is merged with what was measured; pixels are asked elsewhere. */
import { describe, expect, it } from 'vitest';
import { planMerge } from '../../../shared/compose/perceived/match.ts';
import { applyMerge } from '../../../shared/compose/perceived/match-apply.ts';
import type { GivenFacts } from '../../../shared/facts/given/given.ts';
import type {
  PageBox,
  PageFacts,
  PagePicture,
  Separator,
  TextLine,
} from '../../../shared/facts/page-facts.ts';
import type { Rect } from '../../../shared/geometry.ts';
import type { PerceivedNode } from '../../../shared/tasks/perceive/perception.ts';

const rect = (x: number, y: number, width: number, height = 12): Rect => ({ x, y, width, height });

function line(text: string, box: Rect, confidence = 0.95): TextLine {
  return {
    text,
    confidence,
    box,
    baseline: box.y + box.height,
    words: [{ text, box, confidence }],
    color: [17, 24, 39],
    background: [255, 255, 255],
    typography: {
      kind: 'sans',
      family: 'DejaVu Sans',
      size: 16,
      weight: 400,
      italic: false,
      letterSpacing: 0,
    },
    underline: false,
    strike: false,
    onPicture: false,
  };
}

const box = (place: Rect): PageBox => ({
  box: place,
  fill: [240, 240, 240],
  border: {},
  radius: 4,
  confidence: 0.9,
});
const icon = (place: Rect): PagePicture => ({
  box: place,
  kind: 'icon',
  radius: 0,
  background: [255, 255, 255],
});
const rule = (place: Rect): Separator => ({ box: place, color: [200, 200, 200], orientation: 'horizontal' });

const page = (parts: Partial<PageFacts>): PageFacts => ({
  width: 800,
  height: 600,
  pixelRatio: 1,
  background: [255, 255, 255],
  palette: [],
  lines: [],
  boxes: [],
  separators: [],
  pictures: [],
  language: 'en',
  ...parts,
});

/** The answer of a picture that has what was asked for, or has not. */
function answer(facts: PageFacts, parts: Partial<GivenFacts>, replaced: readonly number[] = []): GivenFacts {
  const lines = facts.lines.map((one, index) => (replaced.includes(index) ? undefined : one));
  return { texts: [], pictures: [], things: [], lines, rest: [], decorations: [], ...parts };
}

const plan = (facts: PageFacts, ...nodes: PerceivedNode[]) => planMerge(facts, { nodes });
const merge = (facts: PageFacts, ...nodes: PerceivedNode[]) => applyMerge(plan(facts, ...nodes));

describe('a text that was read as it was perceived', () => {
  it('is the nearest line with its words, and nothing has to be measured', () => {
    const facts = page({
      lines: [line('Read more', rect(20, 100, 80)), line('Read more', rect(20, 200, 80))],
    });
    const second = { kind: 'link', text: 'Read more', box: rect(23, 197, 82) } as const;
    expect(plan(facts, second).given).toEqual({ texts: [], things: [] });
    const merged = merge(facts, second);
    expect(merged.perception.nodes).toEqual([
      { ...second, box: rect(20, 200, 80), measured: [{ list: 'lines', index: 1 }] },
    ]);
    expect(merged.facts.lines).toEqual(facts.lines);
  });

  it('has its kind, state and level from the model, its box from the pixels', () => {
    const facts = page({ lines: [line('Prices', rect(20, 40, 60, 20))] });
    const [node] = merge(facts, {
      kind: 'heading',
      level: 2,
      state: 'selected',
      text: 'Prices',
      box: rect(16, 43, 70),
    }).perception.nodes;
    expect(node).toMatchObject({ kind: 'heading', level: 2, state: 'selected', box: rect(20, 40, 60, 20) });
  });

  it('of several lines names them in reading order', () => {
    const facts = page({
      lines: [line('and ends here', rect(20, 64, 100)), line('It starts', rect(20, 40, 80))],
    });
    const [node] = merge(facts, {
      kind: 'text',
      text: 'It starts\nand ends here',
      box: rect(18, 38, 110, 42),
    }).perception.nodes;
    expect(node?.measured).toEqual([
      { list: 'lines', index: 1 },
      { list: 'lines', index: 0 },
    ]);
  });
});

describe('what the picture has to tell', () => {
  it('words that differ: the measured line and the place are asked', () => {
    const facts = page({ lines: [line('Mew', rect(20, 40, 40), 0.4)] });
    const { texts } = plan(facts, { kind: 'link', text: 'Menu', box: rect(19, 41, 42) }).given;
    expect(texts).toEqual([{ text: 'Menu', box: rect(19, 41, 42), lines: [0], pictures: [] }]);
  });

  it('two texts in one measured line: both name it', () => {
    const facts = page({ lines: [line('Home Prices', rect(20, 40, 130))] });
    const nodes = [
      { kind: 'link', text: 'Home', box: rect(18, 42, 44) } as const,
      { kind: 'link', text: 'Prices', box: rect(98, 39, 54) } as const,
    ];
    expect(plan(facts, ...nodes).given.texts.map(({ lines }) => lines)).toEqual([[0], [0]]);
  });

  it('of a line that several texts name, a text without a box has the place of its words', () => {
    const words = ['Guide', '>', 'Jobs'].map((text, index) => ({
      text,
      box: rect(20 + 50 * index, 40, 40),
      confidence: 0.9,
    }));
    const facts = page({ lines: [{ ...line('Guide > Jobs', rect(20, 40, 140)), words }] });
    const measured = [{ list: 'lines' as const, index: 0 }];
    const { texts } = plan(
      facts,
      { kind: 'link', text: 'Guide', measured },
      { kind: 'link', text: 'Jobs', box: rect(118, 39, 45) },
    ).given;
    expect(texts.map(({ text, box, lines }) => ({ text, box, lines }))).toEqual([
      { text: 'Guide', box: rect(20, 40, 40), lines: [0] },
      { text: 'Jobs', box: rect(118, 39, 45), lines: [0] },
    ]);
  });

  it('of a text told in another order than it stands in, only the lines that read otherwise', () => {
    const facts = page({
      lines: [
        line('14:02', rect(20, 40, 40)),
        line('started', rect(80, 40, 60)),
        line('14:03', rect(20, 60, 40)),
        line('st0pped', rect(80, 60, 60)),
      ],
    });
    const measured = [0, 1, 2, 3].map((index) => ({ list: 'lines' as const, index }));
    const asked = plan(facts, { kind: 'text', text: 'started\n14:02\nstopped\n14:03', measured });
    expect(asked.given.texts).toEqual([{ text: 'stopped', lines: [3], pictures: [] }]);
    const found = [line('stopped', rect(80, 60, 60))];
    const merged = applyMerge(asked, answer(facts, { texts: [found], pictures: [[]] }, [3]));
    expect(merged.perception.nodes[0]?.text).toBe('14:02\nstarted\n14:03\nstopped');
  });

  it('a text whose line breaks are not those of the page, as a whole', () => {
    const facts = page({
      lines: [line('one two three', rect(20, 40, 130)), line('four five slx', rect(20, 60, 130))],
    });
    const text = 'one two\nthree four\nfive six';
    const { texts } = plan(facts, { kind: 'text', text, box: rect(18, 38, 140, 40) }).given;
    expect(texts).toMatchObject([{ text, lines: [0, 1] }]);
  });

  it('letters that were measured as a picture', () => {
    const facts = page({ pictures: [icon(rect(20, 40, 44))] });
    const node = { kind: 'link', text: 'Login', box: rect(18, 38, 50, 18) } as const;
    const asked = plan(facts, node);
    expect(asked.given.texts[0]?.pictures).toEqual([0]);
    const found = [line('Login', rect(20, 40, 44))];
    const merged = applyMerge(asked, answer(facts, { texts: [found], pictures: [[0]] }));
    expect(merged.facts.pictures).toEqual([]);
    expect(merged.facts.lines).toEqual(found);
    expect(merged.perception.nodes[0]?.measured).toEqual([{ list: 'lines', index: 0 }]);
  });

  it('a control that was not measured', () => {
    const asked = plan(page({}), { kind: 'checkbox', box: rect(20, 40, 16, 16) });
    expect(asked.given.things).toEqual([{ kind: 'box', box: rect(20, 40, 16, 16) }]);
    const thing = { list: 'boxes', item: box(rect(21, 41, 14, 14)) } as const;
    const merged = applyMerge(asked, answer(asked.facts, { things: [thing] }));
    expect(merged.facts.boxes).toEqual([thing.item]);
    expect(merged.perception.nodes[0]).toMatchObject({ box: rect(21, 41, 14, 14) });
  });
});

describe('what is not there', () => {
  it('text and pictures without ink are dropped, and containers that held nothing else', () => {
    const facts = page({ lines: [line('Prices', rect(20, 40, 60))] });
    const asked = plan(
      facts,
      { kind: 'nav', children: [{ kind: 'link', text: 'Nobody wrote this', box: rect(400, 400, 90) }] },
      { kind: 'image', box: rect(300, 300, 100, 80) },
    );
    const merged = applyMerge(asked, answer(facts, { texts: [[]], things: [undefined] }));
    expect(merged.perception.nodes).toEqual([]);
    expect(merged.facts.lines).toEqual(facts.lines);
  });

  it('what was perceived twice is named once', () => {
    const facts = page({ lines: [line('Prices', rect(20, 40, 60))] });
    const node = { kind: 'link', text: 'Prices', box: rect(20, 40, 60) } as const;
    expect(merge(facts, node, { ...node, box: rect(22, 41, 60) }).perception.nodes).toHaveLength(1);
  });
});

describe('references of the model', () => {
  it('stand, whatever the place', () => {
    const facts = page({ lines: [line('Prices', rect(20, 40, 60)), line('Prices', rect(20, 90, 60))] });
    const [node] = merge(facts, { kind: 'link', measured: [{ list: 'lines', index: 1 }] }).perception.nodes;
    expect(node).toMatchObject({ text: 'Prices', box: rect(20, 90, 60) });
  });

  it('count for nothing where the line reads otherwise and lies elsewhere, or does not exist', () => {
    const facts = page({ lines: [line('Shipping', rect(400, 500, 80)), line('Prices', rect(20, 40, 60))] });
    const measured = [0, 7].map((index) => ({ list: 'lines' as const, index }));
    const [node] = merge(facts, { kind: 'link', text: 'Prices', box: rect(22, 42, 60), measured }).perception
      .nodes;
    expect(node?.measured).toEqual([{ list: 'lines', index: 1 }]);
  });

  it('leave a line to the element that has its words and its place', () => {
    const facts = page({
      lines: [line('First thing', rect(20, 40, 90)), line('Second one', rect(20, 60, 90))],
    });
    const measured = [0, 1].map((index) => ({ list: 'lines' as const, index }));
    const { nodes } = merge(
      facts,
      { kind: 'item', text: 'First thing', measured },
      { kind: 'item', text: 'Second one', box: rect(18, 59, 95) },
    ).perception;
    expect(nodes.map(({ text }) => text)).toEqual(['First thing', 'Second one']);
  });

  it('of two elements to one thing: the one whose words are more like it has it', () => {
    const facts = page({ lines: [line('Prices', rect(20, 40, 60))] });
    const measured = [{ list: 'lines' as const, index: 0 }];
    const nodes = [
      { kind: 'text', text: 'Pr', measured } as const,
      { kind: 'link', text: 'Prices', measured } as const,
    ];
    expect(merge(facts, ...nodes).perception.nodes.map(({ kind }) => kind)).toEqual(['link']);
  });
});

describe('pictures, boxes and rules', () => {
  it('are the perceived ones at their place; a button has its box and its words', () => {
    const facts = page({
      lines: [line('Save', rect(40, 50, 36))],
      boxes: [box(rect(20, 40, 76, 32)), box(rect(0, 0, 800, 300))],
      pictures: [icon(rect(200, 40, 20, 20)), icon(rect(240, 40, 20, 20))],
      separators: [rule(rect(20, 120, 700, 1))],
    });
    const { nodes } = merge(
      facts,
      { kind: 'button', text: 'Save', box: rect(18, 42, 80, 30) },
      { kind: 'icon', box: rect(237, 43, 22, 19) },
      { kind: 'divider', box: rect(22, 118, 690, 3) },
    ).perception;
    expect(nodes.map(({ measured }) => measured?.map(({ list, index }) => `${list} ${index}`))).toEqual([
      ['lines 0', 'boxes 0'],
      ['pictures 1'],
      ['separators 0'],
    ]);
  });

  it('a short or unsure line that is perceived as an icon becomes one', () => {
    const facts = page({ lines: [line('Q', rect(20, 40, 18, 18), 0.9)] });
    const merged = merge(facts, { kind: 'icon', box: rect(19, 41, 20, 18) });
    expect(merged.facts.lines).toEqual([]);
    expect(merged.facts.pictures).toEqual([icon(rect(20, 40, 18, 18))]);
    expect(merged.perception.nodes[0]?.measured).toEqual([{ list: 'pictures', index: 0 }]);
  });

  it('a letter that is named as an icon becomes one, a word does not', () => {
    const facts = page({ lines: [line('M', rect(20, 40, 18, 18)), line('Menu', rect(60, 40, 40))] });
    const merged = merge(
      facts,
      { kind: 'icon', measured: [{ list: 'lines', index: 0 }] },
      { kind: 'icon', measured: [{ list: 'lines', index: 1 }] },
    );
    expect(merged.facts.lines.map(({ text }) => text)).toEqual(['Menu']);
    expect(merged.facts.pictures).toEqual([icon(rect(20, 40, 18, 18))]);
  });

  it('parts of a picture are it; what was surely read in it, and what another element is, stays', () => {
    const facts = page({
      lines: [line('Sales', rect(110, 104, 60)), line('ll', rect(120, 130, 10), 0.4)],
      boxes: [box(rect(104, 120, 14, 72)), box(rect(300, 100, 60, 60))],
      pictures: [icon(rect(140, 110, 20, 20)), icon(rect(170, 110, 20, 20))],
    });
    const asked = plan(
      facts,
      { kind: 'chart', box: rect(100, 100, 100, 90) },
      { kind: 'icon', measured: [{ list: 'pictures', index: 1 }] },
    );
    const found = { ...icon(rect(106, 108, 90, 80)), kind: 'drawing' as const };
    const merged = applyMerge(asked, answer(facts, { things: [{ list: 'pictures', item: found }] }));
    expect(merged.facts.lines).toEqual([facts.lines[0]]);
    expect(merged.facts.boxes).toEqual([facts.boxes[1]]);
    expect(merged.facts.pictures).toEqual([facts.pictures[1], { ...found, box: rect(104, 108, 92, 84) }]);
    const nothing = applyMerge(asked, answer(facts, { things: [undefined] }));
    expect(nothing.facts.boxes).toEqual(facts.boxes);
  });

  it('a long line that was surely read stays text', () => {
    const facts = page({ lines: [line('Brightwell', rect(20, 40, 90, 18))] });
    const asked = plan(facts, { kind: 'image', box: rect(19, 41, 92, 18) });
    expect(applyMerge(asked, answer(facts, { things: [undefined] })).facts.lines).toEqual(facts.lines);
  });

  it('a rule that turns out to be an underline is no rule any more', () => {
    const facts = page({ separators: [rule(rect(20, 54, 60, 1)), rule(rect(20, 90, 700, 1))] });
    const asked = plan(facts, { kind: 'link', text: 'Prices', box: rect(20, 40, 60, 16) });
    const texts = [[{ ...line('Prices', rect(20, 40, 60)), underline: true }]];
    const merged = applyMerge(asked, answer(facts, { texts, pictures: [[]], decorations: [0] }));
    expect(merged.facts.separators).toEqual([facts.separators[1]]);
  });
});
