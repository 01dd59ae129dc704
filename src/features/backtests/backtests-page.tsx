'use client';
import { useQuery } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { metricColumns } from '#features/metrics/index.ts';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';
import { formatVersion } from '#ui/format/format-version.ts';
import { describeCosts, describeInputs, describeRange, describeSettings } from './describe-run.ts';
import { nameRuns } from './name-runs.ts';
import { PAGE_OF_RUNS, runColumns, RunList } from './run-list.tsx';

type Row = Outputs['backtest']['list'][number];

const madeWith = ({ inputs, settings, from, to }: Row): string =>
  [
    describeInputs(inputs),
    describeCosts(settings),
    ...describeSettings(settings),
    ...(from === null && to === null ? [] : [describeRange(from, to)]),
  ]
    .filter((fact) => fact !== '')
    .join(' · ');

const columnsOf = (rows: readonly Row[]) => {
  const names = nameRuns(rows);
  return runColumns<Row>('/backtests', {
    before: [
      {
        id: 'with',
        header: 'With',
        wide: true,
        sortBy: madeWith,
        cell: (row) => (
          <span className="block max-w-44 truncate text-muted xl:max-w-64" title={madeWith(row)}>
            {row.title === null && names.get(row.id) ? names.get(row.id) : madeWith(row)}
          </span>
        ),
      },
    ],
    after: [
      ...metricColumns<Row>(['totalReturn', 'cagr', 'sharpe', 'maxDrawdown', 'trades'], ({ metrics }) => metrics),
      { id: 'by', header: 'By', wide: 'xl', cell: (row) => row.requestedBy },
    ],
  });
};

const wordsOf = (row: Row): string => [row.title ?? '', madeWith(row), formatVersion(row), row.requestedBy].join(' ');

const EMPTY = {
  icon: <FlaskConical />,
  title: 'No backtests yet',
  help: 'Open a strategy and press “Run backtest”. Its result comes up here for the whole team.',
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
      columns={columnsOf}
      wordsOf={wordsOf}
      empty={EMPTY}
    />
  );
}
