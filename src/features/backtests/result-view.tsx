'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { ResultChart } from '#ui/charts/result-chart.tsx';
import { Panel } from '#ui/panel.tsx';
import { Problem } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { Headline } from './headline.tsx';
import { MetricList } from './metric-list.tsx';
import { MonteCarloView } from './monte-carlo-view.tsx';
import { MonthlyReturns } from './monthly-returns.tsx';
import { OrderList } from './order-list.tsx';
import { RunSettings } from './run-settings.tsx';
import { TradeTable } from './trade-table.tsx';

export type Backtest = Outputs['backtest']['get'];
export type Trade = Outputs['backtest']['result']['trades'][number];

type View = 'trades' | 'metrics' | 'months' | 'chance' | 'rejected' | 'settings';

/** The result of a finished run: figures, charts, trades. */
export function ResultView({ row }: { readonly row: Backtest }) {
  const trpc = useTRPC();
  const result = useQuery(trpc.backtest.result.queryOptions({ id: row.id }, { staleTime: Infinity }));
  const range = useMemo(() => ({ ...(row.from === null ? {} : { from: row.from }), ...(row.to === null ? {} : { to: row.to }) }), [row.from, row.to]);
  const bars = useQuery(trpc.market.bars.queryOptions({ id: row.marketId, ...range }, { staleTime: Infinity }));
  const [view, setView] = useState<View>('trades');
  const [trade, setTrade] = useState<Trade | null>(null);
  const failed = result.error ?? bars.error;
  if (failed) return <Problem title={explainError(failed).title}>{explainError(failed).advice}</Problem>;
  return (
    <div className="space-y-4">
      <Headline metrics={row.metrics ?? {}} currency={row.currency} cash={row.settings.cash} />
      <Panel className="h-[62vh] min-h-110">
        {result.data && bars.data ? (
          <ResultChart bars={bars.data} trades={result.data.trades} time={result.data.time} equity={result.data.equity} benchmark={result.data.benchmark} drawdown={result.data.drawdown} focus={trade} />
        ) : <Skeleton className="m-4 h-90" />}
      </Panel>
      {result.data ? (
        <Panel>
          <Tabs
            label="Parts of the result"
            value={view}
            onChange={setView}
            tabs={[
              { value: 'trades', label: 'Trades', count: result.data.tradeCount, content: <TradeTable trades={result.data.trades} currency={row.currency} selected={trade} onSelect={setTrade} /> },
              { value: 'metrics', label: 'Metrics', content: <MetricList metrics={row.metrics ?? {}} currency={row.currency} /> },
              { value: 'months', label: 'By month', content: <MonthlyReturns months={result.data.months} years={result.data.years} /> },
              { value: 'chance', label: 'Monte Carlo', content: <MonteCarloView nets={result.data.nets} cash={row.settings.cash} currency={row.currency} /> },
              { value: 'rejected', label: 'Rejected orders', count: result.data.rejectedCount, content: <OrderList rejected={result.data.rejected} /> },
              { value: 'settings', label: 'Settings and code', content: <RunSettings row={row} /> },
            ]}
          />
        </Panel>
      ) : null}
    </div>
  );
}
