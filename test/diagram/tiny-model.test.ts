/** What a model with random weights writes under the grammar becomes draw.io files that open, 200 times. */
import { expect, it } from 'vitest';
import { composeDiagram } from '../../shared/compose/diagram/index.ts';
import { perceivedGraph } from '../../shared/compose/diagram/perceived.ts';
import { diagramForm, readAnswer } from '../../shared/tasks/diagram/answer.ts';
import { ask, greedy, openEngine, text } from '../native/engine/helpers.ts';
import { withViewers } from './viewers.ts';

const answers = 200;
const size = { width: 1000, height: 800 };

it('opens in draw.io with every node', async () => {
  const engine = await openEngine({ parallel: 8 });
  let written: string[];
  try {
    // Random words never end by themselves, so they are given an end.
    const grammar = diagramForm.grammar.replace(/\)\* "/, '){0,5} "');
    expect(grammar).not.toBe(diagramForm.grammar);
    const constraint = { kind: 'grammar', grammar } as const;
    written = await Promise.all(
      Array.from({ length: answers }, async (_, seed) => {
        // So hot that nearly every token is as likely as the next.
        const sampling = { temperature: 20, topK: 0, topP: 1, minP: 0, seed };
        const request = greedy([text(`Diagram ${seed % 5}`)], { sampling, maxTokens: 96, constraint });
        return (await ask(engine, request)).text;
      }),
    );
  } finally {
    await engine.close();
  }
  expect(new Set(written).size).toBeGreaterThan(answers / 2);
  const graphs = written.map((answer) => {
    const toPicture = ([x1, y1, x2, y2]: readonly number[]) => ({
      x: x1 ?? 0,
      y: y1 ?? 0,
      width: (x2 ?? 0) - (x1 ?? 0),
      height: (y2 ?? 0) - (y1 ?? 0),
    });
    return perceivedGraph([{ answer: readAnswer(answer), toPicture }], size);
  });
  const composed = await Promise.all(
    graphs.map((graph) =>
      composeDiagram(
        graph,
        { name: 'tiny', target: 'drawio', layout: 'keep', preview: true },
        new AbortController().signal,
      ),
    ),
  );
  const files = composed.map(({ files: [main] }) => main?.content ?? '');
  const read = await withViewers((viewers) => viewers.readDrawio(files));
  expect(read).toHaveLength(answers);
  for (const [index, cells] of read.entries()) {
    const graph = composed[index]?.graph;
    const kept = new Set(cells.map(({ id }) => id));
    const lost = [...(graph?.nodes ?? []), ...(graph?.edges ?? [])].filter(({ id }) => !kept.has(id));
    expect(lost).toEqual([]);
    expect(graph?.nodes).toHaveLength(graphs[index]?.nodes.length ?? -1);
  }
  const grown = composed.filter(({ graph }) => graph.nodes.length > 0).length;
  expect(grown).toBeGreaterThan(answers / 4);
});
