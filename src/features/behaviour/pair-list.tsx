'use client';
import { useQuery } from '@tanstack/react-query';
import { StatusBadge } from '#features/backtests/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';
import { Figure } from '#ui/data/figure.tsx';
import { Time } from '#ui/data/time.tsx';
import { cx } from '#ui/format/cx.ts';
import { Panel } from '#ui/layout/panel.tsx';
import type { Sides } from './sides.ts';
import type { Pair } from './use-behaviour.ts';
import { usePair, type Behaviour } from './use-pair.ts';

interface PairListProps {
  readonly sides: Sides;
  readonly pairs: readonly Pair[];
  readonly shown: Pair;
  readonly onShow: (marketId: string) => void;
}

/** A line a market: how far its runs are, where they part, what both brought. */
export function PairList({ sides: { before, after }, pairs, shown, onShow }: PairListProps) {
  return (
    <Panel title="Markets">
      <div className="overflow-x-auto">
        <table aria-label="Markets" className="w-full text-right">
          <thead>
            <tr className="text-xs text-muted">
              <th scope="col" className="px-4 py-2 text-left font-medium">
                Market
              </th>
              <th scope="col" className="px-4 py-2 text-left font-medium">
                They part
              </th>
              <th scope="col" className="px-4 py-2 font-medium">
                {before.title}
              </th>
              <th scope="col" className="px-4 py-2 font-medium">
                {after.title}
              </th>
              <th scope="col" className="px-4 py-2 font-medium">
                Trades differ
              </th>
            </tr>
          </thead>
          <tbody>
            {pairs.map((pair) => (
              <PairRow key={pair.marketId} pair={pair} isShown={pair === shown} onShow={() => onShow(pair.marketId)} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

interface PairRowProps {
  readonly pair: Pair;
  readonly isShown: boolean;
  readonly onShow: () => void;
}

const isOpen = (status: string): boolean => status === 'queued' || status === 'running';

function PairRow({ pair, isShown, onShow }: PairRowProps) {
  const trpc = useTRPC();
  const { before, after, behaviour } = usePair(pair);
  const markets = useQuery(trpc.market.list.queryOptions());
  const market = markets.data?.find(({ id }) => id === pair.marketId);
  const cancel = useAction(trpc.backtest.cancel.mutationOptions());
  const open = [before, after].flatMap((run) => (run && isOpen(run.status) ? [run.id] : []));
  return (
    <tr className={cx('border-t border-line/70', isShown && 'bg-accent-soft')}>
      <th scope="row" className="px-4 py-1.5 text-left font-medium">
        <button
          type="button"
          aria-current={isShown}
          className="rounded-sm whitespace-nowrap hover:underline"
          onClick={onShow}
        >
          {market ? `${market.symbol} ${market.timeframe}` : '…'}
        </button>
      </th>
      {behaviour ? (
        <Difference behaviour={behaviour} />
      ) : (
        <td colSpan={4} className="px-4 py-1 text-left">
          <span className="inline-flex flex-wrap items-center gap-2">
            {before ? <StatusBadge status={before.status} progress={before.progress} /> : null}
            {after ? <StatusBadge status={after.status} progress={after.progress} /> : null}
            {open.length > 0 ? (
              <Button
                size="sm"
                look="quiet"
                busy={cancel.isPending}
                onClick={() => new Set(open).forEach((id) => cancel.mutate({ id }))}
              >
                Cancel
              </Button>
            ) : null}
          </span>
        </td>
      )}
    </tr>
  );
}

function Difference({ behaviour }: { readonly behaviour: Behaviour }) {
  const { firstTime, beforeMetrics, afterMetrics, changed, onlyBefore, onlyAfter } = behaviour;
  return (
    <>
      <td className="px-4 text-left">{firstTime === null ? 'nowhere' : <Time value={firstTime} detail="day" />}</td>
      {[beforeMetrics, afterMetrics].map((metrics, index) => (
        <td key={index === 0 ? 'before' : 'after'} className="px-4">
          <Figure value={metrics['totalReturn'] ?? Number.NaN} kind="percent" tone="outcome" digits={2} />
        </td>
      ))}
      <td className="tabular px-4">{(changed.count + onlyBefore.count + onlyAfter.count).toLocaleString('en')}</td>
    </>
  );
}
