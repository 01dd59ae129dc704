'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { findMetric, metricsFor } from '#core/engine/figures/find-metric.ts';
import type { MetricKey } from '#core/engine/figures/metrics.ts';
import { tradesOfColumns } from '#core/engine/outcome/trade-columns.ts';
import { describeInputs } from '#features/backtests/index.ts';
import { MetricFigure } from '#features/metrics/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { ResultChart } from '#ui/charts/result-chart.tsx';
import type { Column } from '#ui/data/column.ts';
import { Figure } from '#ui/data/figure.tsx';
import { Table } from '#ui/data/table.tsx';
import { Time } from '#ui/data/time.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { Tooltip } from '#ui/feedback/tooltip.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import type { Sweep } from './sweep.ts';

type Forward = Outputs['sweep']['forward'];
type WindowRow = Forward['windows'][number] & { readonly index: number };

const SHOWN: readonly MetricKey[] = [
  'totalReturn',
  'cagr',
  'sharpe',
  'maxDrawdown',
  'trades',
  'profitFactor',
  'benchmarkReturn',
];
const EFFICIENCY =
  'Annual return out of sample over the mean of those in the samples (Pardo): near 1, what was found goes on; near 0 or below, it was fitted to the past.';

/** What was traded out of sample, as one run, and window by window. */
export function ForwardView({ row }: { readonly row: Sweep }) {
  const trpc = useTRPC();
  const result = useQuery(trpc.sweep.forward.queryOptions({ id: row.id }, { staleTime: Infinity }));
  const forward = result.data;
  const range = useMemo(() => ({ from: forward?.time[0] ?? 0, to: forward?.time.at(-1) ?? 0 }), [forward]);
  const bars = useQuery({
    ...trpc.market.bars.queryOptions({ id: row.marketId, ...range }, { staleTime: Infinity }),
    enabled: forward !== undefined,
  });
  const trades = useMemo(() => (forward ? tradesOfColumns(forward.trades) : []), [forward]);
  const whole = useMemo(() => (forward && bars.data ? { bars: bars.data, ...forward } : null), [forward, bars.data]);
  const failed = result.error ?? bars.error;
  if (failed) return <Problem title={explainError(failed).title}>{explainError(failed).advice}</Problem>;
  if (!forward) return <Skeleton className="h-[60vh]" />;
  return (
    <div className="space-y-4">
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line sm:grid-cols-4 xl:grid-cols-8">
        {metricsFor(SHOWN).map((metric) => (
          <Headline key={metric.key} title={metric.title} definition={metric.definition}>
            <MetricFigure
              metric={metric}
              value={forward.metrics[metric.key] ?? Number.NaN}
              currency={row.currency}
              cash={row.settings.cash}
            />
          </Headline>
        ))}
        <Headline title="Efficiency" definition={EFFICIENCY}>
          <Figure value={forward.efficiency ?? Number.NaN} kind="ratio" />
        </Headline>
      </dl>
      <Panel className="h-[62vh] min-h-110">
        {whole ? (
          <ResultChart whole={whole} detail={null} trades={trades} focus={null} onLook={nothing} />
        ) : (
          <Skeleton className="m-4 h-90" />
        )}
      </Panel>
      <Panel title="Windows">
        <WindowTable row={row} forward={forward} />
      </Panel>
    </div>
  );
}

const nothing = (): void => undefined;

function Headline({
  title,
  definition,
  children,
}: {
  readonly title: string;
  readonly definition: string;
  readonly children: React.ReactNode;
}) {
  return (
    <Tooltip label={definition}>
      <div tabIndex={0} className="bg-surface px-3 py-3 -outline-offset-2">
        <dt className="truncate text-xs text-faint">{title}</dt>
        <dd className="mt-0.5 text-lg font-semibold">{children}</dd>
      </div>
    </Tooltip>
  );
}

function WindowTable({ row, forward }: { readonly row: Sweep; readonly forward: Forward }) {
  const { rankedBy } = row;
  const rows = useMemo(() => forward.windows.map((window, index): WindowRow => ({ ...window, index })), [forward]);
  const ranked = findMetric(rankedBy);
  const columns = useMemo(
    (): readonly Column<WindowRow>[] => [
      {
        id: 'from',
        header: 'Traded from',
        sortBy: (window) => window.from,
        cell: (window) => <Time value={window.from} detail="day" />,
      },
      { id: 'to', header: 'to', cell: (window) => <Time value={window.to} detail="day" /> },
      {
        id: 'inputs',
        header: 'With',
        cell: (window) => (
          <code className="text-2xs">{window.inputs ? describeInputs(window.inputs) : 'nothing was traded'}</code>
        ),
      },
      ...(ranked
        ? [
            {
              id: 'inSample',
              header: `${ranked.title} before`,
              align: 'right' as const,
              sortBy: (window: WindowRow) => window.inSampleMetrics?.[rankedBy] ?? Number.NEGATIVE_INFINITY,
              cell: (window: WindowRow) => (
                <MetricFigure
                  metric={ranked}
                  value={window.inSampleMetrics?.[rankedBy] ?? Number.NaN}
                  currency={row.currency}
                  cash={row.settings.cash}
                />
              ),
            },
            {
              id: 'outOfSample',
              header: `${ranked.title} traded`,
              align: 'right' as const,
              sortBy: (window: WindowRow) => window.outOfSampleMetrics?.[rankedBy] ?? Number.NEGATIVE_INFINITY,
              cell: (window: WindowRow) => (
                <MetricFigure
                  metric={ranked}
                  value={window.outOfSampleMetrics?.[rankedBy] ?? Number.NaN}
                  currency={row.currency}
                  cash={row.settings.cash}
                />
              ),
            },
          ]
        : []),
      {
        id: 'return',
        header: 'Return',
        align: 'right',
        sortBy: (window) => window.outOfSampleMetrics?.['totalReturn'] ?? 0,
        cell: (window) => (
          <Figure value={window.outOfSampleMetrics?.['totalReturn'] ?? Number.NaN} kind="percent" tone="outcome" />
        ),
      },
      {
        id: 'trades',
        header: 'Trades',
        align: 'right',
        sortBy: (window) => window.outOfSampleMetrics?.['trades'] ?? 0,
        cell: (window) => <Figure value={window.outOfSampleMetrics?.['trades'] ?? Number.NaN} kind="count" />,
      },
    ],
    [ranked, rankedBy, row.currency, row.settings.cash],
  );
  return <Table label="Windows" rows={rows} columns={columns} rowKey={({ index }) => String(index)} />;
}
