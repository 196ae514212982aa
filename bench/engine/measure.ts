/** Runs every scenario on every side in turn (A B C, A B C, …), so that a machine that drifts is unfair to none. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Contestant, Running } from './contestant.ts';
import type { FigureName, Figures } from './figures.ts';
import { coldStart, memory, type Scenario, warmUp } from './scenarios.ts';

const settleMs = 5000;

export interface MeasureOptions {
  readonly scenarios: readonly Scenario[];
  /** Runs instead of those that a scenario asks for. */
  readonly rounds?: number;
  readonly coldStarts: number;
  readonly withMemory: boolean;
  readonly signal: AbortSignal;
}

/** Values of each figure, one per round: by contestant, in the order of the rounds, which pairs them. */
export type Series = ReadonlyMap<FigureName, readonly (readonly number[])[]>;

export async function measure(contestants: readonly Contestant[], options: MeasureOptions): Promise<Series> {
  const series = new Map<FigureName, number[][]>();
  const note = (side: number, values: Figures): void => {
    // Object.entries forgets the keys' type.
    for (const [name, value] of Object.entries(values) as [FigureName, number][]) {
      const rows = series.get(name) ?? contestants.map(() => []);
      rows[side]?.push(value);
      series.set(name, rows);
      process.stderr.write(`${contestants[side]?.name}: ${name} ${value.toPrecision(4)}\n`);
    }
  };
  for (let round = 0; round < options.coldStarts; round += 1) {
    for (const [side, one] of contestants.entries()) note(side, await coldStart(one, options.signal));
  }
  const running: Running[] = [];
  try {
    if (options.scenarios.length === 0) return series;
    for (const one of contestants) running.push(await one.start(options.signal));
    // What a side still does by itself after its first answer must not run into the other sides' measurements.
    for (const one of running) await warmUp(one, options.signal);
    await delay(settleMs);
    for (const scenario of options.scenarios) {
      for (let round = 0; round < (options.rounds ?? scenario.rounds); round += 1) {
        for (const [side, one] of running.entries())
          note(side, await scenario.run(one, round, options.signal));
      }
    }
    if (options.withMemory) for (const [side, one] of running.entries()) note(side, await memory(one));
  } finally {
    await Promise.all(running.map((one) => one.close()));
  }
  return series;
}
