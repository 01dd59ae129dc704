'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ChartLine, PencilLine } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { findMetric, metricsFor } from '#core/engine/figures/find-metric.ts';
import { METRICS, type MetricKey } from '#core/engine/figures/metrics.ts';
import type { SweepTable } from '#core/engine/sweep/sweep-table.ts';
import { describeInputs } from '#features/backtests/index.ts';
import { MetricFigure } from '#features/metrics/index.ts';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { HeatMap } from '#ui/charts/heat-map.tsx';
import { Button } from '#ui/controls/button.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { formatFigure } from '#ui/format/format-figure.ts';
import { Panel } from '#ui/layout/panel.tsx';
import { CandidateTable } from './candidate-table.tsx';
import { heatOf } from './heat.ts';
import { readTable } from './read-table.ts';
import type { Sweep } from './sweep.ts';

const SHOWN: readonly MetricKey[] = ['totalReturn', 'cagr', 'sharpe', 'maxDrawdown', 'trades', 'profitFactor'];

/** A map of two inputs, a table of all settings, and what to do with the one that is chosen. */
export function SweepView({ row }: { readonly row: Sweep }) {
  const trpc = useTRPC();
  const result = useQuery(trpc.sweep.result.queryOptions({ id: row.id }, { staleTime: Infinity }));
  const table = useMemo(() => (result.data ? readTable(row, result.data) : null), [row, result.data]);
  if (result.isError)
    return <Problem title={explainError(result.error).title}>{explainError(result.error).advice}</Problem>;
  if (!table) return <Skeleton className="h-[60vh]" />;
  return <SweepFigures row={row} table={table} />;
}

function SweepFigures({ row, table }: { readonly row: Sweep; readonly table: SweepTable }) {
  const [metric, setMetric] = useState(row.rankedBy);
  const [chosen, setChosen] = useState(() => table.rankedBy(row.rankedBy)[0] ?? -1);
  const kept = METRICS.filter(({ key }) => table.keys.includes(key));
  return (
    <div className="space-y-4">
      {table.refused.size > 0 ? (
        <Problem title={`${table.refused.size.toLocaleString('en')} settings could not be run`}>
          {[...table.refused.values()][0]}
        </Problem>
      ) : null}
      <Chosen row={row} table={table} candidate={chosen} />
      <div className="grid gap-4 xl:grid-cols-2">
        <Panel title="Map">
          <div className="p-4">
            <div className="mb-3 max-w-60">
              <Select
                aria-label="Metric of the map"
                value={metric}
                onChange={setMetric}
                options={kept.map(({ key, title }) => ({ value: key, label: title }))}
              />
            </div>
            <SweepMap row={row} table={table} metric={metric} chosen={chosen} onChoose={setChosen} />
          </div>
        </Panel>
        <Panel title="Settings">
          <CandidateTable row={row} table={table} metrics={kept} chosen={chosen} onChoose={setChosen} />
        </Panel>
      </div>
    </div>
  );
}

interface MapProps {
  readonly row: Sweep;
  readonly table: SweepTable;
  readonly metric: MetricKey;
  readonly chosen: number;
  readonly onChoose: (candidate: number) => void;
}

function SweepMap({ row, table, metric, chosen, onChoose }: MapProps) {
  const { axes, rankedBy } = row;
  const [acrossName, setAcross] = useState(axes[0]?.name);
  const [downName, setDown] = useState(axes[1]?.name);
  const across = axes.find(({ name }) => name === acrossName) ?? axes[0];
  const down = axes.find(({ name }) => name === downName && name !== across?.name) ?? null;
  const heat = useMemo(
    () => (across ? heatOf(table, { across, down, metric, rankedBy }) : null),
    [table, across, down, metric, rankedBy],
  );
  if (!across || !heat) return null;
  const shown = findMetric(metric);
  const unit = shown?.unit;
  const format = (value: number) =>
    Number.isNaN(value)
      ? 'nothing'
      : formatFigure(value, { kind: unit === 'percent' ? 'percent' : unit === 'count' ? 'count' : 'ratio' });
  const options = axes.map(({ name }) => ({ value: name, label: name }));
  return (
    <>
      {axes.length > 2 ? (
        <div className="mb-3 grid max-w-100 grid-cols-2 gap-2">
          <Select aria-label="Across" value={across.name} onChange={setAcross} options={options} />
          <Select
            aria-label="Down"
            value={down?.name}
            onChange={setDown}
            options={options.filter(({ value }) => value !== across.name)}
          />
        </div>
      ) : null}
      <HeatMap
        label={`${shown?.title ?? metric} by ${across.name}${down ? ` and ${down.name}` : ''}`}
        across={{ name: across.name, values: across.values.map(String) }}
        down={{ name: down?.name ?? '', values: down?.values.map(String) ?? [''] }}
        values={heat.values}
        selected={heat.candidates.indexOf(chosen)}
        format={format}
        onSelect={(cell) => {
          const candidate = heat.candidates[cell] ?? -1;
          if (candidate >= 0) onChoose(candidate);
        }}
      />
      {axes.length > 2 ? (
        <p className="mt-1 text-2xs text-faint">Each cell shows its best setting of the other inputs.</p>
      ) : null}
    </>
  );
}

/** The figures of one candidate, its run, and the way of its inputs into the formula. */
function Chosen({
  row,
  table,
  candidate,
}: {
  readonly row: Sweep;
  readonly table: SweepTable;
  readonly candidate: number;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const mayRun = useDenial('backtest.run');
  const mayEdit = useDenial('formula.edit');
  const open = useMutation(
    trpc.sweep.openCandidate.mutationOptions({
      onSuccess: ({ backtestId }) => router.push(`/backtests/${backtestId}`),
    }),
  );
  const inputs = table.candidates.at(candidate);
  if (!inputs)
    return <Problem title="Nothing was traded">None of the settings has the metric by which they are ranked.</Problem>;
  return (
    <section
      aria-label="The chosen setting"
      className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-lg border bg-surface px-4 py-3"
    >
      <code className="font-medium">{describeInputs(inputs)}</code>
      <dl className="flex flex-wrap gap-x-5 gap-y-1">
        {metricsFor(SHOWN).map((metric) => (
          <div key={metric.key} className="flex items-baseline gap-1.5">
            <dt className="text-xs text-faint">{metric.title}</dt>
            <dd className="font-medium">
              <MetricFigure
                metric={metric}
                value={table.at(candidate, metric.key)}
                currency={row.currency}
                cash={row.settings.cash}
              />
            </dd>
          </div>
        ))}
      </dl>
      <span className="ml-auto flex gap-2">
        <Button
          icon={<ChartLine />}
          denied={mayRun}
          busy={open.isPending}
          onClick={() => open.mutate({ id: row.id, inputs: { ...inputs } })}
        >
          Open the run
        </Button>
        {mayEdit === undefined ? (
          <Button look="primary" asChild>
            <Link href={`/formulas/${row.formulaId}?inputs=${encodeURIComponent(JSON.stringify(inputs))}`}>
              <PencilLine />
              Use these inputs
            </Link>
          </Button>
        ) : null}
      </span>
    </section>
  );
}
