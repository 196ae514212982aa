/** Entities, classes, networks, organisations, mind maps and linked boxes, made up by seed. */
import type { EdgeHead, GraphRow } from '../../../shared/diagram-graph.ts';
import type { Random } from '../random.ts';
import type { Plan, PlanEdge, PlanNode } from './plan.ts';

const entities = [
  'customer',
  'order',
  'product',
  'invoice',
  'payment',
  'address',
  'category',
  'shipment',
  'review',
];
const fields = [
  'name',
  'email',
  'created_at',
  'status',
  'total',
  'price',
  'quantity',
  'country',
  'phone',
  'title',
  'rating',
];
const classes = [
  'Shape',
  'Circle',
  'Square',
  'Engine',
  'Parser',
  'Token',
  'Account',
  'Session',
  'Repository',
  'Cache',
];
const attributes = [
  '- name: string',
  '- size: number',
  '+ id: int',
  '- items: Item[]',
  '# state: State',
  '- owner: User',
];
const methods = [
  '+ draw(): void',
  '+ area(): number',
  '+ close()',
  '+ find(id)',
  '+ save(x: T)',
  '+ next(): Token',
];
const people = [
  'Ada Clark',
  'Ben Ortiz',
  'Chen Wei',
  'Dana Fox',
  'Eli Grant',
  'Faye Moss',
  'Gus Hall',
  'Hana Ito',
  'Ivan Petrov',
  'Jo Reed',
];
const jobs = [
  'CEO',
  'CTO',
  'CFO',
  'Head of Sales',
  'Team lead',
  'Designer',
  'Engineer',
  'Analyst',
  'Recruiter',
];
const topics = [
  'Marketing',
  'Budget',
  'Product',
  'Hiring',
  'Research',
  'Partners',
  'Events',
  'Website',
  'Metrics',
  'Pricing',
  'Support',
  'Roadmap',
  'Brand',
  'Risks',
];
const modules = [
  'Core',
  'Billing',
  'Search',
  'Import',
  'Export',
  'Admin',
  'Theme',
  'Plugins',
  'Storage',
  'Mail',
];

const few = <T>(random: Random, list: readonly T[], low: number, high: number): T[] =>
  random.shuffled(list).slice(0, random.whole(low, high));

export function entityRelations(random: Random): Plan {
  const names = few(random, entities, 3, 5);
  const keyed = random.chance(0.5);
  const nodes = names.map((label, index): PlanNode => {
    const columns = ['id', ...few(random, fields, 2, 4)];
    const rows = columns.map(
      (cell, at): GraphRow => ({ cells: keyed ? [at === 0 ? 'PK' : ' ', cell] : [cell] }),
    );
    return { id: `e${index}`, label, shape: 'table', rows, tint: 1 };
  });
  const ends: readonly EdgeHead[] = ['one', 'many', 'zero-or-many', 'one-or-many', 'zero-or-one'];
  const edges = names.slice(1).map(
    (_, index): PlanEdge => ({
      from: `e${index === 0 ? 0 : random.whole(0, index)}`,
      to: `e${index + 1}`,
      fromHead: 'one',
      toHead: random.pick(ends.slice(1, 4)),
    }),
  );
  return {
    name: 'er',
    kind: 'er',
    nodes,
    edges,
    layout: random.pick(['right', 'down']),
    lines: ['orthogonal'],
  };
}

export function classDiagram(random: Random): Plan {
  const names = few(random, classes, 4, 5);
  const nodes = names.map((label, index): PlanNode => {
    const own = few(random, attributes, 1, 3).map(
      (cell, at): GraphRow => ({ cells: [cell], ruled: at === 0 }),
    );
    const does = few(random, methods, 1, 2).map((cell, at): GraphRow => ({ cells: [cell], ruled: at === 0 }));
    return { id: `c${index}`, label, shape: 'class', rows: [...own, ...does], tint: 1 };
  });
  const edges: PlanEdge[] = [
    { from: 'c1', to: 'c0', toHead: 'triangle' },
    { from: 'c2', to: 'c0', toHead: 'triangle' },
    { from: 'c2', to: 'c3', fromHead: random.pick(['diamond', 'diamond-filled']), toHead: 'none' },
  ];
  if (names.length > 4) edges.push({ from: 'c4', to: 'c3', toHead: 'open', dashed: true, label: 'uses' });
  return { name: 'class', kind: 'class', nodes, edges, layout: 'down', lines: ['orthogonal', 'straight'] };
}

