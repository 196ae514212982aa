/** Random UI trees for property tests: every kind in every other, laid out more or less as a page would be. */
import fc from 'fast-check';
import type { Rect } from '../../shared/geometry.ts';
import {
  type UiFont,
  type UiKind,
  type UiNode,
  type UiRun,
  type UiStyle,
  type UiTree,
  uiKinds,
} from '../../shared/ui-tree.ts';
import { randomRole, randomText } from './random-text.ts';

/** A node without its place. */
interface Draft extends Omit<UiNode, 'box' | 'children' | 'asset'> {
  readonly children: readonly Draft[];
  readonly asset?: 'photo' | 'drawing' | 'icon' | undefined;
  /** Shares of its place that stay free at the left and at the top; a box far off if `wild`. */
  readonly inset: readonly [number, number];
  readonly wild?: Rect | undefined;
}

const channel = fc.oneof(fc.constantFrom(0, 17, 128, 255), fc.double({ min: 0, max: 255, noNaN: true }));
const color = fc.tuple(channel, channel, channel);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });
const number = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

/** The object without what is undefined: such keys are absent in a tree. */
function present<T extends object>(value: T): T {
  // What remains has the same type: only optional keys are ever undefined.
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}

const font: fc.Arbitrary<UiFont> = fc.record({
  kind: fc.constantFrom('sans' as const, 'serif' as const, 'mono' as const),
  family: fc.constantFrom(
    'DejaVu Sans',
    'DejaVu Serif',
    'Roboto',
    'Noto Sans SC',
    'O"dd\\ </style> Face',
    '',
  ),
  size: number(6, 60),
  weight: fc.constantFrom(300, 400, 600, 700, 900),
  italic: fc.boolean(),
  letterSpacing: fc.oneof(fc.constant(0), number(-1, 2)),
  lineHeight: number(8, 90),
});

const side = fc.record({ width: number(0, 4), color });

const style: fc.Arbitrary<UiStyle> = fc
  .record({
    color: maybe(color),
    fill: maybe(color),
    gradient: fc.option(fc.record({ angle: number(0, 360), from: color, to: color }), {
      nil: undefined,
      freq: 8,
    }),
    border: fc.option(
      fc
        .record({ top: maybe(side), right: maybe(side), bottom: maybe(side), left: maybe(side) })
        .map(present),
      { nil: undefined, freq: 4 },
    ),
    radius: maybe(number(0, 30)),
    radii: fc.option(fc.tuple(number(0, 9), number(0, 9), number(0, 9), number(0, 9)), {
      nil: undefined,
      freq: 8,
    }),
    shadow: fc.option(
      fc.record({ offsetY: number(0, 12), blur: number(0, 40), color, alpha: number(0, 1) }),
      { nil: undefined, freq: 6 },
    ),
    font: maybe(font),
    align: maybe(fc.constantFrom('left' as const, 'center' as const, 'right' as const)),
    underline: maybe(fc.boolean()),
    strike: maybe(fc.boolean()),
  })
  .map(present);

const insets = fc.tuple(fc.constantFrom(0, 0, 0, 0.1, 0.25, 0.5), fc.constantFrom(0, 0, 0, 0.1, 0.3));

const wild: fc.Arbitrary<Rect> = fc.record({
  x: number(-40, 1400),
  y: number(-40, 3000),
  width: number(0, 1400),
  height: number(0, 900),
});

/** Stretches of a text, as many as there are words at most. */
const runs: fc.Arbitrary<readonly Omit<UiRun, 'text'>[]> = fc.array(
  fc
    .record({
      line: fc.integer({ min: 0, max: 2 }),
      kind: fc.constantFrom<UiRun['kind'][]>('plain', 'plain', 'span', 'strong', 'em', 'link'),
      style: maybe(style),
    })
    .map(present),
  { minLength: 1, maxLength: 4 },
);

function withRuns(text: string, looks: readonly Omit<UiRun, 'text'>[]): UiRun[] {
  const words = text.split(/(?<=\s)/);
  const each = Math.ceil(words.length / looks.length);
  return looks
    .map((look, index) => ({ ...look, text: words.slice(index * each, (index + 1) * each).join('') }))
    .filter((run) => run.text !== '')
    .sort((a, b) => a.line - b.line);
}

const leafKinds = [
  'heading',
  'text',
  'text',
  'label',
  'link',
  'link',
  'button',
  'button',
  'input',
  'textarea',
  'select',
  'checkbox',
  'radio',
  'switch',
  'image',
  'icon',
  'chart',
  'avatar',
  'video',
  'map',
  'badge',
  'divider',
  'quote',
  'shape',
  'legend',
  'term',
  'description',
] as const satisfies readonly UiKind[];
const pictured = new Set<UiKind>(['image', 'icon', 'chart', 'avatar', 'video', 'map', 'shape']);
const wordless = new Set<UiKind>(['divider', 'shape', 'checkbox', 'radio', 'switch', 'icon']);

