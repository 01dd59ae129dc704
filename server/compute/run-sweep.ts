import { randomUUID } from 'node:crypto';
import { METRIC_KEYS } from '#core/engine/figures/find-metric.ts';
import type { KeptKey } from '#core/engine/sweep/ranking.ts';
import type { Tile } from '#core/engine/sweep/schedule.ts';
import { candidatesIn, type Candidates, type Space } from '#core/engine/sweep/space.ts';
import { SweepTable } from '#core/engine/sweep/sweep-table.ts';
import { COLUMN_BYTES, slotsFor, slotsOf, standingBefore } from '#core/engine/sweep/sweep.ts';
import type { Windows } from '#core/engine/sweep/walk-forward.ts';
import type { Unfinished } from '#core/result/outcome.ts';
import type { ComputePool, TaskOptions } from './compute-pool.ts';
import type { Subject, SweepSubject } from './protocol.ts';
import { spanCount } from './shared-memory.ts';

export interface SweepTask extends Subject {
  readonly space: Space;
  /** Each candidate is run over the samples of these windows; over all bars unless said otherwise. */
  readonly windows?: Windows;
  /** Keys of the metrics that are kept; all unless said otherwise. */
  readonly keep?: readonly KeptKey[];
  /** Memory for columns that candidates have in common. */
  readonly columnBytes?: number;
}

/** How long a piece is to take, in milliseconds. */
const PIECE_TIME = 250;
const FIRST_PIECE = 16;
const LARGEST_PIECE = 512;

/**
 * Runs a sweep on all threads of a pool, in pieces of a fifth of a second, so that no other task waits long. Its
 * figures are those of the engine's own `sweep`, to the bit, whatever the number of threads. `signal` stops it within a
 * piece.
 */
export async function runSweep(
  pool: ComputePool,
  task: SweepTask,
  options: TaskOptions,
): Promise<Unfinished | { readonly type: 'finished'; readonly table: SweepTable }> {
  const {
    space,
    windows = null,
    keep = METRIC_KEYS,
    columnBytes = COLUMN_BYTES,
    formula,
    bars,
    feeds,
    settings,
  } = task;
  const candidates = candidatesIn(space);
  if (!candidates.ok) return { type: 'refused', reason: candidates.error };
  const subject = { formula, bars, feeds, settings };
  const planned = await pool.run(
    'plan',
    { subject, space, slots: slotsFor(columnBytes, bars), windows },
    taskOf(options),
  );
  if (planned.type !== 'finished') return planned;
  const { spans } = planned;
  const { tiles, refused } = planned.plan;
  const slots = Array.from(
    { length: slotsOf(planned.plan) },
    () => new Float64Array(new SharedArrayBuffer(8 * bars.length)),
  );
  const figures = new Float64Array(
    new SharedArrayBuffer(8 * candidates.value.length * spanCount(spans) * keep.length),
  ).fill(Number.NaN);
  const sweep = new RunningSweep(
    pool,
    { ...subject, id: randomUUID(), space, spans, slots, keep, figures },
    candidates.value,
    options,
  );
  for (const { candidate, reason } of refused) sweep.refuse(candidate, reason);
  for (const tile of tiles) {
    const unfinished = await sweep.runTile(tile);
    if (unfinished) return unfinished;
  }
  return { type: 'finished', table: sweep.table };
}

/** Pieces tell no progress of their own. */
export const taskOf = ({ signal, claim }: TaskOptions): TaskOptions => ({ signal, ...(claim ? { claim } : {}) });

class RunningSweep {
  readonly table: SweepTable;
  readonly #pool: ComputePool;
  readonly #subject: SweepSubject;
  readonly #options: TaskOptions;
  #done = 0;
  #pieceSize = FIRST_PIECE;

  constructor(pool: ComputePool, subject: SweepSubject, candidates: Candidates, options: TaskOptions) {
    this.#pool = pool;
    this.#subject = subject;
    this.#options = options;
    this.table = new SweepTable(candidates, subject.keep, spanCount(subject.spans), subject.figures);
  }

  refuse(candidate: number, reason: string): void {
    this.table.refuse(candidate, reason);
    this.#done += 1;
  }

  /** Null when all of it was run. */
  async runTile(tile: Tile): Promise<Unfinished | null> {
    for (const [wave, loads] of tile.waves.entries()) {
      const standing = standingBefore(tile, wave);
      const outcomes = await Promise.all(
        loads.map(({ candidate, columns }) =>
          this.#pool.run('load', { subject: this.#subject, candidate, columns, standing }, taskOf(this.#options)),
        ),
      );
      for (const outcome of outcomes) if (outcome.type !== 'finished') return outcome;
    }
    const waiting = [...tile.candidates];
    const outcomes = await Promise.all(Array.from({ length: this.#pool.size }, () => this.#runSome(waiting, tile)));
    return outcomes.find((outcome) => outcome !== null) ?? null;
  }

  /**
   * Keeps one thread busy until nothing waits any more. Pieces become smaller towards the end, so that no thread waits
   * long for another.
   */
  async #runSome(waiting: number[], tile: Tile): Promise<Unfinished | null> {
    while (waiting.length > 0) {
      const piece = waiting.splice(0, Math.min(this.#pieceSize, Math.ceil(waiting.length / (2 * this.#pool.size))));
      const task = { subject: this.#subject, candidates: piece, standing: tile.columns };
      const begin = performance.now();
      const outcome = await this.#pool.run('candidates', task, taskOf(this.#options));
      if (outcome.type !== 'finished') return outcome;
      this.#pieceSize = Math.max(
        1,
        Math.min(LARGEST_PIECE, Math.round((piece.length * PIECE_TIME) / Math.max(1, performance.now() - begin))),
      );
      this.#done += piece.length;
      this.#options.onProgress?.(this.#done / this.table.candidates.length);
    }
    return null;
  }
}
