/** The bench's table: a line for each page and variant, means, and the worst page. */
import type { PageScore } from '../../shared/score/score.ts';
import { markdownTable } from '../readme.ts';
import type { StrategyName } from './strategies.ts';
import type { VariantName } from './variants.ts';

export interface Measurement {
  readonly page: string;
  readonly variant: VariantName;
  readonly strategy: StrategyName;
  readonly seconds: number;
  readonly score: PageScore;
  /** Tokens that the model wrote. */
  readonly writtenTokens: number;
  /** Tokens of the page's own source: what a model that writes the page itself would write at best. */
  readonly pageTokens: number;
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

interface Group {
  readonly variant: VariantName;
  readonly strategy: StrategyName;
  readonly own: readonly Measurement[];
}

/** Measurements of one variant by one strategy, in the order in which they came. */
function groupsOf(measurements: readonly Measurement[]): Group[] {
  const variants = [...new Set(measurements.map(({ variant }) => variant))];
  const strategies = [...new Set(measurements.map(({ strategy }) => strategy))];
  return variants.flatMap((variant) =>
    strategies.flatMap((strategy) => {
      const own = measurements.filter((one) => one.variant === variant && one.strategy === strategy);
      return own.length === 0 ? [] : [{ variant, strategy, own }];
    }),
  );
}

const mean = (own: readonly Measurement[], value: (measurement: Measurement) => number): number =>
  own.reduce((sum, measurement) => sum + value(measurement), 0) / own.length;

const leastOf = (own: readonly Measurement[]): Measurement =>
  own.reduce((low, one) => (one.score.d2c4 < low.score.d2c4 ? one : low));

/** Markdown; shares in percent, overflow in pixels, seconds of wall time. */
export function reportOf(measurements: readonly Measurement[], failures: readonly Failure[]): string {
  const rows = measurements.map((measurement) => [
    measurement.page,
    measurement.variant,
    measurement.strategy,
    ...columns.map((column) => column.show(column.value(measurement))),
  ]);
  const groups = groupsOf(measurements);
  const means = groups.map(({ variant, strategy, own }) => [
    `mean of ${own.length}`,
    variant,
    strategy,
    ...columns.map((column) => column.show(mean(own, column.value))),
  ]);
  const head = ['page', 'variant', 'strategy', ...columns.map((column) => column.title)];
  const worst = groups.map(({ variant, strategy, own }) => {
    const least = leastOf(own);
    return `Worst ${variant}, ${strategy}: ${least.page}, D2C-4 ${percent(least.score.d2c4)}.`;
  });
  const failed = failures.map((failure) => `FAILED ${failure.page} ${failure.variant}: ${failure.message}`);
  return [tableOf([head, ...rows, ...means]), '', ...worst, ...fallsOf(measurements), ...failed].join('\n');
}

/** Less than this is what rounding to whole pixels changes. */
const tolerance = { d2c4: 0.002, ssim: 0.002 };

/** Pages that what was perceived made worse. */
function fallsOf(measurements: readonly Measurement[]): string[] {
  return measurements
    .filter(({ strategy }) => strategy === 'perceived')
    .flatMap(({ page, variant, score }) => {
      const before = measurements.find(
        (one) => one.strategy === 'measured' && one.page === page && one.variant === variant,
      )?.score;
      if (before === undefined) return [];
      const falls = [
        ...(score.d2c4 < before.d2c4 - tolerance.d2c4
          ? [`D2C-4 ${percent(before.d2c4)} → ${percent(score.d2c4)}`]
          : []),
        ...(score.ssim < before.ssim - tolerance.ssim
          ? [`SSIM ${before.ssim.toFixed(3)} → ${score.ssim.toFixed(3)}`]
          : []),
      ];
      return falls.length === 0 ? [] : [`FELL ${page} ${variant}: ${falls.join(', ')}.`];
    });
}

/** Tokens that the model writes, against those of a page that it would write itself; means a page. */
export function costOf(measurements: readonly Measurement[]): string {
  const rows = groupsOf(measurements)
    .filter(({ strategy }) => strategy === 'perceived')
    .map(({ variant, own }) => {
      const [written, direct] = [mean(own, (one) => one.writtenTokens), mean(own, (one) => one.pageTokens)];
      const shares = own.map((one) => one.writtenTokens / one.pageTokens);
      return [
        `${variant}, ${own.length} pages`,
        written.toFixed(0),
        direct.toFixed(0),
        `${percent(written / direct)} %`,
        `${percent(Math.min(...shares))} to ${percent(Math.max(...shares))} %`,
      ];
    });
  return markdownTable(
    ['pictures', 'perceived: tokens written', "direct: tokens of the page's own source", 'share', 'by page'],
    rows,
  );
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(3, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const [head, ...rest] = rows;
  const rule = `|${widths.map((width, column) => (column < 3 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(head ?? []), rule, ...rest.map(line)].join('\n');
}

/** Columns of the short table. */
const shortColumns = ['Block', 'Text', 'Position', 'Color', 'D2C-4', 'lift', 'SSIM', 'TreeBLEU'];

/** Means a variant and strategy, for the README: what a newcomer can compare at a glance, and the least page. */
export function summaryOf(measurements: readonly Measurement[]): string {
  const chosen = columns.filter(({ title }) => shortColumns.includes(title));
  const rows = groupsOf(measurements).map(({ variant, strategy, own }) => {
    const least = leastOf(own);
    const overflowing = own.filter(({ score }) => score.overflow.some(({ pixels }) => pixels > 0)).length;
    return [
      `${variant}, ${own.length} pages`,
      strategy,
      ...chosen.map((column) => column.show(mean(own, column.value))),
      `${overflowing}`,
      `${least.page} ${percent(least.score.d2c4)}`,
    ];
  });
  return markdownTable(
    ['pictures', 'strategy', ...chosen.map(({ title }) => title), 'overflowing pages', 'least D2C-4'],
    rows,
  );
}
