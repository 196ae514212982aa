/** Even colours: what was meant to be one colour is written as one, so that it can be changed as one. */
import { converter } from 'culori';
import type { DiagramGraph } from '../../../diagram-graph.ts';
import { type Rgb, toHex } from '../../../geometry.ts';

const oklab = converter('oklab');

interface Lab {
  readonly l: number;
  readonly a: number;
  readonly b: number;
}

function labOf([red, green, blue]: Rgb): Lab {
  return oklab({ mode: 'rgb', r: red / 255, g: green / 255, b: blue / 255 });
}

/** OKLab's lightness and hue plane. Surfaces are measured well; a thin line is thinned out by what is beside it. */
const tolerances = { fill: { light: 0.012, hue: 0.008 }, line: { light: 0.11, hue: 0.03 } } as const;

/** Chroma below which a colour is a grey. */
const leastChroma = 0.008;

/** @returns the graph with one colour for all that differ by no more than what measuring them does. */
export function withEvenColours(graph: DiagramGraph): DiagramGraph {
  const { nodes, edges, background = [255, 255, 255] } = graph;
  const page = labOf(background).l;
  const fills = evened(
    nodes.flatMap(({ fill, bodyFill }) => [fill, bodyFill]),
    'fill',
    page,
  );
  const strokes = evened(
    [...nodes, ...edges].map(({ stroke }) => stroke),
    'line',
    page,
  );
  const texts = evened(
    [...nodes, ...edges].map(({ textColor }) => textColor),
    'line',
    page,
  );
  const lines = ({ stroke, textColor }: { stroke?: Colour | undefined; textColor?: Colour | undefined }) => ({
    ...(stroke === undefined ? {} : { stroke: strokes(stroke) }),
    ...(textColor === undefined ? {} : { textColor: texts(textColor) }),
  });
  return {
    ...graph,
    nodes: nodes.map((node) => ({
      ...node,
      ...(node.fill === undefined ? {} : { fill: fills(node.fill) }),
      ...(node.bodyFill === undefined ? {} : { bodyFill: fills(node.bodyFill) }),
      ...lines(node),
    })),
    edges: edges.map((edge) => ({ ...edge, ...lines(edge) })),
  };
}

type Colour = NonNullable<DiagramGraph['background']>;

/** @param page lightness of what lies behind, 0..1. @returns what each colour becomes. */
function evened(
  colours: readonly (Colour | undefined)[],
  role: keyof typeof tolerances,
  page: number,
): (colour: Colour) => Colour {
  const counts = new Map<string, { colour: Colour; lab: Lab; count: number }>();
  for (const colour of colours) {
    if (colour === undefined) continue;
    const known = counts.get(toHex(colour));
    if (known) known.count += 1;
    else counts.set(toHex(colour), { colour, lab: labOf(colour), count: 1 });
  }
  const { light, hue } = tolerances[role];
  const groups: { seed: Lab; members: { colour: Colour; lab: Lab }[] }[] = [];
  for (const one of [...counts.values()].toSorted((a, b) => b.count - a.count)) {
    const group = groups.find(
      ({ seed }) =>
        Math.abs(seed.l - one.lab.l) <= light && Math.hypot(seed.a - one.lab.a, seed.b - one.lab.b) <= hue,
    );
    if (group) group.members.push(one);
    else groups.push({ seed: one.lab, members: [one] });
  }
  const becomes = new Map<string, Colour>();
  for (const { members } of groups) {
    const [commonest] = members;
    // Of thin strokes the one furthest from the page is nearest to the pen.
    const strongest = members.toSorted((a, b) => Math.abs(b.lab.l - page) - Math.abs(a.lab.l - page))[0];
    const chosen = role === 'fill' ? commonest : strongest;
    if (chosen === undefined) continue;
    for (const { colour } of members) becomes.set(toHex(colour), grey(chosen.colour, chosen.lab));
  }
  return (colour) => becomes.get(toHex(colour)) ?? colour;
}

/** A grey with a trace of a hue is a grey. */
function grey(colour: Colour, { a, b }: Lab): Colour {
  if (Math.hypot(a, b) >= leastChroma) return colour;
  const level = Math.round((colour[0] + colour[1] + colour[2]) / 3);
  return [level, level, level];
}
