/** A model's answer about a diagram: read whatever of it can be read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perceivedGraph, wordsOf } from '../../shared/compose/diagram/perceived.ts';
import { faultsOf } from '../../shared/diagram-check.ts';
import { checkGrammar } from '../../shared/engine/native/grammar/index.ts';
import { answerText, diagramForm, readAnswer } from '../../shared/tasks/diagram/answer.ts';
import { randomGraph } from './random-graph.ts';

const answer =
  '{"kind": "flowchart", "nodes": [["a", "diamond", "Paid? [y/n]", [100, 50, 300, 200]], ["b", "rectangle", "Ship \\"it\\"", [500, 50, 700, 200]]], "edges": [["a", "b", "yes"]]}';

describe('an answer about a diagram', () => {
  it('is read', () => {
    expect(readAnswer(answer)).toEqual({
      kind: 'flowchart',
      nodes: [
        { id: 'a', shape: 'diamond', label: 'Paid? [y/n]', place: [100, 50, 300, 200] },
        { id: 'b', shape: 'rectangle', label: 'Ship "it"', place: [500, 50, 700, 200] },
      ],
      edges: [{ from: 'a', to: 'b', label: 'yes' }],
      broken: 0,
    });
  });

  it('is read as far as it goes, wherever it is cut', () => {
    const [first, second, last] = [']], ["b"', ']]], "edges"', '"]]}'].map((end) => answer.indexOf(end) + 2);
    for (let end = 0; end <= answer.length; end += 1) {
      const { nodes, edges } = readAnswer(answer.slice(0, end));
      expect(nodes.length).toBe(end < (first ?? 0) ? 0 : end < (second ?? 0) ? 1 : 2);
      expect(edges.length).toBe(end < (last ?? 0) ? 0 : 1);
    }
  });

  it('may use other words for shapes, and boxes from corner to corner', () => {
    const { nodes } = readAnswer(
      'Sure!\n```json\n{"nodes": [["1", "Decision", "x", [300, 200, 100, 1200]], [2, "blob", "y", [0, 0, 1, 1]], ["3", "blob", "y", [0, 0, 1, 1]]]}',
    );
    expect(nodes.map(({ shape, place }) => [shape, place])).toEqual([
      ['diamond', [100, 200, 300, 1000]],
      ['rectangle', [0, 0, 1, 1]],
    ]);
  });

  it('never throws, whatever it is, and gives a sound graph', () => {
    const pieces = fc.constantFrom(
      '[',
      ']',
      '"',
      '\\',
      ',',
      '{',
      '}',
      ':',
      '"a"',
      '"diamond"',
      '[0,0,9,9]',
      'nodes',
      '1e9',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
        ),
        (text) => {
          const toPicture = () => ({ x: 0, y: 0, width: 10, height: 10 });
          const graph = perceivedGraph([{ answer: readAnswer(text), toPicture }], { width: 10, height: 10 });
          expect(faultsOf(graph)).toEqual([]);
        },
      ),
      { numRuns: 2000, seed: 2 },
    );
  });

  it('of a graph is read as that graph', () => {
    fc.assert(
      fc.property(randomGraph, (graph) => {
        const { nodes, edges, kind, broken } = readAnswer(answerText(graph));
        expect(broken).toBe(0);
        expect(kind).toBe(graph.kind);
        expect(nodes.map(({ id, shape }) => [id, shape])).toEqual(
          graph.nodes.map(({ id, shape }) => [id, shape]),
        );
        const whole = graph.edges.filter(({ from, to }) => from !== undefined && to !== undefined);
        expect(edges).toEqual(whole.map(({ from, to, label }) => ({ from, to, label })));
      }),
      { numRuns: 200, seed: 9 },
    );
  });

  it('has rows below the title of a table or a class', () => {
    expect(wordsOf('class', 'User\n- id\n- name\n+ save()')).toEqual({
      label: 'User',
      rows: [{ cells: ['- id'], ruled: true }, { cells: ['- name'] }, { cells: ['+ save()'], ruled: true }],
    });
    expect(wordsOf('rectangle', 'two\nlines')).toEqual({ label: 'two\nlines' });
  });

  it('is held to a grammar that an engine takes', () => {
    expect(() => checkGrammar(diagramForm.grammar)).not.toThrow();
    expect(diagramForm.schema).toMatchObject({ type: 'object', required: ['kind', 'nodes', 'edges'] });
  });
});
