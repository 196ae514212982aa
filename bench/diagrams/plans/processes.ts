/** Flow charts, swimlanes, decision trees, state machines, data flows and sequences, made up by seed. */
import type { NodeShape } from '../../../shared/diagram-graph.ts';
import type { Random } from '../random.ts';
import type { Plan, PlanEdge, PlanNode } from './plan.ts';

const steps = [
  'Receive order',
  'Check stock',
  'Reserve items',
  'Send invoice',
  'Pack parcel',
  'Ship goods',
  'Notify customer',
  'Update ledger',
  'Verify address',
  'Create ticket',
  'Assign engineer',
  'Run tests',
  'Deploy build',
  'Collect feedback',
  'Review draft',
  'Sign contract',
  'Archive file',
  'Refund payment',
  'Scan barcode',
  'Print label',
  'Load\nconfiguration',
  'Validate\ninput data',
  'Write audit\nlog entry',
  'Merge pull\nrequest',
]; // prettier-ignore
const questions = [
  'In stock?',
  'Paid?',
  'Valid?',
  'Approved?',
  'Tests pass?',
  'Over limit?',
  'Is urgent?',
  'More items?',
];
const roles = ['Customer', 'Sales', 'Warehouse', 'Finance', 'Support', 'Engineering', 'Legal'];
const states = [
  'Idle',
  'Connecting',
  'Ready',
  'Running',
  'Paused',
  'Failed',
  'Retrying',
  'Closed',
  'Waiting',
  'Locked',
];
const events = ['open', 'connect', 'start', 'pause', 'resume', 'error', 'retry', 'timeout', 'close', 'reset'];
const stores = ['Orders', 'Events', 'Metrics', 'Users', 'Audit log', 'Cache'];
const services = [
  'Ingest',
  'Parser',
  'Enricher',
  'Scorer',
  'Gateway',
  'Router',
  'Exporter',
  'Scheduler',
  'Notifier',
];
const calls = [
  'login(user)',
  'check token',
  'load profile',
  'query orders',
  'rows',
  'render page',
  '200 OK',
  'send mail',
  'enqueue job',
  'done',
];

export function flowchart(random: Random): Plan {
  const names = random.shuffled(steps);
  const asks = random.shuffled(questions);
  const nodes: PlanNode[] = [
    { id: 'start', label: 'Start', shape: random.pick(['ellipse', 'rounded']), tint: 1 },
  ];
  const edges: PlanEdge[] = [];
  let last = 'start';
  let lastLabel: string | undefined;
  const link = (to: string): void => {
    edges.push({ from: last, to, ...(lastLabel ? { label: lastLabel } : {}) });
    lastLabel = undefined;
    last = to;
  };
  for (let index = 0; index < random.whole(4, 6); index++) {
    if (index % 3 === 2) {
      const id = `ask${index}`;
      nodes.push({ id, label: asks.pop() ?? '', shape: 'diamond', tint: 2 });
      link(id);
      const side = `side${index}`;
      nodes.push({
        id: side,
        label: names.pop() ?? '',
        shape: random.pick(['rectangle', 'rounded', 'document']),
      });
      edges.push({ from: id, to: side, label: 'No' });
      if (random.chance(0.5)) edges.push({ from: side, to: nodes[1]?.id ?? 'start' });
      lastLabel = 'Yes';
    } else {
      const id = `step${index}`;
      const shape: NodeShape = random.pick(['rectangle', 'rectangle', 'rounded', 'parallelogram', 'hexagon']);
      nodes.push({ id, label: names.pop() ?? '', shape });
      link(id);
    }
  }
  nodes.push({ id: 'end', label: 'End', shape: nodes[0]?.shape ?? 'ellipse', tint: 1 });
  link('end');
  return {
    name: 'flowchart',
    kind: 'flowchart',
    nodes,
    edges,
    layout: random.pick(['down', 'down', 'right']),
    lines: ['orthogonal'],
  };
}

export function decisionTree(random: Random): Plan {
  const asks = random.shuffled(questions);
  const names = random.shuffled(steps);
  const nodes: PlanNode[] = [{ id: 'n0', label: asks.pop() ?? '', shape: 'diamond', tint: 1 }];
  const edges: PlanEdge[] = [];
  const open = ['n0'];
  while (open.length > 0 && nodes.length < 9) {
    const from = open.shift() ?? 'n0';
    for (const label of ['Yes', 'No']) {
      const id = `n${nodes.length}`;
      const asking = nodes.length < 4 && random.chance(0.7);
      nodes.push(
        asking
          ? { id, label: asks.pop() ?? '', shape: 'diamond', tint: 1 }
          : { id, label: names.pop() ?? '', shape: 'rectangle', tint: label === 'Yes' ? 2 : 3 },
      );
      if (asking) open.push(id);
      edges.push({ from, to: id, label });
    }
  }
  return {
    name: 'decision-tree',
    kind: 'flowchart',
    nodes,
    edges,
    layout: 'down',
    lines: ['straight', 'orthogonal', 'curved'],
  };
}

