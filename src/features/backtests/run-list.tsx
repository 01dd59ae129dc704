'use client';
import { Search } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo, type ReactNode } from 'react';
import { explainError } from '#trpc/explain-error.ts';
import { newestFirst } from '#trpc/join-older.ts';
import { pageOf, useOlder } from '#trpc/use-older.ts';
import { Button } from '#ui/controls/button.tsx';
import type { Column } from '#ui/data/column.ts';
import { ShowOlder } from '#ui/data/show-older.tsx';
import { Table } from '#ui/data/table.tsx';
import { Age } from '#ui/data/time.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { formatVersion } from '#ui/format/format-version.ts';
import { useAddressFields } from '#ui/hooks/use-address-fields.ts';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { ANY_RUN, filterRuns } from './filter-runs.ts';
import { RunFilterBar } from './run-filter-bar.tsx';
import { RunMenu } from './run-menu.tsx';
import { StatusBadge, type Status } from './status-badge.tsx';

interface Run {
  readonly id: string;
  readonly formulaId: string;
  readonly formulaName: string;
  readonly versionNumber: number | null;
  readonly contentHash: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly status: Status;
  readonly progress: number;
  readonly queuedAt: number;
  /** What a person calls it; undefined of runs that have no names. */
  readonly title?: string | null;
}

/** Columns that every list of runs has; the others stand between `market` and `queued`. */
export const runColumns = <Row extends Run>(
  path: string,
  others: { readonly before?: readonly Column<Row>[]; readonly after: readonly Column<Row>[] },
): readonly Column<Row>[] => [
  {
    id: 'formula',
    header: 'Strategy',
    sortBy: (row) => row.formulaName.toLowerCase(),
    cell: (row) => (
      <>
        <Link href={`${path}/${row.id}`} className="font-medium hover:underline">
          {row.title ?? row.formulaName}{' '}
          <span className="font-normal text-faint">
            {row.title === null || row.title === undefined ? '' : `${row.formulaName} `}
            {formatVersion(row)}
          </span>
        </Link>
        <RunMenu path={path} run={row} />
      </>
    ),
  },
  ...(others.before ?? []),
  {
    id: 'market',
    header: 'Market',
    wide: true,
    sortBy: (row) => row.symbol,
    cell: (row) => `${row.symbol} ${row.timeframe}`,
  },
  {
    id: 'status',
    header: 'Status',
    sortBy: (row) => row.status,
    cell: (row) => <StatusBadge status={row.status} progress={row.progress} />,
  },
  ...others.after,
  {
    id: 'queued',
    header: 'When',
    align: 'right',
    wide: true,
    sortBy: (row) => row.queuedAt,
    cell: (row) => <Age value={row.queuedAt} className="text-muted" />,
  },
];

/** Runs that are shown at first, and more each time that somebody wants older ones. */
export const PAGE_OF_RUNS = 100;

interface RunListProps<Row extends Run> {
  readonly title: string;
  readonly description: string;
  readonly path: string;
  readonly runs: {
    readonly data: readonly Row[] | undefined;
    readonly error: Parameters<typeof explainError>[0] | null;
  };
  /** The page of runs behind one. */
  readonly fetchOlder: (cursor: { readonly at: number; readonly id: string }) => Promise<readonly Row[]>;
  readonly columns: (rows: readonly Row[]) => readonly Column<Row>[];
  /** What of a run people can search for, beside its formula and market. */
  readonly wordsOf: (row: Row) => string;
  /** What is shown when there are none. */
  readonly empty: { readonly icon: ReactNode; readonly title: string; readonly help: string };
}

/** The newest runs of the team, as they happen. */
export function RunList<Row extends Run>({
  title,
  description,
  path,
  runs: { data: newest, error },
  fetchOlder,
  columns: columnsOf,
  wordsOf,
  empty,
}: RunListProps<Row>) {
  const router = useRouter();
  const {
    rows: data,
    showOlder,
    isLoading,
  } = useOlder(newest, {
    of: path,
    hasMore: (newest?.length ?? 0) >= PAGE_OF_RUNS,
    fetch: async ({ id, queuedAt }) => pageOf(await fetchOlder({ id, at: queuedAt }), PAGE_OF_RUNS),
    compare: newestFirst(({ queuedAt }) => queuedAt),
  });
  const [filter, setFilter] = useAddressFields(path, ANY_RUN);
  const shown = useMemo(() => filterRuns(data ?? [], filter, wordsOf), [data, filter, wordsOf]);
  const columns = useMemo(() => columnsOf(data ?? []), [columnsOf, data]);
  return (
    <>
      <PageHeader title={title}>{description}</PageHeader>
      <div className="px-4 pb-8 md:px-6">
        {error ? <Problem title={explainError(error).title}>{explainError(error).advice}</Problem> : null}
        {!data && !error ? (
          <Panel>
            <SkeletonRows />
          </Panel>
        ) : null}
        {data?.length === 0 ? (
          <EmptyState
            icon={empty.icon}
            title={empty.title}
            action={
              <Button look="primary" asChild>
                <Link href="/formulas">Open a strategy</Link>
              </Button>
            }
          >
            {empty.help}
          </EmptyState>
        ) : null}
        {data && data.length > 0 ? (
          <RunFilterBar
            rows={data}
            filter={filter}
            onChange={setFilter}
            found={shown.length}
            hasOlder={showOlder !== null}
          />
        ) : null}
        {data && data.length > 0 && shown.length === 0 ? (
          <EmptyState
            icon={<Search />}
            title={showOlder ? `Not among the newest ${data.length.toLocaleString('en')}` : 'No run is like this'}
            action={
              <>
                <Button onClick={() => setFilter(ANY_RUN)}>Show all</Button>
                {showOlder ? (
                  <Button look="primary" disabled={isLoading} onClick={showOlder}>
                    {isLoading ? 'Looking…' : 'Look at older runs'}
                  </Button>
                ) : null}
              </>
            }
          >
            The search looks at names, strategies, markets, inputs, costs and who asked.
          </EmptyState>
        ) : null}
        {shown.length > 0 ? (
          <Panel>
            <Table
              label={title}
              rows={shown}
              columns={columns}
              rowKey={(row) => row.id}
              initialSort={{ id: 'queued', desc: true }}
              onRowOpen={(row) => router.push(`${path}/${row.id}`)}
            />
            <ShowOlder onShow={showOlder} isLoading={isLoading} />
          </Panel>
        ) : null}
      </div>
    </>
  );
}
