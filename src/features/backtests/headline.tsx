import { metricsFor } from '#core/engine/figures/find-metric.ts';
import type { KeptMetrics, MetricKey } from '#core/engine/figures/metrics.ts';
import { MetricFigure } from '#features/metrics/index.ts';
import { Tooltip } from '#ui/feedback/tooltip.tsx';

const SHOWN: readonly MetricKey[] = [
  'totalReturn',
  'cagr',
  'sharpe',
  'maxDrawdown',
  'trades',
  'hitRate',
  'profitFactor',
  'benchmarkReturn',
];

interface HeadlineProps {
  readonly metrics: KeptMetrics;
  readonly currency: string;
  readonly cash: number;
}

/** The figures one looks at first. */
export function Headline({ metrics, currency, cash }: HeadlineProps) {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line sm:grid-cols-4 xl:grid-cols-8">
      {metricsFor(SHOWN).map((metric) => (
        <Tooltip key={metric.key} label={metric.definition}>
          <div tabIndex={0} className="bg-surface px-3 py-3 -outline-offset-2">
            <dt className="truncate text-xs text-faint">{metric.title}</dt>
            <dd className="mt-0.5 text-lg font-semibold">
              <MetricFigure metric={metric} value={metrics[metric.key] ?? Number.NaN} currency={currency} cash={cash} />
            </dd>
          </div>
        </Tooltip>
      ))}
    </dl>
  );
}
