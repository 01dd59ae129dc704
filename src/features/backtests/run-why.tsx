'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { check } from '#core/formula/check/check.ts';
import { parse } from '#core/formula/language/parse.ts';
import { nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import { indexFrom } from '#core/market/index-from.ts';
import type { Fill } from '#core/trading/fill.ts';
import { FormulaGraph, GraphProvider, tidyLayout, useGraphView } from '#features/graph/index.ts';
import {
  decisionOf,
  nodesOfLines,
  pathTo,
  useRerun,
  WhyPanel,
  withInputs,
  type PreviewStore,
  type Rerun,
} from '#features/rerun/index.ts';
import { useTRPC } from '#trpc/client.ts';
import type { ResultLine } from '#ui/charts/result-series.ts';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import type { Backtest } from './backtest.ts';
import { detailOf } from './detail-range.ts';

/** What somebody asks why of, by its time: a bar, or the fill of a trade. */
export type Wondered =
  | { readonly kind: 'bar'; readonly time: number }
  | ({ readonly kind: 'fill'; readonly time: number } & Pick<Fill, 'reason' | 'price'>);

/** What the chart shows of it. */
export interface Explained {
  /** The time of the bar. */
  readonly pinned: number | null;
  readonly lines: readonly ResultLine[];
}

interface RunWhyProps {
  readonly row: Backtest;
  readonly plotted: readonly string[];
  /** Null: nobody asks; the lines are drawn all the same. */
  readonly wondered: Wondered | null;
  readonly onExplained: (explained: Explained) => void;
  readonly onClose: () => void;
}

/** Why a run did what it did at a bar, beside its chart: the run is computed once more in this browser. */
export function RunWhy({ row, plotted, wondered, onExplained, onClose }: RunWhyProps) {
  const trpc = useTRPC();
  const markets = useQuery(trpc.market.list.queryOptions());
  const formula = useMemo(() => withInputs(parse(row.code).formula, row.inputs), [row.code, row.inputs]);
  const to = row.bars.lastBar ?? row.to;
  const run = useMemo(() => {
    const market = markets.data?.find(({ id }) => id === row.marketId);
    return market ? { formula, settings: row.settings, market, markets: markets.data ?? [], from: row.from, to } : null;
  }, [formula, markets.data, row, to]);
  const rerun = useRerun(run, wondered?.time ?? null);
  const { store, state, bars } = rerun;
  const { result, story, drawn } = state;
  useEffect(() => {
    if (!store || !result || !bars) return;
    if (!wondered) return store.explain(null);
    const bar = Math.min(bars.length - 1, indexFrom(bars.time, wondered.time));
    if (wondered.kind === 'bar') store.explain({ kind: 'bar', bar });
    else store.explain({ kind: 'fill', fill: { bar, reason: wondered.reason, price: wondered.price } });
  }, [store, result, bars, wondered]);
  useEffect(() => {
    store?.draw(nodesOfLines(formula, plotted));
  }, [store, formula, plotted]);
  const pinned = story && bars ? (bars.time[story.bar] ?? null) : null;
  const lines = useMemo(
    () => linesOf({ formula, drawn, time: bars?.time ?? [], from: row.from }),
    [formula, drawn, bars, row.from],
  );
  useEffect(() => onExplained({ pinned, lines }), [onExplained, pinned, lines]);
  useEffect(() => {
    if (story) store?.look(story.bar);
  }, [store, story]);
  if (!wondered) return null;
  return (
    <Panel className="flex h-[62vh] min-h-110 w-full shrink-0 flex-col lg:w-96">
      <RunStory row={row} rerun={rerun} formula={formula} onClose={onClose} />
    </Panel>
  );
}

interface RunStoryProps extends Pick<RunWhyProps, 'row' | 'onClose'> {
  readonly rerun: Rerun;
  readonly formula: Formula;
}

function RunStory({ row, rerun: { store, state, bars, isPart }, formula, onClose }: RunStoryProps) {
  const { result, story, problem } = state;
  const [chosen, setChosen] = useState<NodeId | null>(null);
  const decision = story ? decisionOf(story, chosen) : undefined;
  useEffect(() => {
    store?.lights.show(decision ? pathTo(decision) : null);
  }, [store, decision]);
  const signals = useMemo(() => [...new Set((result?.signals ?? []).map(({ bar }) => bar))], [result]);
  const [shown, setShown] = useState<NodeId | null>(null);
  if (problem)
    return (
      <p className="p-4 text-pretty text-warn">
        {problem.kind === 'feed' ? problem.message : 'The version has errors.'}
      </p>
    );
  if (!story || !store || !bars || !result) return <Skeleton className="m-4 h-60" />;
  const isOther = !isPart && row.metrics?.trades !== undefined && row.metrics.trades !== result.trades.length;
  return (
    <>
      {isPart ? (
        <p role="status" className="px-3 pt-2 text-xs text-pretty text-muted">
          Computed from the {bars.length.toLocaleString('en-US')} bars around this one, as the run is long: what was
          bought before them is not known here.
        </p>
      ) : null}
      {isOther ? (
        <p role="status" className="px-3 pt-2 text-xs text-pretty text-warn">
          The bars have changed since this run: this is what it would do now. Run it again to see both alike.
        </p>
      ) : null}
      <WhyPanel
        story={story}
        time={bars.time[story.bar] ?? 0}
        detail={detailOf(row.timeframe)}
        barCount={bars.length}
        signals={signals}
        chosen={chosen}
        onChoose={setChosen}
        onBar={(bar) => store.explain({ kind: 'bar', bar })}
        onNode={setShown}
        onClose={onClose}
        className="min-h-0 flex-1"
      />
      <div className="h-64 shrink-0 overflow-hidden border-t bg-canvas">
        <GraphProvider>
          <LitGraph formula={formula} store={store} shown={shown} />
        </GraphProvider>
      </div>
    </>
  );
}

/** The version as a graph, with the path to the decision. */
function LitGraph({ formula, store, shown }: { formula: Formula; store: PreviewStore; shown: NodeId | null }) {
  const checked = useMemo(() => check(formula), [formula]);
  const arranged = useArranged(formula);
  const values = useMemo(() => ({ read: store.value, subscribe: store.subscribeValues }), [store]);
  const [selection, setSelection] = useState<ReadonlySet<NodeId>>(new Set());
  const view = useGraphView();
  useEffect(() => {
    if (shown !== null) view.reveal(shown);
  }, [view, shown]);
  if (!arranged) return <Skeleton className="m-3 h-52" />;
  return (
    <FormulaGraph
      formula={arranged}
      checked={checked}
      selection={selection}
      onSelect={(change) => setSelection((before) => new Set(change(before)))}
      values={values}
      lights={store.lights}
      label="The version as a graph"
      fitFirst
    />
  );
}

/** The formula with a layout of its own: code has none. Null until it is made. */
function useArranged(formula: Formula): Formula | null {
  const [arranged, setArranged] = useState<Formula | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    tidyLayout(formula, { signal: stop.signal }).then(
      (moves) => setArranged({ ...formula, layout: Object.fromEntries(moves.map(({ id, at }) => [id, at])) }),
      () => undefined,
    );
    return () => stop.abort();
  }, [formula]);
  return arranged;
}

interface LinesOf {
  readonly formula: Formula;
  readonly drawn: Rerun['state']['drawn'];
  readonly time: readonly number[];
  /** Bars before are history, and not on the chart. */
  readonly from: number | null;
}

function linesOf({ formula, drawn, time, from }: LinesOf): ResultLine[] {
  const start = from === null ? 0 : indexFrom(time, from);
  return drawn.flatMap(({ node, outputs }) => {
    const { name: own, block = '' } = nodeOf(formula, node) ?? {};
    return outputs.map(({ name, values }) => ({
      title: outputs.length === 1 ? (own ?? block) : `${own ?? block}.${name}`,
      time: time.slice(start),
      values: values.subarray(start),
    }));
  });
}
