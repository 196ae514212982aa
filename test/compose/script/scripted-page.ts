/** A page with everything that a script can drive. */
import type { Rect } from '../../../shared/geometry.ts';
import type { UiFont, UiNode, UiStyle, UiTree } from '../../../shared/ui-tree.ts';

const font = (size: number, weight = 400): UiFont => ({
  kind: 'sans',
  family: 'DejaVu Sans',
  size,
  weight,
  italic: false,
  letterSpacing: 0,
  lineHeight: 1.5 * size,
});
const rect = (x: number, y: number, width: number, height: number): Rect => ({ x, y, width, height });
const black: UiStyle = { color: [20, 20, 30] };

function words(kind: UiNode['kind'], text: string, box: Rect, style: UiStyle = {}): UiNode {
  return { kind, text, box, style: { ...black, font: font(16), ...style } };
}

const link = (text: string, x: number, y: number): UiNode =>
  words('link', text, rect(x, y, 9.6 * text.length, 24));

const header: UiNode = {
  kind: 'header',
  box: rect(0, 0, 1280, 72),
  flow: 'row',
  style: { fill: [240, 240, 250] },
  children: [
    words('text', 'Kite & Co', rect(24, 24, 80, 24), { font: font(16, 700) }),
    {
      kind: 'nav',
      box: rect(760, 24, 330, 24),
      flow: 'row',
      children: [link('Boats', 760, 24), link('Harbours', 850, 24), link('Prices', 970, 24)],
    },
    {
      kind: 'button',
      box: rect(1150, 16, 106, 40),
      style: { fill: [30, 60, 160], radius: 6 },
      children: [words('text', 'Sign in', rect(1172, 24, 62, 24), { color: [255, 255, 255] })],
    },
  ],
};

const tab = (text: string, x: number, selected: boolean): UiNode => ({
  kind: 'item',
  box: rect(x, 96, 120, 40),
  ...(selected && {
    state: 'selected' as const,
    style: { border: { bottom: { width: 2, color: [30, 60, 160] as const } } },
  }),
  children: [words('text', text, rect(x + 10, 104, 100, 24), selected ? { color: [30, 60, 160] } : {})],
});

const panel: UiNode = {
  kind: 'section',
  box: rect(24, 152, 1232, 60),
  children: [words('text', 'Seven boats lie in the harbour.', rect(24, 152, 280, 24))],
};

const tabs: UiNode = {
  kind: 'column',
  box: rect(24, 96, 1232, 116),
  children: [
    {
      kind: 'tabs',
      box: rect(24, 96, 360, 40),
      flow: 'row',
      children: [tab('Today', 24, false), tab('Week', 144, true), tab('Year', 264, false)],
    },
    panel,
  ],
};

const question = (text: string, y: number): UiNode[] => [
  {
    kind: 'row',
    flow: 'row',
    box: rect(24, y, 600, 24),
    children: [
      { ...words('heading', text, rect(24, y, 200, 24)), level: 3 },
      {
        kind: 'icon',
        box: rect(600, y, 24, 24),
        symbol: {
          name: 'chevron-up',
          nodes: [['path', { d: 'm18 15-6-6-6 6' }]],
          strokeWidth: 2,
          color: [20, 20, 30],
        },
      },
    ],
  },
  words('text', `${text} Yes, but not when the wind is strong.`, rect(24, y + 32, 460, 24)),
];

const questions: UiNode = {
  kind: 'section',
  box: rect(24, 240, 1232, 150),
  children: [...question('May I sail?', 240), ...question('May I row?', 330)],
};

const card = (index: number): UiNode => ({
  kind: 'card',
  box: rect(24 + 420 * index, 420, 392, 120),
  style: { fill: [230, 240, 230], radius: 8 },
  children: [
    { ...words('heading', `Boat ${index + 1}`, rect(48 + 420 * index, 440, 80, 24)), level: 3 },
    words('text', 'It has one mast and two sails.', rect(48 + 420 * index, 480, 270, 24)),
  ],
});

const carousel: UiNode = {
  kind: 'section',
  role: 'carousel',
  box: rect(24, 420, 1232, 120),
  children: [
    {
      kind: 'grid',
      flow: 'grid',
      columns: 3,
      box: rect(24, 420, 1232, 120),
      children: [card(0), card(1), card(2)],
    },
  ],
};

const pageOf = (children: UiNode[]): UiTree => ({
  width: 1280,
  height: 600,
  language: 'en',
  background: [255, 255, 255],
  root: { kind: 'page', box: rect(0, 0, 1280, 600), children },
});

export const scriptedPage: UiTree = pageOf([
  header,
  { kind: 'main', box: rect(0, 96, 1280, 460), children: [tabs, questions, carousel] },
]);

/** Nothing of it moves. */
export const stillPage: UiTree = pageOf([panel]);