export function network(random: Random): Plan {
  const nodes: PlanNode[] = [
    { id: 'cloud', label: 'Internet', shape: 'cloud', tint: 1 },
    { id: 'user', label: 'User', shape: 'actor' },
    { id: 'fw', label: 'Firewall', shape: 'hexagon', tint: 2 },
    { id: 'lb', label: 'Load balancer', shape: 'rounded' },
    { id: 'web1', label: 'Web 1', shape: 'rectangle', tint: 3 },
    { id: 'web2', label: 'Web 2', shape: 'rectangle', tint: 3 },
    { id: 'db', label: 'Database', shape: 'cylinder', tint: 4 },
  ];
  if (random.chance(0.6)) nodes.push({ id: 'note', label: 'Backup\nat night', shape: 'note' });
  const plain = random.chance(0.5) ? { toHead: 'none' as const } : {};
  const edges: PlanEdge[] = [
    { from: 'user', to: 'cloud', ...plain },
    { from: 'cloud', to: 'fw', ...plain },
    { from: 'fw', to: 'lb', label: 'https', ...plain },
    { from: 'lb', to: 'web1', ...plain },
    { from: 'lb', to: 'web2', ...plain },
    { from: 'web1', to: 'db', ...plain },
    { from: 'web2', to: 'db', ...plain },
  ];
  if (nodes.length > 7) edges.push({ from: 'db', to: 'note', toHead: 'none', dashed: true });
  return {
    name: 'network',
    kind: 'network',
    nodes,
    edges,
    layout: random.pick(['right', 'down']),
    lines: ['straight', 'orthogonal'],
  };
}

export function organisation(random: Random): Plan {
  const names = random.shuffled(people);
  const label = (level: number): string =>
    `${names.pop() ?? ''}\n${jobs[Math.min(jobs.length - 1, level * 3 + random.whole(0, 2))] ?? ''}`;
  const nodes: PlanNode[] = [{ id: 'n0', label: label(0), shape: 'rectangle', tint: 1 }];
  const edges: PlanEdge[] = [];
  for (let index = 0; index < random.whole(2, 3); index++) {
    const head = `n${nodes.length}`;
    nodes.push({ id: head, label: label(1), shape: 'rectangle', tint: 2 });
    edges.push({ from: 'n0', to: head, toHead: 'none' });
    for (let below = 0; below < random.whole(1, 3) && nodes.length < 10; below++) {
      const id = `n${nodes.length}`;
      nodes.push({ id, label: label(2), shape: 'rectangle', tint: 3 });
      edges.push({ from: head, to: id, toHead: 'none' });
    }
  }
  return { name: 'org', kind: 'org', nodes, edges, layout: 'tree', lines: ['orthogonal'] };
}

export function mindMap(random: Random): Plan {
  const names = random.shuffled(topics);
  const shape = random.pick(['rounded', 'ellipse'] as const);
  const nodes: PlanNode[] = [
    { id: 'n0', label: random.pick(['Launch plan', 'New idea', 'Summer trip']), shape: 'ellipse', tint: 1 },
  ];
  const edges: PlanEdge[] = [];
  for (let index = 0; index < random.whole(4, 5); index++) {
    const branch = `n${nodes.length}`;
    nodes.push({ id: branch, label: names.pop() ?? '', shape, tint: 2 + (index % 3) });
    edges.push({ from: 'n0', to: branch, toHead: 'none' });
    for (let below = 0; below < random.whole(0, 2) && names.length > 0; below++) {
      const id = `n${nodes.length}`;
      nodes.push({ id, label: names.pop() ?? '', shape, tint: 2 + (index % 3) });
      edges.push({ from: branch, to: id, toHead: 'none' });
    }
  }
  return { name: 'mindmap', kind: 'mindmap', nodes, edges, layout: 'radial', lines: ['straight', 'curved'] };
}

export function linkedBoxes(random: Random): Plan {
  const names = few(random, modules, 6, 8);
  const grouped = random.chance(0.5);
  const nodes: PlanNode[] = [
    ...(grouped ? [{ id: 'group', label: 'Platform', shape: 'swimlane' as const, tint: 4 }] : []),
    ...names.map(
      (label, index): PlanNode => ({
        id: `m${index}`,
        label,
        shape: random.pick(['rectangle', 'rounded']),
        tint: index % 3,
        ...(grouped && index >= 1 && index < 4 ? { parent: 'group' } : {}),
      }),
    ),
  ];
  const edges = new Map<string, PlanEdge>();
  for (let index = 1; index < names.length; index++) {
    const from = random.whole(Math.max(0, index - 3), index - 1);
    edges.set(`${from}-${index}`, { from: `m${from}`, to: `m${index}` });
  }
  for (let extra = 0; extra < 3; extra++) {
    const from = random.whole(0, names.length - 3);
    const to = random.whole(from + 2, names.length - 1);
    if (!edges.has(`${from}-${to}`))
      edges.set(`${from}-${to}`, { from: `m${from}`, to: `m${to}`, dashed: random.chance(0.4) });
  }
  return {
    name: 'linked-boxes',
    kind: 'other',
    title: 'Modules',
    nodes,
    edges: [...edges.values()],
    layout: random.pick(['down', 'right']),
    lines: ['curved', 'straight', 'curved', 'orthogonal'],
  };
}
