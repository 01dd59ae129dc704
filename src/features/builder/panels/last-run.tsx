'use client';
import { skipToken, useQuery } from '@tanstack/react-query';
import { ChartLine, CircleStop } from 'lucide-react';
import Link from 'next/link';
import { useDeferredValue, useMemo } from 'react';
import { metricsFor } from '#core/engine/figures/find-metric.ts';
import type { MetricKey } from '#core/engine/figures/metrics.ts';
import { contentHash } from '#core/formula/language/hash.ts';
import { parse } from '#core/formula/language/parse.ts';
import { describeRange, inputValues, RunFacts, StatusBadge } from '#features/backtests/index.ts';
import { MetricFigure } from '#features/metrics/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { Progress } from '#ui/feedback/progress.tsx';
import { formatVersion } from '#ui/format/format-version.ts';
import { useFormula } from '../session/use-session.ts';

const SHOWN: readonly MetricKey[] = ['totalReturn', 'sharpe', 'maxDrawdown', 'trades'];

/** The formula's newest backtest, whoever asked for it, as it happens. */
export function LastRun({ formulaId }: { readonly formulaId: string }) {
  const trpc = useTRPC();
  const runs = useQuery(trpc.backtest.list.queryOptions({ formulaId }));
  const cancel = useAction(trpc.backtest.cancel.mutationOptions());
  const [run] = runs.data ?? [];
  const whole = useQuery(trpc.backtest.get.queryOptions(run ? { id: run.id } : skipToken));
  const code = whole.data?.id === run?.id ? whole.data?.code : undefined;
  const given = run?.inputs;
  const inputs = useMemo(() => (code === undefined ? given : inputValues(parse(code).formula, given)), [code, given]);
  if (!run) return null;
  const isOpen = run.status === 'queued' || run.status === 'running';
  return (
    <section
      data-pane
      aria-label="Last backtest"
      className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-5 gap-y-1 border-t bg-surface px-4 py-1.5"
    >
      <span className="flex items-center gap-2">
        <StatusBadge status={run.status} progress={run.progress} />
        <RunVersion run={run} />
        <span className="text-muted">
          on {run.symbol} {run.timeframe} · {run.requestedBy}
        </span>
      </span>
      {isOpen ? (
        <span className="flex w-48 items-center gap-2">
          <Progress className="flex-1" value={run.status === 'queued' ? null : run.progress} label="Progress" />
          <IconButton size="sm" label="Cancel the backtest" onClick={() => cancel.mutate({ id: run.id })}>
            <CircleStop />
          </IconButton>
        </span>
      ) : null}
      {run.status === 'failed' ? (
        <span className="min-w-0 flex-1 truncate text-bad" title={run.failure ?? undefined}>
          {run.failure}
        </span>
      ) : null}
      {run.status === 'succeeded' ? (
        <dl className="flex flex-wrap gap-x-5">
          {metricsFor(SHOWN).map((metric) => (
            <div key={metric.key} className="flex items-baseline gap-1.5">
              <dt className="text-xs text-faint">{metric.shortTitle}</dt>
              <dd className="font-medium">
                <MetricFigure metric={metric} value={run.metrics?.[metric.key] ?? Number.NaN} digits={1} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      <RunFacts
        label="Last backtest made with"
        inputs={inputs}
        settings={run.settings}
        range={describeRange(run.from, run.to)}
      />
      <Button size="sm" look="quiet" className="ml-auto" asChild>
        <Link href={`/backtests/${run.id}`}>
          <ChartLine />
          Open the result
        </Link>
      </Button>
    </section>
  );
}

interface RunVersionProps {
  readonly run: { readonly versionNumber: number | null; readonly contentHash: string };
}

/** What was run, and whether the formula on screen still says the same. */
function RunVersion({ run }: RunVersionProps) {
  const draft = useDeferredValue(useFormula());
  const now = useMemo(() => contentHash(draft), [draft]);
  return run.contentHash === now ? (
    <Badge>{formatVersion(run)}</Badge>
  ) : (
    <Badge tone="warn">{formatVersion(run)}, draft differs</Badge>
  );
}