export function swimlanes(random: Random): Plan {
  const lanes = random.shuffled(roles).slice(0, random.whole(2, 4));
  const names = random.shuffled(steps);
  const nodes: PlanNode[] = lanes.map((label, index) => ({
    id: `lane${index}`,
    label,
    shape: 'swimlane',
    tint: 4,
  }));
  const edges: PlanEdge[] = [];
  const count = random.whole(5, 7);
  for (let index = 0; index < count; index++) {
    const asking = index === 2;
    const shape: NodeShape =
      index === 0 || index === count - 1
        ? 'ellipse'
        : asking
          ? 'diamond'
          : random.pick(['rectangle', 'rounded']);
    const lane = index === 0 ? 0 : random.whole(0, lanes.length - 1);
    const label =
      index === 0 ? 'Start' : index === count - 1 ? 'End' : asking ? 'Valid?' : (names.pop() ?? '');
    nodes.push({ id: `s${index}`, label, shape, parent: `lane${lane}`, tint: shape === 'diamond' ? 2 : 1 });
    if (index > 0)
      edges.push({ from: `s${index - 1}`, to: `s${index}`, ...(index === 3 ? { label: 'yes' } : {}) });
  }
  return { name: 'swimlanes', kind: 'swimlane', nodes, edges, layout: 'lanes', lines: ['orthogonal'] };
}

export function stateMachine(random: Random): Plan {
  const names = random.shuffled(states).slice(0, random.whole(4, 6));
  const words = random.shuffled(events);
  const nodes: PlanNode[] = [
    { id: 'begin', label: '', shape: 'start' },
    ...names.map((label, index): PlanNode => ({ id: `s${index}`, label, shape: 'rounded', tint: 1 })),
    { id: 'over', label: '', shape: 'end' },
  ];
  const edges: PlanEdge[] = [{ from: 'begin', to: 's0' }];
  for (let index = 1; index < names.length; index++)
    edges.push({ from: `s${index - 1}`, to: `s${index}`, label: words.pop() ?? '' });
  edges.push({ from: `s${names.length - 1}`, to: 'over' });
  edges.push({ from: 's2', to: 's0', label: words.pop() ?? '' });
  if (names.length > 4) edges.push({ from: 's1', to: 's3', label: words.pop() ?? '' });
  return {
    name: 'state-machine',
    kind: 'state',
    nodes,
    edges,
    layout: random.pick(['down', 'right']),
    lines: ['curved', 'orthogonal', 'straight'],
  };
}

export function dataFlow(random: Random): Plan {
  const names = random.shuffled(services);
  const kept = random.shuffled(stores);
  const nodes: PlanNode[] = [
    {
      id: 'in',
      label: random.pick(['Sensors', 'Mobile app', 'Partners']),
      shape: random.pick(['parallelogram', 'rectangle']),
      tint: 1,
    },
    { id: 'a', label: names.pop() ?? '', shape: 'rounded', tint: 2 },
    { id: 'b', label: names.pop() ?? '', shape: 'rounded', tint: 2 },
    { id: 'c', label: names.pop() ?? '', shape: 'rounded', tint: 2 },
    { id: 'd1', label: kept.pop() ?? '', shape: 'cylinder', tint: 3 },
    { id: 'd2', label: kept.pop() ?? '', shape: 'cylinder', tint: 3 },
    { id: 'out', label: random.pick(['Dashboard', 'Report', 'Alerts']), shape: 'document', tint: 4 },
  ];
  const edges: PlanEdge[] = [
    { from: 'in', to: 'a' },
    { from: 'a', to: 'b', label: 'raw' },
    { from: 'a', to: 'd1', dashed: true },
    { from: 'b', to: 'c' },
    { from: 'b', to: 'd2', dashed: true, label: 'copy' },
    { from: 'c', to: 'out' },
    { from: 'd2', to: 'out', dashed: true },
  ];
  return {
    name: 'data-flow',
    kind: 'flowchart',
    title: 'Data flow',
    nodes,
    edges,
    layout: random.pick(['right', 'down']),
    lines: ['orthogonal', 'curved', 'straight'],
  };
}

export function sequence(random: Random): Plan {
  const names = random
    .shuffled(['Browser', 'API', 'Auth', 'Database', 'Worker', 'Mailer'])
    .slice(0, random.whole(3, 4));
  const words = random.shuffled(calls);
  const nodes: PlanNode[] = names.map((label, index) => ({
    id: `p${index}`,
    label,
    shape: 'lifeline',
    tint: 1,
  }));
  const edges: PlanEdge[] = [];
  let at = 0;
  for (let index = 0; index < random.whole(5, 7); index++) {
    const forward = at === 0 || (at < names.length - 1 && random.chance(0.6));
    const to = forward ? at + 1 : at - 1;
    edges.push({ from: `p${at}`, to: `p${to}`, label: words[index] ?? '', dashed: !forward });
    at = to;
  }
  return { name: 'sequence', kind: 'sequence', nodes, edges, layout: 'sequence', lines: ['straight'] };
}
