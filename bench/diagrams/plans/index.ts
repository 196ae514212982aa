/** The kinds of diagrams that the bench draws. */
import type { Planner } from './plan.ts';
import { dataFlow, decisionTree, flowchart, sequence, stateMachine, swimlanes } from './processes.ts';
import { classDiagram, entityRelations, linkedBoxes, mindMap, network, organisation } from './structures.ts';

export const planners: readonly Planner[] = [
  flowchart,
  swimlanes,
  entityRelations,
  classDiagram,
  network,
  organisation,
  stateMachine,
  mindMap,
  decisionTree,
  dataFlow,
  linkedBoxes,
  sequence,
];
