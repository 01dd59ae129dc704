'use client';
import { CircleCheck } from 'lucide-react';
import type { Outputs } from '#trpc/types.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Table, type Column } from '#ui/table.tsx';
import { Time } from '#ui/time.tsx';

type Rejected = Outputs['backtest']['result']['rejected'][number];

const COLUMNS: readonly Column<Rejected>[] = [
  { id: 'time', header: 'Bar', width: 160, sortBy: (order) => order.time, cell: (order) => <Time value={order.time} detail="day" /> },
  { id: 'reason', header: 'Why', sortBy: (order) => order.reason, cell: (order) => order.reason },
];

/** Orders that were not filled, each with its reason. */
export function OrderList({ rejected }: { readonly rejected: readonly Rejected[] }) {
  if (rejected.length === 0) return <EmptyState icon={<CircleCheck />} title="Every order was filled">Orders that can not be paid for, that round to nothing or that expire are listed here.</EmptyState>;
  return <Table label="Rejected orders" rows={rejected} columns={COLUMNS} rowKey={(order) => `${order.bar} ${order.node} ${order.reason}`} className="max-h-120" />;
}
