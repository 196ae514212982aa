/** Rate and time left of a transfer, from a clock that the test turns. */
import { describe, expect, it } from 'vitest';
import { formatDuration, type TransferProgress } from '../../shared/engine/models/index.ts';
import { TransferMeter } from '../../shared/engine/models/transfer-meter.ts';

function measure(...updates: readonly (readonly [bytes: number, now: number])[]): TransferProgress[] {
  const reports: TransferProgress[] = [];
  const meter = new TransferMeter('a', 1000, (progress) => reports.push(progress));
  for (const [bytes, now] of updates) meter.update(bytes, now);
  return reports;
}

describe('the meter', () => {
  it('tells rate and time left', () => {
    expect(measure([0, 0], [100, 1000], [300, 2000]).at(-1)).toEqual({
      file: 'a',
      receivedBytes: 300,
      totalBytes: 1000,
      bytesPerSecond: 150,
      secondsLeft: 700 / 150,
    });
  });

  it('looks at the last ten seconds only, and not at what was there before', () => {
    expect(measure([500, 0], [510, 1000], [610, 11_001]).at(-1)?.bytesPerSecond).toBeUndefined();
    expect(measure([500, 0], [510, 5000], [610, 15_000]).at(-1)?.bytesPerSecond).toBe(10);
  });

  it('reports ten times a second, and always the end', () => {
    const updates = Array.from({ length: 100 }, (_, index) => [index * 10, index] as const);
    expect(measure(...updates, [1000, 100.5]).map(({ receivedBytes }) => receivedBytes)).toEqual([0, 1000]);
  });

  it('begins anew where the transfer does', () => {
    expect(measure([0, 0], [800, 1000], [0, 2000]).at(-1)).not.toHaveProperty('bytesPerSecond');
  });
});

describe('a duration', () => {
  it.each([
    [0, '0 s'],
    [0.2, '1 s'],
    [59.5, '1 min'],
    [61, '2 min'],
    [3600, '1 h'],
    [7500, '2 h 5 min'],
  ])('of %d seconds is %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});
