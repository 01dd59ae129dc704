'use client';
import { ChartCandlestick, ChevronDown, ChevronUp, TriangleAlert } from 'lucide-react';
import { useCallback, useEffect, useMemo } from 'react';
import { metricsFor } from '#core/engine/figures/find-metric.ts';
import type { MetricKey } from '#core/engine/figures/metrics.ts';
import type { Settings } from '#core/engine/outcome/settings.ts';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { isUnfinished } from '#core/formula/model/diagnostic.ts';
import { describeRange, inputValues, RunFacts, timesOf } from '#features/backtests/index.ts';
import { MetricFigure } from '#features/metrics/index.ts';
import { nodesOfLines, type PreviewMade } from '#features/rerun/index.ts';
import { PreviewChart } from '#ui/charts/preview-chart.tsx';
import type { Line } from '#ui/charts/preview-drawing.ts';
import { Select } from '#ui/controls/select.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { cx } from '#ui/format/cx.ts';
import { useFormula, useSnapshot, useUntaken } from '../session/use-session.ts';
import { useWorkspace } from '../workspace/index.ts';
import { PreviewSettings } from './preview-settings.tsx';
import { PreviewWhy } from './preview-why.tsx';
import { MOST_BARS, usePreview, usePreviewState } from './provider.tsx';

const SHOWN: readonly MetricKey[] = ['totalReturn', 'sharpe', 'maxDrawdown', 'trades'];

interface PreviewDockProps {
  /** Its figures alone, without the chart. */
  readonly isFolded: boolean;
  readonly onFold: () => void;
}

/** The formula as it is at this moment, run on a market: its trades and equity follow each edit, without the server. */
export function PreviewDock({ isFolded, onFold }: PreviewDockProps) {
  const preview = usePreview();
  const { made, result, story } = usePreviewState();
  const store = preview?.store;
  const bars = preview?.bars ?? null;
  const lines = useLines(isFolded);
  const pinned = story?.bar ?? null;
  const onBar = useCallback(
    (bar: number | null) => {
      // Without a crosshair, nodes show the bar that is explained, else the newest.
      if (bars) store?.look(bar ?? pinned ?? bars.length - 1);
    },
    [store, bars, pinned],
  );
  useEffect(() => onBar(null), [isFolded, onBar]);
  const onPick = useCallback((bar: number) => store?.explain({ kind: 'bar', bar }), [store]);
  const onRange = useCallback(
    (span: { readonly from: number; readonly to: number }) => store?.sparks.over(span),
    [store],
  );
  return (
    <section
      data-pane
      aria-label="Preview"
      className={cx('@container flex flex-col bg-surface', isFolded ? 'shrink-0 border-t' : 'h-full')}
    >
      <PreviewHeader isFolded={isFolded} onFold={onFold} />
      <div className={isFolded ? 'hidden' : 'min-h-0 flex-1'}>
        {isFolded ? null : preview && !preview.isLooking && preview.markets.length === 0 ? (
          <EmptyState icon={<ChartCandlestick />} title="No prices yet">
            Import a market, and the strategy is run on it after every edit.
          </EmptyState>
        ) : made && result ? (
          <div className="relative flex h-full">
            <div className="min-w-0 flex-1">
              <PreviewChart
                bars={made.bars}
                run={result}
                lines={lines}
                pinned={pinned}
                onBar={onBar}
                onPick={onPick}
                onRange={onRange}
              />
            </div>
            <PreviewWhy className="w-96 shrink-0 border-l @max-3xl:absolute @max-3xl:inset-0 @max-3xl:z-10 @max-3xl:w-full" />
          </div>
        ) : (
          <Waiting />
        )}
      </div>
    </section>
  );
}

/** The lines of the selected node, and those that the person draws on charts. */
function useLines(isFolded: boolean): readonly Line[] {
  const store = usePreview()?.store;
  const { drawn } = usePreviewState();
  const formula = useFormula();
  const { plotted } = useWorkspace().workspace;
  const selected = useSnapshot(({ selection }) => (selection.size === 1 ? ([...selection][0] ?? null) : null));
  const nodes = useMemo(
    () => [...new Set([...nodesOfLines(formula, plotted), ...(selected === null ? [] : [selected])])],
    [formula, plotted, selected],
  );
  useEffect(() => store?.draw(isFolded ? [] : nodes), [store, nodes, isFolded]);
  return useMemo(
    () =>
      drawn.flatMap(({ node, outputs }) => {
        const title = formula.nodes[node]?.name ?? findBlock(formula.nodes[node]?.block ?? '')?.title ?? '';
        return outputs.map(({ name, values }) => ({
          title: outputs.length === 1 ? title : `${title}.${name}`,
          values,
        }));
      }),
    [drawn, formula],
  );
}

