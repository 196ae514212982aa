/** Chooses the tokens of the next decode: first a token of each answer with its guesses, then pieces of prompts. */
import type { Entry } from './entries.ts';
import type { ScheduledRequest } from './request.ts';
import type { Sequence } from './sequences.ts';

export interface PlanLimits {
  /** Most tokens of a decode. */
  readonly capacity: number;
  /** Most tokens whose logits are wanted. */
  readonly outputs: number;
  /** Most prompt tokens while answers are being written. */
  readonly prefillChunk: number;
}

/** What one request puts into a decode. */
export interface Row {
  readonly scheduled: ScheduledRequest;
  /** Tokens that are certain. */
  readonly entries: readonly Entry[];
  /** Guesses after them. */
  readonly draft: readonly number[];
  /** Whether the logits of the last of `entries`, and of the guesses, are wanted. */
  readonly logits: boolean;
  /** Whether it is a piece of a prompt. */
  readonly reads: boolean;
}

/** A row whose tokens stand in the batch. */
export interface PlannedRow {
  readonly scheduled: ScheduledRequest;
  readonly sequence: Sequence;
  readonly entries: readonly Entry[];
  readonly draft: readonly number[];
  /** Index in the batch of the first token whose logits are wanted. */
  readonly output: number | undefined;
}

/** @param active requests with a place, in the order of their turn. */
export function planTokens(active: readonly ScheduledRequest[], limits: PlanLimits): Row[] {
  const running = active.filter(({ over }) => !over);
  const writing = running.filter(({ decoding }) => decoding);
  const reading = running.filter((one) => !one.decoding && one.next !== undefined && !one.next.image);
  const rows = planAnswers(writing, limits, reading.length);
  const used = rows.reduce((sum, { entries, draft }) => sum + entries.length + draft.length, 0);
  const room = limits.capacity - used;
  const budget = writing.length > 0 ? Math.min(room, limits.prefillChunk) : room;
  return [...rows, ...planPrompts(reading, budget)];
}

function planAnswers(writing: readonly ScheduledRequest[], limits: PlanLimits, readers: number): Row[] {
  let guesses = Math.max(0, limits.outputs - writing.length - readers);
  return writing.map((scheduled) => {
    const most = Math.min(guesses, scheduled.mostGuesses);
    const draft = most > 0 ? (scheduled.request.drafter?.propose(most) ?? []) : [];
    guesses -= draft.length;
    return { scheduled, entries: scheduled.remaining, draft, logits: true, reads: false };
  });
}

/** Shares the budget evenly; what one does not need is there for those after it. */
function planPrompts(reading: readonly ScheduledRequest[], budget: number): Row[] {
  const rows: Row[] = [];
  let left = budget;
  for (const [index, scheduled] of reading.entries()) {
    const share = Math.ceil(left / (reading.length - index));
    const entries = textRun(scheduled.remaining, share);
    if (entries.length === 0) continue;
    left -= entries.length;
    const logits = entries.length === scheduled.remainingCount;
    rows.push({ scheduled, entries, draft: [], logits, reads: true });
  }
  return rows;
}

/** The tokens up to the next picture, at most `most`. */
function textRun(entries: readonly Entry[], most: number): readonly Entry[] {
  const picture = entries.findIndex(({ image }) => image !== undefined);
  return entries.slice(0, Math.min(most, picture < 0 ? entries.length : picture));
}
