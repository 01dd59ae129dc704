'use client';
import { useQuery } from '@tanstack/react-query';
import { Grid3x3 } from 'lucide-react';
import { describeInputs, PAGE_OF_RUNS, runColumns, RunList } from '#features/backtests/index.ts';
import { metricColumns } from '#features/metrics/index.ts';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';
import { Figure } from '#ui/data/figure.tsx';

type Row = Outputs['sweep']['list'][number];

const COLUMNS = runColumns<Row>('/sweeps', {
  before: [
    {
      id: 'kind',
      header: 'Kind',
      wide: true,
      sortBy: (row) => (row.windows ? 1 : 0),
      cell: (row) => (row.windows ? 'Walk-forward' : 'Sweep'),
    },
  ],
  after: [
    {
      id: 'size',
      header: 'Settings',
      align: 'right',
      wide: true,
      sortBy: (row) => row.candidateCount,
      cell: (row) => <Figure value={row.candidateCount} kind="count" />,
    },
    {
      id: 'inputs',
      header: 'Best inputs',
      wide: true,
      cell: (row) => (
        <code className="text-2xs text-muted">{row.best?.inputs ? describeInputs(row.best.inputs) : '–'}</code>
      ),
    },
    ...metricColumns<Row>(['totalReturn', 'sharpe'], ({ best }) => best?.metrics),
  ],
});

const columnsOf = () => COLUMNS;
const wordsOf = (row: Row): string => (row.windows ? 'walk-forward' : 'sweep');

const EMPTY = {
  icon: <Grid3x3 />,
  title: 'No sweeps yet',
  help: 'Open a strategy that has inputs and press “Sweep”: every combination of their values is run, and a map shows where it works.',
};

export function SweepsPage() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const sweeps = useQuery(trpc.sweep.list.queryOptions({ limit: PAGE_OF_RUNS }));
  return (
    <RunList
      title="Sweeps"
      description="Many combinations of inputs of one strategy, tried on the same bars. Sweeps appear here as they happen."
      path="/sweeps"
      runs={sweeps}
      fetchOlder={(cursor) => client.sweep.list.query({ limit: PAGE_OF_RUNS, cursor })}
      columns={columnsOf}
      wordsOf={wordsOf}
      empty={EMPTY}
    />
  );
}
