import type { MetricKey } from '#core/engine/figures/metrics.ts';
import type { Axis } from '#core/engine/sweep/space.ts';
import type { SweepTable } from '#core/engine/sweep/sweep-table.ts';

export interface Heat {
  /** A candidate a cell, row by row; -1 where none was tried. */
  readonly candidates: Int32Array;
  readonly values: Float64Array;
}

/**
 * The table seen over two of its axes, `across` in columns and `down` in rows. Where other axes give several candidates
 * a cell, it shows the best of them by `rankedBy`, the metric that it shows being another perhaps.
 */
export function heatOf(
  table: SweepTable,
  { across, down, metric, rankedBy }: { across: Axis; down: Axis | null; metric: MetricKey; rankedBy: MetricKey },
): Heat {
  const columns = new Map(across.values.map((value, index) => [value, index]));
  const rows = new Map((down?.values ?? []).map((value, index) => [value, index]));
  const candidates = new Int32Array(across.values.length * Math.max(1, rows.size)).fill(-1);
  // The best first, so that each cell keeps the first that falls into it.
  for (const candidate of table.rankedBy(rankedBy)) {
    const inputs = table.candidates.at(candidate);
    const column = columns.get(inputs?.[across.name] ?? '');
    const row = down ? rows.get(inputs?.[down.name] ?? '') : 0;
    if (column === undefined || row === undefined) continue;
    const cell = row * across.values.length + column;
    if (candidates[cell] === -1) candidates[cell] = candidate;
  }
  return {
    candidates,
    values: Float64Array.from(candidates, (candidate) => (candidate < 0 ? Number.NaN : table.at(candidate, metric))),
  };
}
