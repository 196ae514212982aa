/** SVG previews: well-formed, and nothing in them that runs or fetches. */
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { svgText } from '../../shared/compose/diagram/svg/index.ts';
import { randomGraph } from './random-graph.ts';

interface Read {
  readonly names: ReadonlySet<string>;
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

/** Throws where the text is not well-formed. */
function read(svg: string): Read {
  const names = new Set<string>();
  const attributes: (readonly [string, string])[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes: own }) => {
    names.add(name);
    attributes.push(...Object.entries(own));
  });
  parser.write(svg).close();
  return { names, attributes };
}

describe('SVG previews', () => {
  it('are well-formed for random graphs, and hold no script, handler or address', () => {
    const known = [
      'svg',
      'title',
      'metadata',
      'rect',
      'path',
      'ellipse',
      'circle',
      'image',
      'text',
      'tspan',
      'g',
    ];
    fc.assert(
      fc.property(randomGraph, (graph) => {
        const { names, attributes } = read(svgText(graph, 'random'));
        expect([...names].filter((name) => !known.includes(name))).toEqual([]);
        const active = attributes.filter(
          ([name, value]) =>
            /^on|style/i.test(name) || (/href/.test(name) && !value.startsWith('data:image/')),
        );
        expect(active).toEqual([]);
        expect(attributes.filter(([, value]) => /NaN|Infinity|undefined/.test(value))).toEqual([]);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('show what is written, escaped', () => {
    const svg = svgText(
      {
        kind: 'other',
        width: 200,
        height: 100,
        nodes: [
          { id: 'a', label: '<b> & c', shape: 'ellipse', box: { x: 10, y: 10, width: 180, height: 80 } },
        ],
        edges: [],
      },
      'a',
    );
    expect(svg).toContain('>&lt;b&gt; &amp; c</tspan>');
  });
});
