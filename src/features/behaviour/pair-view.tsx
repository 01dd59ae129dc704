'use client';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { tradesOfColumns } from '#core/engine/outcome/trade-columns.ts';
import { UnfinishedRun } from '#features/backtests/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import type { ComparedTrade } from '#ui/charts/difference-chart.tsx';
import { Time } from '#ui/data/time.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { Tabs } from '#ui/layout/tabs.tsx';
import { FirstBar } from './first-bar.tsx';
import { MetricDifferences } from './metric-differences.tsx';
import type { Sides } from './sides.ts';
import { TradeDifferences } from './trade-differences.tsx';
import type { Pair } from './use-behaviour.ts';
import { usePair, type Behaviour } from './use-pair.ts';

const DifferenceChart = dynamic(async () => (await import('#ui/charts/difference-chart.tsx')).DifferenceChart, {
  ssr: false,
});

interface PairViewProps {
  readonly sides: Sides;
  readonly pair: Pair;
}

/** What both did on one market. */
export function PairView({ sides, pair }: PairViewProps) {
  const { before, after, behaviour, error } = usePair(pair);
  if (error) return <Problem title={explainError(error).title}>{explainError(error).advice}</Problem>;
  const unfinished = [before, after].find((run) => run && run.status !== 'succeeded');
  if (unfinished && unfinished.status !== 'succeeded')
    return <UnfinishedRun run={{ ...unfinished, status: unfinished.status }} noun="backtest" running="Both run …" />;
  if (!before || !after || !behaviour) return <Skeleton className="h-[50vh]" />;
  return <Done sides={sides} run={before} behaviour={behaviour} />;
}

type View = 'first' | 'metrics' | 'trades';

interface DoneProps {
  readonly sides: Sides;
  readonly run: Outputs['backtest']['get'];
  readonly behaviour: Behaviour;
}

function Done({ sides, run, behaviour }: DoneProps) {
  const { firstBar, firstTime, barCount, signals } = behaviour;
  const [view, setView] = useState<View>(firstBar === null ? 'metrics' : 'first');
  const markets = useQuery(useTRPC().market.list.queryOptions());
  const trades = useMemo(() => tradesOf(behaviour), [behaviour]);
  const isIntraday = !/^\d+[dwM]$/.test(run.timeframe);
  return (
    <>
      <p role="status" className="text-base">
        {firstTime === null || firstBar === null ? (
          <>Both did the same on all {barCount.toLocaleString('en')} bars.</>
        ) : (
          <>
            The two part at <Time value={firstTime} detail={isIntraday ? 'minute' : 'day'} />, bar{' '}
            {(firstBar + 1).toLocaleString('en')} of {barCount.toLocaleString('en')}. Up to there both are the same.
            {signals.onlyBefore + signals.onlyAfter > 0 ? (
              <span className="text-muted">
                {' '}
                Signals of one alone: {signals.onlyBefore.toLocaleString('en')} of {sides.before.title},{' '}
                {signals.onlyAfter.toLocaleString('en')} of {sides.after.title}.
              </span>
            ) : null}
          </>
        )}
      </p>
      <Panel title="Equity of both, and their difference">
        <div className="h-[50vh] min-h-80">
          <DifferenceChart
            titles={[sides.before.title, sides.after.title]}
            time={behaviour.time}
            before={behaviour.before}
            after={behaviour.after}
            difference={behaviour.difference}
            trades={trades}
            firstTime={firstTime}
          />
        </div>
      </Panel>
      <Panel>
        <Tabs
          label="Parts of the comparison"
          value={view}
          onChange={setView}
          tabs={[
            ...(firstBar === null
              ? []
              : [
                  {
                    value: 'first' as const,
                    label: 'Where they part',
                    content: <FirstBar sides={sides} run={run} markets={markets.data ?? []} time={firstTime ?? 0} />,
                  },
                ]),
            {
              value: 'metrics',
              label: 'Metrics',
              content: <MetricDifferences sides={sides} run={run} behaviour={behaviour} />,
            },
            {
              value: 'trades',
              label: 'Trades',
              count: behaviour.changed.count + behaviour.onlyBefore.count + behaviour.onlyAfter.count,
              content: <TradeDifferences sides={sides} run={run} behaviour={behaviour} />,
            },
          ]}
        />
      </Panel>
    </>
  );
}

/** Trades that the two do not share, for the chart. */
function tradesOf({ changed, onlyBefore, onlyAfter }: Behaviour): readonly ComparedTrade[] {
  const of = (columns: Behaviour['onlyBefore']['trades'], group: ComparedTrade['group']): ComparedTrade[] =>
    tradesOfColumns(columns).map(({ entryTime, exitTime }) => ({ entryTime, exitTime, group }));
  return [
    ...of(onlyBefore.trades, 'before'),
    ...of(onlyAfter.trades, 'after'),
    ...of(changed.after, 'changed'),
  ].toSorted((a, b) => a.entryTime - b.entryTime);
}
