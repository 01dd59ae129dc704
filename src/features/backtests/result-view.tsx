'use client';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useCallback, useMemo, useRef, useState } from 'react';
import { tradesOfColumns } from '#core/engine/outcome/trade-columns.ts';
import { check } from '#core/formula/check/check.ts';
import { parse } from '#core/formula/language/parse.ts';
import { moneyDigits, priceDigits } from '#core/market/price-digits.ts';
import { MarketGaps } from '#features/markets/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { useAction } from '#trpc/use-action.ts';
import { Tool } from '#ui/charts/chart-frame.tsx';
import { ResultChart } from '#ui/charts/result-chart.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { Tabs } from '#ui/layout/tabs.tsx';
import type { Backtest, Trade } from './backtest.ts';
import { BarsSinceNotice } from './bars-since-notice.tsx';
import { around, MOST_BARS } from './detail-range.ts';
import { feedDoubts, marketsWithoutVolume } from './feed-doubts.ts';
import { Headline } from './headline.tsx';
import { MetricList } from './metric-list.tsx';
import { MonteCarloView } from './monte-carlo-view.tsx';
import { MonthlyReturns } from './monthly-returns.tsx';
import { OrderList } from './order-list.tsx';
import { plottedLines } from './plotted-lines.ts';
import { RunAgainButton } from './run-again-button.tsx';
import { RunSettings } from './run-settings.tsx';
import type { Explained, Wondered } from './run-why.tsx';
import { TradeTable } from './trade-table.tsx';
import { useDetail } from './use-detail.ts';

/** The engine, and the graph of the formula: loaded once somebody asks why. */
const RunWhy = dynamic(async () => (await import('./run-why.tsx')).RunWhy, { ssr: false });

const NOTHING_EXPLAINED: Explained = { pinned: null, lines: [] };

const wonderedOf = (trade: Trade, end: 'entry' | 'exit'): Wondered =>
  end === 'entry'
    ? { kind: 'fill', time: trade.entryTime, reason: 'entry', price: trade.entryPrice }
    : { kind: 'fill', time: trade.exitTime, reason: trade.reason, price: trade.exitPrice };

type View = 'trades' | 'metrics' | 'months' | 'chance' | 'rejected' | 'settings';

