'use client';
import { ArrowLeftRight } from 'lucide-react';
import { useMemo } from 'react';
import type { Timeframe } from '#core/market/bars.ts';
import { unitDigits } from '#core/market/price-digits.ts';
import type { Column } from '#ui/data/column.ts';
import { Figure } from '#ui/data/figure.tsx';
import { Table } from '#ui/data/table.tsx';
import { Time } from '#ui/data/time.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import type { Trade } from './backtest.ts';
import { detailOf } from './detail-range.ts';
import { FirstOf } from './first-of.tsx';

interface TradeTableProps {
  readonly trades: readonly Trade[];
  /** How many there are; `trades` may be the first of them. */
  readonly count: number;
  readonly timeframe: Timeframe;
  readonly currency: string;
  /** Decimals of the prices, and of amounts of money. */
  readonly digits: number;
  readonly ofMoney: number;
  readonly selected: Trade | null;
  readonly onSelect: (trade: Trade) => void;
}

const key = (trade: Trade): string => `${trade.entryBar} ${trade.exitBar} ${trade.side}`;

const REASONS: Readonly<Record<Trade['reason'], string>> = {
  signal: 'signal',
  stop: 'stop',
  target: 'target',
  trail: 'trailing stop',
  reversed: 'reversed',
  end: 'end of data',
  ruin: 'ruin',
};

/** A click shows the trade on the chart. */
export function TradeTable({
  trades,
  count,
  timeframe,
  currency,
  digits,
  ofMoney,
  selected,
  onSelect,
}: TradeTableProps) {
  const detail = detailOf(timeframe);
  const ofUnits = useMemo(() => unitDigits(trades.map(({ units }) => units)), [trades]);
  const columns = useMemo(
    (): readonly Column<Trade>[] => [
      { id: 'side', header: 'Side', sortBy: (trade) => trade.side, cell: (trade) => <Badge>{trade.side}</Badge> },
      {
        id: 'entry',
        header: 'Entry',
        sortBy: (trade) => trade.entryTime,
        cell: (trade) => <Time value={trade.entryTime} detail={detail} />,
      },
      {
        id: 'entryPrice',
        header: 'Price',
        align: 'right',
        wide: true,
        cell: (trade) => <Figure value={trade.entryPrice} kind="price" digits={digits} />,
      },
      {
        id: 'exit',
        header: 'Exit',
        sortBy: (trade) => trade.exitTime,
        cell: (trade) => <Time value={trade.exitTime} detail={detail} />,
      },
      {
        id: 'exitPrice',
        header: 'Price',
        align: 'right',
        wide: true,
        cell: (trade) => <Figure value={trade.exitPrice} kind="price" digits={digits} />,
      },
      {
        id: 'units',
        header: 'Units',
        align: 'right',
        wide: true,
        sortBy: (trade) => trade.units,
        cell: (trade) => <Figure value={trade.units} kind="ratio" digits={ofUnits} />,
      },
      {
        id: 'net',
        header: 'Net',
        align: 'right',
        sortBy: (trade) => trade.net,
        cell: (trade) => <Figure value={trade.net} kind="money" currency={currency} digits={ofMoney} tone="outcome" />,
      },
      {
        id: 'return',
        header: 'Return',
        align: 'right',
        sortBy: (trade) => trade.return,
        cell: (trade) => <Figure value={trade.return} kind="percent" tone="outcome" />,
      },
      {
        id: 'mae',
        header: 'MAE',
        align: 'right',
        wide: true,
        sortBy: (trade) => trade.mae,
        cell: (trade) => <Figure value={trade.mae} kind="percent" digits={1} />,
      },
      {
        id: 'mfe',
        header: 'MFE',
        align: 'right',
        wide: true,
        sortBy: (trade) => trade.mfe,
        cell: (trade) => <Figure value={trade.mfe} kind="percent" digits={1} />,
      },
      {
        id: 'bars',
        header: 'Bars',
        align: 'right',
        wide: true,
        sortBy: (trade) => trade.barsHeld,
        cell: (trade) => <Figure value={trade.barsHeld} kind="count" />,
      },
      {
        id: 'reason',
        header: 'Exit by',
        wide: true,
        sortBy: (trade) => trade.reason,
        cell: (trade) => <span className="text-muted">{REASONS[trade.reason]}</span>,
      },
    ],
    [currency, detail, digits, ofMoney, ofUnits],
  );
  if (trades.length === 0) {
    return (
      <EmptyState icon={<ArrowLeftRight />} title="No trades">
        The conditions of the strategy were never met in this range. Look at its inputs, or at the rejected orders.
      </EmptyState>
    );
  }
  return (
    <>
      <FirstOf shown={trades.length} count={count} what="trades" />
      <Table
        label="Trades"
        rows={trades}
        columns={columns}
        rowKey={key}
        onRowOpen={onSelect}
        selectedKey={selected && key(selected)}
        className="max-h-120"
      />
    </>
  );
}