const leaf = (kinds: readonly UiKind[]): fc.Arbitrary<Draft> =>
  fc
    .record({
      kind: fc.constantFrom(...kinds),
      text: randomText,
      role: fc.option(randomRole, { nil: undefined, freq: 6 }),
      state: maybe(
        fc.constantFrom(
          'checked' as const,
          'selected' as const,
          'disabled' as const,
          'placeholder' as const,
          'secret' as const,
        ),
      ),
      level: maybe(fc.integer({ min: 1, max: 6 })),
      looks: fc.option(runs, { nil: undefined, freq: 6 }),
      hard: fc.option(fc.boolean(), { nil: false, freq: 8 }),
      wrap: fc.option(fc.tuple(number(10, 300), number(300, 900)), { nil: undefined, freq: 4 }),
      style: maybe(style),
      asset: fc.constantFrom('photo' as const, 'drawing' as const, 'icon' as const),
      inset: insets,
    })
    .map(({ kind, text, looks, hard, asset, ...rest }) =>
      present({
        ...rest,
        kind,
        children: [],
        text: wordless.has(kind) ? undefined : text,
        runs: looks && !wordless.has(kind) ? withRuns(text, looks) : undefined,
        lines: hard && text.includes(' ') ? text.split(' ') : undefined,
        asset: pictured.has(kind) ? asset : undefined,
      }),
    );

const flowKinds = [
  'header',
  'nav',
  'main',
  'section',
  'aside',
  'footer',
  'article',
  'card',
  'card',
  'grid',
  'row',
  'row',
  'column',
  'overlay',
  'list',
  'item',
  'form',
  'field',
  'tabs',
  'fieldset',
  'details',
  'link',
  'button',
  'label',
  'quote',
] as const satisfies readonly UiKind[];

const parent = (kinds: readonly UiKind[], child: fc.Arbitrary<Draft>, most: number): fc.Arbitrary<Draft> =>
  fc
    .record({
      kind: fc.constantFrom(...kinds),
      role: fc.option(randomRole, { nil: undefined, freq: 5 }),
      flow: maybe(fc.constantFrom('column' as const, 'row' as const, 'grid' as const, 'overlay' as const)),
      columns: maybe(fc.integer({ min: 1, max: 5 })),
      state: fc.option(fc.constantFrom('selected' as const, 'disabled' as const), {
        nil: undefined,
        freq: 8,
      }),
      style: maybe(style),
      asset: fc.option(fc.constantFrom('photo' as const, 'drawing' as const), { nil: undefined, freq: 12 }),
      children: fc.array(child, { minLength: 1, maxLength: most }),
      inset: insets,
    })
    .map(present);

/** The same thing with other words, and now and then without one of its parts or in another state. */
function variant(draft: Draft, words: readonly string[], without: number): Draft {
  let at = 0;
  let part = 0;
  const visit = (node: Draft): Draft[] => {
    part += 1;
    if (part > 2 && part === without && node.children.length === 0) return [];
    const text = node.text === undefined ? undefined : (words[at++ % words.length] ?? node.text);
    const children = node.children.flatMap(visit);
    if (node.children.length > 0 && children.length === 0) return [];
    return [present({ ...node, text, children, runs: undefined, lines: undefined })];
  };
  return visit(draft)[0] ?? draft;
}

const repeated = (item: fc.Arbitrary<Draft>): fc.Arbitrary<Draft> =>
  fc
    .record({
      kind: fc.constantFrom<UiKind[]>('grid', 'list', 'row', 'column', 'nav', 'section'),
      flow: fc.constantFrom('grid' as const, 'row' as const, 'column' as const),
      columns: fc.integer({ min: 2, max: 4 }),
      item,
      items: fc.array(
        fc.record({
          words: fc.array(randomText, { minLength: 1, maxLength: 5 }),
          without: fc.integer({ min: 0, max: 12 }),
        }),
        { minLength: 2, maxLength: 7 },
      ),
    })
    .map(({ item: model, items, ...rest }) => ({
      ...rest,
      inset: [0, 0],
      children: items.map(({ words, without }) => variant(model, words, without)),
    }));

