'use client';
import { useQueries } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { METRICS } from '#core/engine/figures/metrics.ts';
import { parse } from '#core/formula/language/parse.ts';
import { MetricFigure } from '#features/metrics/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { EquityLine } from '#ui/charts/equity-chart.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { formatVersion } from '#ui/format/format-version.ts';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import type { Backtest } from './backtest.ts';
import { describeCosts, describeRange, describeSettings, inputValues } from './describe-run.ts';
import { nameRuns } from './name-runs.ts';

const EquityChart = dynamic(async () => (await import('#ui/charts/equity-chart.tsx')).EquityChart, { ssr: false });

export const MOST_COMPARED = 6;

/** Runs side by side: their growth over each other, and every figure with the best of them marked. */
export function ComparePage() {
  const trpc = useTRPC();
  const asked = useSearchParams().get('ids') ?? '';
  const ids = useMemo(() => [...new Set(asked.split(',').filter((id) => id !== ''))].slice(0, MOST_COMPARED), [asked]);
  const rows = useQueries({ queries: ids.map((id) => trpc.backtest.get.queryOptions({ id })) });
  const results = useQueries({
    queries: ids.map((id) => trpc.backtest.result.queryOptions({ id }, { staleTime: Infinity })),
  });
  const failed = [...rows, ...results].find(({ error }) => error !== null)?.error;
  const runs = rows.flatMap(({ data }) => data ?? []);
  const lines = rows.flatMap(({ data }, index): EquityLine[] => {
    const result = results[index]?.data;
    return data && result
      ? [
          {
            // Whole names would cover the curves; the table below says what the letters are.
            title: shortened(nameOf(data, index)),
            time: result.time,
            values: result.equity.map((value) => value / data.settings.cash - 1),
          },
        ]
      : [];
  });
  return (
    <>
      <PageHeader title="Compare backtests">
        Growth since the start, so that runs with other money or other markets can be seen together.
      </PageHeader>
      <div className="space-y-4 px-4 pb-8 md:px-6">
        {failed ? <Problem title={explainError(failed).title}>{explainError(failed).advice}</Problem> : null}
        {ids.length < 2 ? (
          <Problem title="Choose two runs or more">Open a backtest and press “Compare”.</Problem>
        ) : null}
        {ids.length >= 2 ? (
          <Panel className="h-[50vh] min-h-80">
            {lines.length === ids.length ? <EquityChart lines={lines} /> : <Skeleton className="m-4 h-[80%]" />}
          </Panel>
        ) : null}
        {runs.length === ids.length && ids.length >= 2 ? (
          <Panel title="Figures">
            <CompareTable runs={runs} />
          </Panel>
        ) : null}
      </div>
    </>
  );
}

const MOST_OF_NAME = 24;
const shortened = (name: string): string =>
  name.length > MOST_OF_NAME ? `${name.slice(0, MOST_OF_NAME - 1).trimEnd()}…` : name;

const nameOf = (run: Backtest, index: number): string =>
  `${String.fromCharCode(65 + index)} ${run.title ?? `${run.formulaName} ${formatVersion(run)}`}`;

function CompareTable({ runs }: { readonly runs: readonly Backtest[] }) {
  const valuesOf = runs.map((run) => inputValues(parse(run.code).formula, run.inputs));
  const names = nameRuns(runs);
  const inputs = [...new Set(valuesOf.flatMap((values) => Object.keys(values)))];
  const facts = [
    ['Market', ({ symbol, timeframe }: Backtest) => `${symbol} ${timeframe}`],
    ['Bars', ({ from, to }: Backtest) => describeRange(from, to)],
    ['Costs', ({ settings }: Backtest) => describeCosts(settings)],
    ['Other settings', ({ settings }: Backtest) => describeSettings(settings).join(', ') || 'as usual'],
  ] as const;
  return (
    <div className="overflow-x-auto">
      <table aria-label="Figures of the runs" className="w-full text-right">
        <thead>
          <tr className="text-xs text-muted">
            <th scope="col" className="px-4 py-2 text-left font-medium">
              Figure
            </th>
            {runs.map((run, index) => (
              <th key={run.id} scope="col" className="px-4 py-2 font-medium">
                <Link
                  href={`/backtests/${run.id}`}
                  title={nameOf(run, index)}
                  className="ml-auto line-clamp-2 max-w-48 break-words hover:underline"
                >
                  {nameOf(run, index)}
                </Link>
                {names.get(run.id) && run.title === null ? (
                  <span className="block max-w-60 font-normal text-pretty text-faint">{names.get(run.id)}</span>
                ) : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {facts.map(([name, of]) => (
            <tr key={name} className="border-t border-line/70">
              <th scope="row" className="px-4 py-1.5 text-left font-normal text-muted">
                {name}
              </th>
              {runs.map((run) => (
                <td key={run.id} className="px-4">
                  {of(run)}
                </td>
              ))}
            </tr>
          ))}
          {inputs.map((name) => (
            <tr key={name} className="border-t border-line/70">
              <th scope="row" className="px-4 py-1.5 text-left font-normal text-muted">
                Input <code>{name}</code>
              </th>
              {runs.map((run, index) => (
                <td key={run.id} className="tabular px-4">
                  {String(valuesOf[index]?.[name] ?? '–')}
                </td>
              ))}
            </tr>
          ))}
          {METRICS.map((metric) => {
            const values = runs.map((run) => run.metrics?.[metric.key] ?? Number.NaN);
            const best = bestOf(values, metric.better);
            return (
              <tr key={metric.key} className="border-t border-line/70" title={metric.definition}>
                <th scope="row" className="px-4 py-1.5 text-left font-normal text-muted">
                  {metric.title}
                </th>
                {runs.map((run, index) => (
                  <td key={run.id} className={values[index] === best ? 'px-4 font-semibold' : 'px-4'}>
                    {values[index] === best ? (
                      <span className="mr-1 text-accent-text" aria-label="best">
                        ●
                      </span>
                    ) : null}
                    <MetricFigure
                      metric={metric}
                      value={values[index] ?? Number.NaN}
                      currency={run.currency}
                      cash={run.settings.cash}
                    />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Null when all are the same, or none has the figure. */
function bestOf(values: readonly number[], better: 'higher' | 'lower'): number | null {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0 || (known.length > 1 && known.every((value) => value === known[0]))) return null;
  return better === 'higher' ? Math.max(...known) : Math.min(...known);
}
