'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { metricsFor } from '#core/engine/figures/find-metric.ts';
import type { MetricKey } from '#core/engine/figures/metrics.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { useRunSettings } from '#features/backtests/index.ts';
import { MetricFigure } from '#features/metrics/index.ts';
import { MOST_RERUN, useRerun } from '#features/rerun/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { Select } from '#ui/controls/select.tsx';

const SHOWN: readonly MetricKey[] = ['totalReturn', 'sharpe', 'maxDrawdown', 'trades'];

interface MergePreviewProps {
  readonly before: Formula;
  readonly after: Formula;
}

/** What the strategy does on real prices before and after the merge, computed in this browser. */
export function MergePreview({ before, after }: MergePreviewProps) {
  const trpc = useTRPC();
  const settings = useRunSettings();
  const markets = useQuery(trpc.market.list.queryOptions());
  const [marketId, choose] = useState<string | null>(null);
  const known = markets.data;
  const market = known?.find(({ id }) => id === marketId) ?? known?.[0];
  const on = useMemo(
    () => (market && known ? { settings, market, markets: known, from: null, to: null } : null),
    [market, known, settings],
  );
  const first = useRerun(
    useMemo(() => on && { ...on, formula: before }, [on, before]),
    null,
  );
  const second = useRerun(
    useMemo(() => on && { ...on, formula: after }, [on, after]),
    null,
  );
  if (!market || !known) return <p className="p-4 text-muted">Import a market to see what the merge would do on it.</p>;
  const isTooLong = first.isPart || second.isPart;
  const problem = second.state.problem ?? first.state.problem;
  return (
    <section aria-label="Preview of the merge" className="space-y-2 border-t p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="font-semibold">On prices</h2>
        <Select
          aria-label="Market"
          className="max-w-44"
          value={market.id}
          onChange={choose}
          options={known.map(({ id, symbol, timeframe }) => ({ value: id, label: `${symbol} ${timeframe}` }))}
        />
      </div>
      {isTooLong ? (
        <p className="text-muted">
          This market has more than {MOST_RERUN.toLocaleString('en')} bars: run a backtest after the merge.
        </p>
      ) : (
        <table className="w-full text-left text-xs" aria-label="Figures before and after the merge">
          <thead className="text-faint">
            <tr>
              <th className="font-normal">Figure</th>
              <th className="text-right font-normal">Before</th>
              <th className="text-right font-normal">After</th>
            </tr>
          </thead>
          <tbody>
            {metricsFor(SHOWN).map((metric) => (
              <tr key={metric.key}>
                <td>{metric.title}</td>
                {[first, second].map(({ state }, at) => (
                  <td key={at} className="tabular text-right">
                    {state.result ? <MetricFigure metric={metric} value={state.result.metrics[metric.key]} /> : '…'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {problem ? <p className="text-xs text-bad">A strategy with errors makes no figures: see its problems.</p> : null}
    </section>
  );
}
