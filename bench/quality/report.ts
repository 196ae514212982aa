/** The bench's table: a line for each page and variant, means, and the worst page. */
import type { PageScore } from '../../shared/score/score.ts';
import { markdownTable } from '../readme.ts';
import type { VariantName } from './variants.ts';

export interface Measurement {
  readonly page: string;
  readonly variant: VariantName;
  readonly seconds: number;
  readonly score: PageScore;
}

export interface Failure {
  readonly page: string;
  readonly variant: VariantName;
  readonly message: string;
}

const percent = (value: number) => (100 * value).toFixed(1);

const columns: readonly {
  readonly title: string;
  readonly value: (measurement: Measurement) => number;
  readonly show: (value: number) => string;
}[] = [
  { title: 'Block', value: ({ score }) => score.block, show: percent },
  { title: 'Text', value: ({ score }) => score.text, show: percent },
  { title: 'Position', value: ({ score }) => score.position, show: percent },
  { title: 'Color', value: ({ score }) => score.color, show: percent },
  { title: 'D2C-4', value: ({ score }) => score.d2c4, show: percent },
  { title: 'list', value: ({ score }) => score.list, show: percent },
  { title: 'lift', value: ({ score }) => score.lift, show: percent },
  { title: 'SSIM', value: ({ score }) => score.ssim, show: (value) => value.toFixed(3) },
  { title: 'error', value: ({ score }) => score.pixelError, show: percent },
  { title: 'TreeBLEU', value: ({ score }) => score.treeBleu ?? 0, show: percent },
  { title: 'IoU', value: ({ score }) => score.layoutIou ?? 0, show: percent },
  { title: 'absolute', value: ({ score }) => score.absoluteShare, show: percent },
  { title: 'pictures', value: ({ score }) => score.pictureShare, show: percent },
  { title: 'own', value: ({ score }) => score.referencePictureShare ?? 0, show: percent },
  { title: 'unseen', value: ({ score }) => score.unseenTextShare, show: percent },
  ...[390, 768, 1024, 1280].map((width) => ({
    title: `>${width}`,
    value: ({ score }: Measurement) => score.overflow.find((each) => each.width === width)?.pixels ?? 0,
    show: (value: number) => value.toFixed(0),
  })),
  { title: 's', value: ({ seconds }) => seconds, show: (value) => value.toFixed(1) },
];

/** Markdown; shares in percent, overflow in pixels, seconds of wall time. */
export function reportOf(measurements: readonly Measurement[], failures: readonly Failure[]): string {
  const rows = measurements.map((measurement) => [
    measurement.page,
    measurement.variant,
    ...columns.map((column) => column.show(column.value(measurement))),
  ]);
  const variants = [...new Set(measurements.map((measurement) => measurement.variant))];
  const means = variants.map((variant) => {
    const own = measurements.filter((measurement) => measurement.variant === variant);
    const mean = (value: (measurement: Measurement) => number) =>
      own.reduce((sum, measurement) => sum + value(measurement), 0) / own.length;
    return [`mean of ${own.length}`, variant, ...columns.map((column) => column.show(mean(column.value)))];
  });
  const table = tableOf([['page', 'variant', ...columns.map((column) => column.title)], ...rows, ...means]);
  const worst = variants.map((variant) => {
    const least = measurements
      .filter((measurement) => measurement.variant === variant)
      .reduce((low, measurement) => (measurement.score.d2c4 < low.score.d2c4 ? measurement : low));
    return `Worst ${variant}: ${least.page}, D2C-4 ${percent(least.score.d2c4)}.`;
  });
  const failed = failures.map((failure) => `FAILED ${failure.page} ${failure.variant}: ${failure.message}`);
  return [table, '', ...worst, ...failed].join('\n');
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(3, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const [head, ...rest] = rows;
  const rule = `|${widths.map((width, column) => (column < 2 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(head ?? []), rule, ...rest.map(line)].join('\n');
}

/** Columns of the short table. */
const shortColumns = ['Block', 'Text', 'Position', 'Color', 'D2C-4', 'lift', 'SSIM', 'TreeBLEU'];

/** Means a variant, for the README: what a newcomer can compare at a glance, and the least page. */
export function summaryOf(measurements: readonly Measurement[]): string {
  const chosen = columns.filter(({ title }) => shortColumns.includes(title));
  const variants = [...new Set(measurements.map((measurement) => measurement.variant))];
  const rows = variants.map((variant) => {
    const own = measurements.filter((measurement) => measurement.variant === variant);
    const mean = (value: (measurement: Measurement) => number): number =>
      own.reduce((sum, measurement) => sum + value(measurement), 0) / own.length;
    const least = own.reduce((low, one) => (one.score.d2c4 < low.score.d2c4 ? one : low));
    const overflowing = own.filter(({ score }) => score.overflow.some(({ pixels }) => pixels > 0)).length;
    return [
      `${variant}, ${own.length} pages`,
      ...chosen.map((column) => column.show(mean(column.value))),
      `${overflowing}`,
      `${least.page} ${percent(least.score.d2c4)}`,
    ];
  });
  return markdownTable(
    ['pictures', ...chosen.map(({ title }) => title), 'overflowing pages', 'least D2C-4'],
    rows,
  );
}
