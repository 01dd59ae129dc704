import { findMetric } from '#core/engine/figures/find-metric.ts';
import type { KeptMetrics, MetricKey } from '#core/engine/figures/metrics.ts';
import type { Column } from '#ui/data/column.ts';
import { MetricFigure } from './metric-figure.tsx';

/** The column of a metric in a list of runs: percentages with one decimal, as a list is skimmed. */
export function metricColumns<Row>(
  keys: readonly MetricKey[],
  metricsOf: (row: Row) => KeptMetrics | null | undefined,
): Column<Row>[] {
  return keys.flatMap((key, index) => {
    const metric = findMetric(key);
    const valueOf = (row: Row): number => metricsOf(row)?.[key] ?? Number.NaN;
    return metric
      ? {
          id: key,
          header: metric.shortTitle,
          align: 'right',
          // The first is what the list is about: a telephone shows it, too.
          wide: index > 0,
          sortBy: valueOf,
          cell: (row) => <MetricFigure metric={metric} value={valueOf(row)} digits={1} />,
        }
      : [];
  });
}