function Waiting() {
  const { problem } = usePreviewState();
  return problem ? (
    <EmptyState icon={isOnlyUnfinished(problem) ? <ChartCandlestick /> : <TriangleAlert />} title="Nothing to show yet">
      {wordsOf(problem)}
    </EmptyState>
  ) : (
    <Skeleton className="m-3 h-[80%]" />
  );
}

function PreviewHeader({ isFolded, onFold }: PreviewDockProps) {
  const preview = usePreview();
  const { made, result, doubts, problem, milliseconds } = usePreviewState();
  const market = preview?.market;
  const { words } = useUntaken();
  return (
    <header className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1">
      <h2 className="font-semibold">
        <button
          type="button"
          aria-expanded={!isFolded}
          aria-label="Chart of the preview"
          onClick={onFold}
          className="flex items-center gap-1 rounded-sm hover:text-accent-text"
        >
          {isFolded ? <ChevronUp className="size-3.5" aria-hidden /> : <ChevronDown className="size-3.5" aria-hidden />}
          Preview
        </button>
      </h2>
      {words !== null ? (
        <span role="status" className="text-xs text-warn">
          Last valid strategy: {words}
        </span>
      ) : null}
      {preview && market ? (
        <Select
          className="h-7! w-28!"
          aria-label="Market of the preview"
          value={market.id}
          onChange={preview.choose}
          options={preview.markets.map(({ id, symbol, timeframe }) => ({ value: id, label: `${symbol} ${timeframe}` }))}
        />
      ) : null}
      <PreviewSettings />
      {result ? (
        <dl className={problem ? 'flex gap-x-3 opacity-50' : 'flex gap-x-3'}>
          {metricsFor(SHOWN).map((metric) => (
            <div key={metric.key} className="flex items-baseline gap-1.5">
              <dt className="text-xs text-faint">{metric.shortTitle}</dt>
              <dd className="font-medium">
                <MetricFigure metric={metric} value={result.metrics[metric.key]} digits={1} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {result && made && !isFolded ? <PreviewFacts made={made} settings={result.settings} /> : null}
      {problem ? (
        <span className={cx('ml-auto truncate text-2xs', isOnlyUnfinished(problem) ? 'text-muted' : 'text-warn')}>
          {wordsOf(problem)}
        </span>
      ) : doubts.length > 0 ? (
        <span role="status" title={doubts.join('\n')} className="ml-auto min-w-0 truncate text-2xs text-warn">
          {doubts.join(' ')}
        </span>
      ) : // Not worth a line of its own.
      result && market ? (
        <span className="tabular ml-auto truncate text-2xs text-faint @max-4xl:hidden">
          {Math.min(market.barCount, MOST_BARS).toLocaleString('en')} bars in {milliseconds.toFixed(1)} ms
        </span>
      ) : null}
    </header>
  );
}

/** The formula that the figures are of, with its inputs as written, on bars that may be the last of many. */
function PreviewFacts({
  made: { formula, bars },
  settings,
}: {
  readonly made: PreviewMade;
  readonly settings: Settings;
}) {
  const inputs = useMemo(() => inputValues(formula), [formula]);
  const { from: first } = timesOf(useWorkspace().workspace.from, '');
  return (
    <RunFacts
      label="Preview made with"
      inputs={inputs}
      settings={settings}
      range={describeRange(Math.max(first ?? 0, bars.time[0] ?? 0), bars.time[bars.length - 1] ?? null)}
    />
  );
}

function wordsOf(problem: NonNullable<ReturnType<typeof usePreviewState>['problem']>): string {
  if (problem.kind === 'feed') return problem.message;
  if (isOnlyUnfinished(problem)) return `Not finished yet: ${problem.diagnostics[0]?.message ?? ''}`;
  const count = problem.diagnostics.length;
  return `${count === 1 ? 'One error' : `${count} errors`}: this was the last strategy without.`;
}

/** Whether nothing is wrong: something is only still to be given. */
const isOnlyUnfinished = (problem: NonNullable<ReturnType<typeof usePreviewState>['problem']>): boolean =>
  problem.kind === 'errors' && problem.diagnostics.every(isUnfinished);
