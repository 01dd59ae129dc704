'use client';
import { useQuery } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';
import type { Column } from '#ui/data/column.ts';
import { Figure } from '#ui/data/figure.tsx';
import { describeCosts, describeInputs, describeRange, describeSettings } from './describe-run.ts';
import { PAGE_OF_RUNS, runColumns, RunList } from './run-list.tsx';

type Row = Outputs['backtest']['list'][number];

const metric = (row: Row, key: string): number => row.metrics?.[key] ?? Number.NaN;
const percent = (id: string, header: string, key: string, tone: 'outcome' | 'plain'): Column<Row> => ({
  id,
  header,
  align: 'right',
  wide: true,
  sortBy: (row) => metric(row, key),
  cell: (row) => <Figure value={metric(row, key)} kind="percent" digits={1} tone={tone} />,
});

const madeWith = ({ inputs, settings, from, to }: Row): string =>
  [
    describeInputs(inputs),
    describeCosts(settings),
    ...describeSettings(settings),
    ...(from === null && to === null ? [] : [describeRange(from, to)]),
  ]
    .filter((fact) => fact !== '')
    .join(' · ');

const COLUMNS = runColumns<Row>('/backtests', {
  before: [
    {
      id: 'with',
      header: 'With',
      wide: true,
      sortBy: madeWith,
      cell: (row) => (
        <span className="block max-w-64 truncate text-muted" title={madeWith(row)}>
          {madeWith(row)}
        </span>
      ),
    },
  ],
  after: [
    percent('return', 'Total return', 'totalReturn', 'outcome'),
    percent('cagr', 'CAGR', 'cagr', 'outcome'),
    {
      id: 'sharpe',
      header: 'Sharpe',
      align: 'right',
      wide: true,
      sortBy: (row) => metric(row, 'sharpe'),
      cell: (row) => <Figure value={metric(row, 'sharpe')} kind="ratio" />,
    },
    percent('drawdown', 'Max drawdown', 'maxDrawdown', 'plain'),
    {
      id: 'trades',
      header: 'Trades',
      align: 'right',
      wide: true,
      sortBy: (row) => metric(row, 'trades'),
      cell: (row) => <Figure value={metric(row, 'trades')} kind="count" />,
    },
    { id: 'by', header: 'By', wide: true, cell: (row) => row.requestedBy },
  ],
});

const EMPTY = {
  icon: <FlaskConical />,
  title: 'No backtests yet',
  help: 'Open a formula and press “Run backtest”. Its result comes up here for the whole team.',
};

export function BacktestsPage() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const backtests = useQuery(trpc.backtest.list.queryOptions({ limit: PAGE_OF_RUNS }));
  return (
    <RunList
      title="Backtests"
      description="What the team has asked of the past. Runs appear here as they happen."
      path="/backtests"
      runs={backtests}
      fetchOlder={(cursor) => client.backtest.list.query({ limit: PAGE_OF_RUNS, cursor })}
      columns={COLUMNS}
      empty={EMPTY}
    />
  );
}
