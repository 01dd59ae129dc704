import { METRICS, type KeptMetrics } from '#core/engine/figures/metrics.ts';
import { MetricFigure } from '#features/metrics/index.ts';

interface MetricListProps {
  readonly metrics: KeptMetrics;
  readonly currency: string;
  readonly cash: number;
}

/** Every metric with its definition beside it. */
export function MetricList({ metrics, currency, cash }: MetricListProps) {
  return (
    <dl className="grid gap-x-8 px-4 py-2 lg:grid-cols-2">
      {METRICS.map((metric) => (
        <div key={metric.key} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-b border-line/70 py-2">
          <dt className="font-medium">{metric.title}</dt>
          <dd className="text-right">
            <MetricFigure metric={metric} value={metrics[metric.key] ?? Number.NaN} currency={currency} cash={cash} />
          </dd>
          <dd className="col-span-2 text-xs text-faint text-pretty">{metric.definition}</dd>
        </div>
      ))}
    </dl>
  );
}
