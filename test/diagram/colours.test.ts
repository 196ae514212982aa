/** Colours that were measured a little apart are one; those that were meant to differ stay two. */
import { expect, it } from 'vitest';
import { withEvenColours } from '../../shared/compose/diagram/tidy/colours.ts';
import type { DiagramGraph, GraphNode } from '../../shared/diagram-graph.ts';

type Colour = NonNullable<GraphNode['fill']>;

function evened(
  colours: readonly Partial<Record<'fill' | 'stroke' | 'textColor', Colour>>[],
  background?: Colour,
) {
  const graph: DiagramGraph = {
    kind: 'flowchart',
    width: 100,
    height: 100,
    ...(background ? { background } : {}),
    nodes: colours.map((own, index) => ({
      id: `n${index}`,
      label: '',
      shape: 'rectangle',
      box: { x: 0, y: 0, width: 10, height: 10 },
      ...own,
    })),
    edges: [],
  };
  return withEvenColours(graph).nodes.map(({ fill, stroke, textColor }) => fill ?? stroke ?? textColor);
}

it('thin lines take the colour of the strongest, which is darkest on white and lightest on black', () => {
  const greys: Colour[] = [
    [52, 52, 51],
    [28, 28, 27],
    [32, 32, 31],
  ];
  expect(new Set(evened(greys.map((stroke) => ({ stroke }))).map(String))).toEqual(new Set(['28,28,28']));
  const pale: Colour[] = [
    [200, 200, 220],
    [210, 210, 230],
  ];
  expect(
    evened(
      pale.map((textColor) => ({ textColor })),
      [20, 20, 30],
    ),
  ).toEqual([pale[1], pale[1]]);
});

it("surfaces take the commonest colour, and a palette's neighbours stay apart", () => {
  const fills: Colour[] = [
    [232, 240, 254],
    [231, 240, 253],
    [231, 240, 253],
    [218, 232, 252],
  ];
  expect(evened(fills.map((fill) => ({ fill })))).toEqual([fills[1], fills[1], fills[1], fills[3]]);
  const palette: Colour[] = [
    [108, 142, 191],
    [130, 179, 102],
    [214, 182, 86],
    [184, 84, 80],
    [150, 115, 166],
    [215, 155, 0],
    [0, 0, 0],
    [102, 102, 102],
  ];
  expect(evened(palette.map((stroke) => ({ stroke })))).toEqual(palette);
});
