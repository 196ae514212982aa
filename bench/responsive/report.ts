/** Tables of what was found at each width. */
import type { PageFaults } from '../../shared/score/overlap.ts';
import { markdownTable } from '../readme.ts';

/** One page of one target at one width. */
export interface Look {
  readonly page: string;
  readonly target: string;
  readonly faults: PageFaults;
}

const sum = (looks: readonly Look[], of: (faults: PageFaults) => number): number =>
  looks.reduce((total, look) => total + of(look.faults), 0);

/** A line for each target and width; counts are over all pages. */
export function summaryOf(looks: readonly Look[]): string {
  const groups = new Map<string, Look[]>();
  for (const look of looks) {
    const key = `${look.target}, ${new Set(looks.map(({ page }) => page)).size} pages|${look.faults.width}`;
    groups.set(key, [...(groups.get(key) ?? []), look]);
  }
  const rows = [...groups].map(([key, own]) => [
    ...key.split('|'),
    `${own.filter(({ faults }) => faults.overflow > 0).length}`,
    `${Math.max(...own.map(({ faults }) => faults.overflow))}`,
    `${sum(own, ({ overlaps }) => overlaps.length)}`,
    `${sum(own, ({ cut }) => cut.length)}`,
    `${sum(own, ({ edge }) => edge.length)}`,
    `${sum(own, ({ lost }) => lost.length)}`,
  ]);
  return markdownTable(
    [
      'target',
      'width',
      'pages that scroll sideways',
      'most, px',
      'overlapping lines',
      'cut lines',
      'lines at the edge',
      'lost texts',
    ],
    rows,
  );
}

/** Each page with a fault, and the first line that shows it. */
export function worstOf(looks: readonly Look[]): string {
  const lines = looks.flatMap(({ page, target, faults }) => {
    const { width, overflow, overlaps, cut, edge, lost } = faults;
    const [pair] = overlaps;
    const found = [
      overflow > 0 ? `${overflow} px too wide` : '',
      pair ? `${overlaps.length} overlaps ("${pair[0].text}" and "${pair[1].text}")` : '',
      cut[0] ? `${cut.length} cut ("${cut[0].text}")` : '',
      edge[0] ? `${edge.length} at the edge ("${edge[0].text}")` : '',
      lost[0] ? `${lost.length} lost ("${lost[0]}")` : '',
    ].filter((fault) => fault !== '');
    return found.length === 0 ? [] : [`${page} ${target} ${width}: ${found.join(', ')}`];
  });
  return lines.length === 0 ? 'No faults.' : lines.join('\n');
}
