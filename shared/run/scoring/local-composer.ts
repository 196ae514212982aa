/** Composing in a thread that nobody waits for but who composes. */
import { compileTree } from '../../compose/compile.ts';
import { planMeasured } from '../../compose/measured/index.ts';
import { planPerceived } from '../../compose/perceived/index.ts';
import type { Composer } from '../composer.ts';

export const localComposer: Composer = {
  measured: async (facts) => planMeasured(facts),
  perceived: async (facts, perception) => planPerceived(facts, perception),
  compile: async (tree, target, options) => await compileTree(tree, target, options),
  diagram: async (graph, options, signal) => {
    const { composeDiagram } = await import('../../compose/diagram/index.ts');
    return await composeDiagram(graph, options, signal);
  },
  close: async () => {},
};