const table = (content: fc.Arbitrary<Draft>): fc.Arbitrary<Draft> =>
  fc
    .record({
      columns: fc.integer({ min: 1, max: 5 }),
      headed: fc.boolean(),
      rows: fc.integer({ min: 1, max: 6 }),
      style: maybe(style),
      cells: fc.array(fc.array(content, { maxLength: 2 }), { minLength: 1, maxLength: 12 }),
      span: fc.option(fc.integer({ min: 1, max: 30 }), { nil: 0, freq: 3 }),
    })
    .map(({ columns, headed, rows, cells, span, style: look }) => {
      const row = (number: number): Draft => {
        const spans = number + 1 === span && columns > 1;
        const cell = (at: number): Draft => ({
          kind: 'cell',
          inset: [0, 0],
          children: cells[(number * columns + at) % cells.length] ?? [],
          ...(spans && at === 0 && { span: 2 }),
          ...(look && number === 0 && { style: look }),
        });
        return {
          kind: 'table-row',
          inset: [0, 0],
          children: Array.from({ length: spans ? columns - 1 : columns }, (_, at) => cell(at)),
        };
      };
      return {
        kind: 'table',
        columns,
        inset: [0, 0],
        ...(headed && { state: 'headed' as const }),
        children: Array.from({ length: rows }, (_, at) => row(at)),
      };
    });

const leaves = leaf(leafKinds);
/** Kinds used as nobody would: a table of nothing, a page in a cell. */
const anything = (child: fc.Arbitrary<Draft>): fc.Arbitrary<Draft> =>
  fc.oneof(leaf(uiKinds), parent(uiKinds, child, 3));

const small = parent(['card', 'item', 'row', 'link', 'field', 'article', 'column', 'button'], leaves, 4);
const middle = fc.oneof(
  { weight: 6, arbitrary: leaves },
  { weight: 4, arbitrary: small },
  { weight: 3, arbitrary: repeated(fc.oneof(leaves, small, parent(['card', 'item', 'row'], small, 3))) },
  { weight: 1, arbitrary: table(leaves) },
  { weight: 1, arbitrary: anything(leaves) },
);
const large = fc.oneof(
  { weight: 2, arbitrary: middle },
  { weight: 5, arbitrary: parent(flowKinds, middle, 5) },
  { weight: 1, arbitrary: table(middle) },
  {
    weight: 1,
    arbitrary: fc.tuple(anything(middle), wild).map(([draft, box]): Draft => ({ ...draft, wild: box })),
  },
);

const gap = 8;

/** Where the children of a node stand, by its flow. */
function placesOf(draft: Draft, box: Rect): Rect[] {
  const count = draft.children.length;
  const inner = {
    x: box.x + gap,
    y: box.y + gap,
    width: Math.max(0, box.width - 2 * gap),
    height: Math.max(0, box.height - 2 * gap),
  };
  const flow = draft.kind === 'table-row' ? 'row' : draft.kind === 'table' ? 'column' : draft.flow;
  if (flow === 'overlay') return draft.children.map(() => inner);
  const columns = flow === 'row' ? count : flow === 'grid' ? Math.min(count, draft.columns ?? count) : 1;
  const rows = Math.ceil(count / Math.max(1, columns));
  const width = Math.max(0, (inner.width - (columns - 1) * gap) / Math.max(1, columns));
  const height = Math.max(0, (inner.height - (rows - 1) * gap) / Math.max(1, rows));
  return draft.children.map((_, index) => ({
    x: inner.x + (index % columns) * (width + gap),
    y: inner.y + Math.floor(index / columns) * (height + gap),
    width,
    height,
  }));
}

function place(draft: Draft, given: Rect): UiNode {
  const { inset, wild: far, asset, children, ...rest } = draft;
  const [left, top] = inset;
  const box = far ?? {
    x: given.x + left * given.width,
    y: given.y + top * given.height,
    width: (1 - left) * given.width,
    height: (1 - top) * given.height,
  };
  const places = placesOf(draft, box);
  const placed = children.map((child, index) => place(child, places[index] ?? box));
  const columns = draft.columns ?? 1;
  const tracks = Array.from({ length: columns + 1 }, (_, at) => box.x + (at * box.width) / columns);
  return {
    ...rest,
    box,
    ...(draft.kind === 'table' && { tracks }),
    ...(asset !== undefined && { asset: { kind: asset, box, erase: [] } }),
    ...(placed.length > 0 && { children: placed }),
  };
}

/** Trees that `uiTreeSchema` accepts, up to some 150 nodes, 390 to 1280 pixels wide. */
export const randomTree: fc.Arbitrary<UiTree> = fc
  .record({
    width: fc.constantFrom(390, 800, 1280),
    height: fc.integer({ min: 100, max: 3000 }),
    language: fc.constantFrom('en', 'zh-Hans', 'ar'),
    background: color,
    flow: maybe(fc.constantFrom('column' as const, 'row' as const)),
    style: maybe(style),
    children: fc.array(large, { maxLength: 6 }),
  })
  .map(({ flow, style: look, children, ...page }) => ({
    ...page,
    root: place(present({ kind: 'page', flow, style: look, children, inset: [0, 0] }), {
      x: 0,
      y: 0,
      width: page.width,
      height: page.height,
    }),
  }));
