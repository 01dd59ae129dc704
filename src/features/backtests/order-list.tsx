'use client';
import { CircleCheck } from 'lucide-react';
import { useMemo } from 'react';
import type { Timeframe } from '#core/market/bars.ts';
import type { Outputs } from '#trpc/types.ts';
import type { Column } from '#ui/data/column.ts';
import { Table } from '#ui/data/table.tsx';
import { Time } from '#ui/data/time.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { detailOf } from './detail-range.ts';
import { FirstOf } from './first-of.tsx';

type Rejected = Outputs['backtest']['result']['rejected'][number];

interface OrderListProps {
  readonly rejected: readonly Rejected[];
  /** How many there are; `rejected` may be the first of them. */
  readonly count: number;
  readonly timeframe: Timeframe;
}

/** Orders that were not filled, each with its reason. */
export function OrderList({ rejected, count, timeframe }: OrderListProps) {
  const columns = useMemo(
    (): readonly Column<Rejected>[] => [
      {
        id: 'time',
        header: 'Bar',
        width: 190,
        sortBy: (order) => order.time,
        cell: (order) => <Time value={order.time} detail={detailOf(timeframe)} />,
      },
      { id: 'reason', header: 'Why', sortBy: (order) => order.reason, cell: (order) => order.reason },
    ],
    [timeframe],
  );
  if (rejected.length === 0)
    return (
      <EmptyState icon={<CircleCheck />} title="Every order was filled">
        Orders that can not be paid for, that round to nothing or that expire are listed here.
      </EmptyState>
    );
  return (
    <>
      <FirstOf shown={rejected.length} count={count} what="orders" />
      <Table
        label="Rejected orders"
        rows={rejected}
        columns={columns}
        rowKey={(order) => `${order.bar} ${order.node} ${order.reason}`}
        className="max-h-120"
      />
    </>
  );
}
