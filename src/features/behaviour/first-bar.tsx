'use client';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { check } from '#core/formula/check/check.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import { indexFrom } from '#core/market/index-from.ts';
import { formatValue } from '#features/graph/index.ts';
import { useRerun, type Rerun } from '#features/rerun/index.ts';
import type { Outputs } from '#trpc/types.ts';
import { Segmented } from '#ui/controls/segmented.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import type { Sides } from './sides.ts';
import { lookedNodes, type LookedNode } from './values-at.ts';

type Market = Outputs['market']['list'][number];

interface FirstBarProps {
  readonly sides: Sides;
  readonly run: Pick<Outputs['backtest']['get'], 'settings' | 'marketId' | 'from' | 'to'>;
  readonly markets: readonly Market[];
  /** Of the first bar at which the two part. */
  readonly time: number;
}

/** Of more, nobody finds the one that matters. */
const MOST_LISTED = 60;

type Which = 'before' | 'at';

/** The values of both strategies at the bar where they part, and at the bar before. */
export function FirstBar({ sides: { before, after }, run, markets, time }: FirstBarProps) {
  const [which, setWhich] = useState<Which>('at');
  const looked = useMemo(() => lookedNodes(before.formula, after.formula), [before.formula, after.formula]);
  const first = useValues({ formula: before.formula, run, markets, time, isBefore: which === 'before' });
  const second = useValues({ formula: looked.after, run, markets, time, isBefore: which === 'before' });
  if (!first.isReady || !second.isReady) return <Skeleton className="m-4 h-40" />;
  const rows = looked.nodes.flatMap((node) => {
    const values = [first.read(node.id), second.read(node.id)] as const;
    if (values[0] === undefined && values[1] === undefined) return [];
    const isOther = !Object.is(values[0], values[1]);
    return isOther || node.isChanged ? [{ node, values, isOther }] : [];
  });
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 px-4 py-2">
        <Segmented
          label="Which bar"
          value={which}
          onChange={setWhich}
          options={[
            { value: 'before', label: 'The bar before' },
            { value: 'at', label: 'Where they part' },
          ]}
        />
        <span className="text-xs text-muted">Values at the close of the bar that differ, or of what was changed.</span>
      </div>
      {rows.length === 0 ? (
        <p className="px-4 pb-6 text-muted">All values are the same at this bar.</p>
      ) : (
        <div className="overflow-x-auto">
          <table aria-label="Values where they part" className="w-full text-right">
            <thead>
              <tr className="text-xs text-muted">
                <th scope="col" className="px-4 py-2 text-left font-medium">
                  Node
                </th>
                <th scope="col" className="px-4 py-2 font-medium">
                  {before.title}
                </th>
                <th scope="col" className="px-4 py-2 font-medium">
                  {after.title}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, MOST_LISTED).map(({ node, values, isOther }) => (
                <tr key={node.id} className="border-t border-line/70">
                  <th scope="row" className="px-4 py-1.5 text-left font-normal">
                    <code>{node.label}</code>
                    {node.isChanged ? <span className="ml-2 text-2xs text-warn">~ changed</span> : null}
                  </th>
                  <ValueCell node={node} value={values[0]} side={0} type={first.typeOf(node.id)} isBold={isOther} />
                  <ValueCell node={node} value={values[1]} side={1} type={second.typeOf(node.id)} isBold={isOther} />
                </tr>
              ))}
            </tbody>
          </table>
          {rows.length > MOST_LISTED ? (
            <p className="px-4 py-2 text-xs text-faint">and {rows.length - MOST_LISTED} more</p>
          ) : null}
        </div>
      )}
    </>
  );
}

interface ValueCellProps {
  readonly node: LookedNode;
  readonly value: number | undefined;
  readonly side: 0 | 1;
  readonly type: Parameters<typeof formatValue>[1];
  readonly isBold: boolean;
}

const ValueCell = ({ node, value, side, type, isBold }: ValueCellProps) => (
  <td className={isBold ? 'tabular px-4 font-semibold' : 'tabular px-4'}>
    {value === undefined ? (
      <span className="text-faint">{node.isIn[side] ? '–' : 'not there'}</span>
    ) : (
      formatValue(value, type)
    )}
  </td>
);

interface ValuesOf extends Pick<FirstBarProps, 'run' | 'markets' | 'time'> {
  readonly formula: Formula;
  readonly isBefore: boolean;
}

const never = (): (() => void) => () => undefined;

/** The values of a strategy at a bar, computed in this browser. */
function useValues({ formula, run, markets, time, isBefore }: ValuesOf) {
  const market = markets.find(({ id }) => id === run.marketId);
  const { settings, from, to } = run;
  const wanted = useMemo(
    () => (market ? { formula, settings, market, markets, from, to } : null),
    [formula, settings, market, markets, from, to],
  );
  const { store, state, bars }: Rerun = useRerun(wanted, time);
  const bar = bars ? Math.max(0, indexFrom(bars.time, time) - (isBefore ? 1 : 0)) : null;
  const hasResult = state.result !== null;
  useEffect(() => {
    if (store && bar !== null && hasResult) store.look(bar);
  }, [store, bar, hasResult]);
  // Drawn anew with each answer of the worker.
  const [count] = useState(() => ({ of: 0 }));
  useSyncExternalStore(
    (listener) =>
      store?.subscribeValues(() => {
        count.of += 1;
        listener();
      }) ?? never(),
    () => count.of,
    () => 0,
  );
  const types = useMemo(() => check(formula).types, [formula]);
  return {
    isReady: hasResult && store !== null && bar !== null,
    read: (id: NodeId): number | undefined => store?.value(id, 0),
    typeOf: (id: NodeId) => Object.values(types.get(id) ?? {})[0] ?? 'number',
  };
}