/** The result of a finished run: figures, charts, trades. */
export function ResultView({ row }: { readonly row: Backtest }) {
  const trpc = useTRPC();
  const result = useQuery(trpc.backtest.result.queryOptions({ id: row.id }, { staleTime: Infinity }));
  // Bars that have come since are none of its.
  const to = row.bars.lastBar ?? row.to;
  const range = useMemo(
    () => ({ ...(row.from === null ? {} : { from: row.from }), ...(to === null ? {} : { to }) }),
    [row.from, to],
  );
  const bars = useQuery(
    trpc.market.bars.queryOptions({ id: row.marketId, ...range, maxPoints: MOST_BARS }, { staleTime: Infinity }),
  );
  const [view, setView] = useState<View>('trades');
  const [trade, setTrade] = useState<Trade | null>(null);
  const trades = useMemo(() => (result.data ? tradesOfColumns(result.data.trades) : []), [result.data]);
  const nets = useMemo(
    () => (result.data ? [...result.data.trades.net, ...result.data.furtherNets] : []),
    [result.data],
  );
  const whole = useMemo(
    () => (result.data && bars.data ? { bars: bars.data, ...result.data } : null),
    [result.data, bars.data],
  );
  const digits = useMemo(() => (bars.data ? priceDigits(bars.data) : 2), [bars.data]);
  const doubts = useDoubts(row);
  const detail = useDetail(row, bars.data?.reducedBy ?? 1);
  const focus = useMemo(() => (trade ? around(trade, row.timeframe) : null), [trade, row.timeframe]);
  const chart = useRef<HTMLDivElement>(null);
  const [wondered, setWondered] = useState<Wondered | null>(null);
  const [explained, setExplained] = useState<Explained>(NOTHING_EXPLAINED);
  const plotted = useMemo(() => plottedLines(row.formulaId), [row.formulaId]);
  const isRerun = wondered !== null || plotted.length > 0;
  const select = (chosen: Trade): void => {
    setTrade(chosen);
    // The table may have been scrolled to: what it leads to must be in sight.
    chart.current?.scrollIntoView({ block: 'nearest' });
    detail.look(around(chosen, row.timeframe));
  };
  const explain = useCallback((time: number) => setWondered({ kind: 'bar', time }), []);
  const failed = result.error ?? bars.error;
  if (failed) return <Problem title={explainError(failed).title}>{explainError(failed).advice}</Problem>;
  return (
    <div className="space-y-4">
      <BarsSinceNotice bars={row.bars} market={row} action={<BacktestAgain id={row.id} />} />
      <MarketGaps marketId={row.marketId} {...range} />
      {doubts.map((message) => (
        <p key={message} role="status" className="text-pretty text-warn">
          {message}
        </p>
      ))}
      <Headline metrics={row.metrics ?? {}} currency={row.currency} cash={row.settings.cash} />
      <div ref={chart} className="flex scroll-mt-4 gap-4 max-lg:flex-col">
        <Panel className="h-[62vh] min-h-110 min-w-0 lg:flex-1">
          {whole ? (
            <ResultChart
              whole={whole}
              detail={detail.data}
              trades={trades}
              focus={focus && detail.covers(focus) ? focus : null}
              onLook={detail.look}
              lines={explained.lines}
              pinned={explained.pinned}
              onPick={explain}
              tools={
                trade ? (
                  <>
                    <Tool label="Why the trade began" onClick={() => setWondered(wonderedOf(trade, 'entry'))}>
                      Why in?
                    </Tool>
                    <Tool label="Why the trade ended" onClick={() => setWondered(wonderedOf(trade, 'exit'))}>
                      Why out?
                    </Tool>
                  </>
                ) : null
              }
            />
          ) : (
            <Skeleton className="m-4 h-90" />
          )}
        </Panel>
        {isRerun ? (
          <RunWhy
            row={row}
            plotted={plotted}
            wondered={wondered}
            onExplained={setExplained}
            onClose={() => setWondered(null)}
          />
        ) : null}
      </div>
      {result.data ? (
        <Panel>
          <Tabs
            label="Parts of the result"
            value={view}
            onChange={setView}
            tabs={[
              {
                value: 'trades',
                label: 'Trades',
                count: result.data.tradeCount,
                content: (
                  <TradeTable
                    trades={trades}
                    count={result.data.tradeCount}
                    timeframe={row.timeframe}
                    currency={row.currency}
                    digits={digits}
                    ofMoney={moneyDigits(row.settings.cash)}
                    selected={trade}
                    onSelect={select}
                  />
                ),
              },
              {
                value: 'metrics',
                label: 'Metrics',
                content: <MetricList metrics={row.metrics ?? {}} currency={row.currency} cash={row.settings.cash} />,
              },
              {
                value: 'months',
                label: 'By month',
                content: <MonthlyReturns months={result.data.months} years={result.data.years} />,
              },
              {
                value: 'chance',
                label: 'Monte Carlo',
                content: <MonteCarloView nets={nets} cash={row.settings.cash} currency={row.currency} />,
              },
              {
                value: 'rejected',
                label: 'Rejected orders',
                count: result.data.rejectedCount,
                content: (
                  <OrderList
                    rejected={result.data.rejected}
                    count={result.data.rejectedCount}
                    timeframe={row.timeframe}
                  />
                ),
              },
              { value: 'settings', label: 'Settings and code', content: <RunSettings row={row} /> },
            ]}
          />
        </Panel>
      ) : null}
    </div>
  );
}

/** What the markets that the version reads beside its own lack, as the markets are now. */
function useDoubts(row: Backtest): string[] {
  const markets = useQuery(useTRPC().market.list.queryOptions());
  return useMemo(() => {
    const known = markets.data ?? [];
    const market = known.find(({ id }) => id === row.marketId);
    if (!market) return [];
    const { formula } = parse(row.code);
    const volumes = check(formula, { withoutVolume: marketsWithoutVolume(market, known) })
      .diagnostics.filter(({ code }) => code === 'no-volume')
      .map(({ message }) => message);
    return [
      ...volumes,
      ...feedDoubts(formula, market, known, {
        ...(row.from === null ? {} : { from: row.from }),
        ...(row.to === null ? {} : { to: row.to }),
      }),
    ];
  }, [markets.data, row]);
}

/** Opens the backtest that it starts. */
function BacktestAgain({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const again = useAction(
    trpc.backtest.runAgain.mutationOptions({ onSuccess: ({ backtestId }) => router.push(`/backtests/${backtestId}`) }),
  );
  return <RunAgainButton isPending={again.isPending} onRun={() => again.mutate({ id })} />;
}
