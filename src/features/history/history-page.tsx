'use client';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, GitCommitVertical, Search } from 'lucide-react';
import Link from 'next/link';
import { useDeferredValue } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Skeleton, SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { useAddressFields } from '#ui/hooks/use-address-fields.ts';
import { useTitle } from '#ui/hooks/use-title.ts';
import { BranchList } from './branch-list.tsx';
import { DraftRow } from './draft-row.tsx';
import { HistoryFilterBar } from './history-filter-bar.tsx';
import { SaveFirst } from './save-first.tsx';
import { Timeline } from './timeline.tsx';
import { isFiltered, NO_FILTER, useHistory, useVersionRow } from './use-history.ts';
import { VersionView } from './version-view.tsx';

/** What the address keeps: what is looked for, and the number of the version that is shown. */
const NOTHING_ASKED = { ...NO_FILTER, version: '' };

/** All versions of a strategy down the time, who worked between them, and any of them to look at. */
export function HistoryPage({ formulaId }: { readonly formulaId: string }) {
  const trpc = useTRPC();
  const formula = useQuery(trpc.formula.get.queryOptions({ id: formulaId }));
  const [filter, setFilter] = useAddressFields(`/formulas/${formulaId}/history`, NOTHING_ASKED);
  const history = useHistory(formulaId, useDeferredValue(filter));
  const { rows, isMore, isFetchingMore, fetchMore } = history;
  const number = /^\d{1,9}$/.test(filter.version) ? Number(filter.version) : null;
  const asked = useVersionRow(formulaId, number, rows);
  const shown = filter.version === '' ? rows[0] : asked;
  const place = rows.findIndex(({ id }) => id === shown?.id);
  const name = formula.data?.name;
  useTitle(name === undefined ? undefined : `History: ${name}`);
  const error = formula.error ?? history.error;
  const isSearched = isFiltered(filter);
  const isEmpty = !history.isPending && !error && rows.length === 0;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex flex-wrap items-center gap-2 border-b bg-surface px-2 py-2">
        <Button look="quiet" className="w-8 px-0!" asChild>
          <Link href={formula.error ? '/formulas' : `/formulas/${formulaId}`} aria-label="Open the strategy">
            <ArrowLeft />
          </Link>
        </Button>
        <h1 className="min-w-0 truncate font-semibold">{name === undefined ? 'History' : `History of ${name}`}</h1>
      </header>
      {error ? (
        <Problem title={explainError(error).title} className="m-4">
          {explainError(error).advice}
        </Problem>
      ) : (
        <BranchList formulaId={formulaId} />
      )}
      {error || (isEmpty && !isSearched) ? null : (
        <div className="border-b bg-surface px-4 py-2">
          <HistoryFilterBar
            formulaId={formulaId}
            filter={filter}
            onChange={(next) => setFilter({ ...filter, ...next })}
          />
        </div>
      )}
      {history.isPending && !error ? <SkeletonRows /> : null}
      {isEmpty && isSearched ? (
        <EmptyState
          icon={<Search />}
          title="No version is like this"
          action={<Button onClick={() => setFilter({ ...filter, ...NO_FILTER })}>Show all</Button>}
        >
          The search looks at messages, names, tags, authors and numbers.
        </EmptyState>
      ) : null}
      {isEmpty && !isSearched ? (
        <EmptyState icon={<GitCommitVertical />} title="No versions yet" action={<SaveFirst formulaId={formulaId} />}>
          A version keeps the strategy as it is now, for good: to look at, to compare, to branch from, to restore.
        </EmptyState>
      ) : null}
      {rows.length > 0 && !error ? (
        <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-auto">
          <Timeline
            formulaId={formulaId}
            rows={rows}
            shownId={shown?.id ?? null}
            onShow={(row) => setFilter({ ...filter, version: String(row.number) })}
            onEnd={isMore && !isFetchingMore ? () => void fetchMore() : null}
            head={isSearched ? null : <DraftRow formulaId={formulaId} newestId={rows[0]?.id ?? null} />}
            className="w-100 shrink-0 border-r max-lg:h-72 max-lg:w-full max-lg:border-r-0 max-lg:border-b"
          />
          {shown ? (
            <VersionView
              formulaId={formulaId}
              formulaName={name ?? 'the strategy'}
              row={shown}
              previousId={isSearched || place < 0 ? null : (rows[place + 1]?.id ?? null)}
            />
          ) : null}
          {shown === null ? <Skeleton className="m-4 min-h-60 flex-1" /> : null}
          {shown === undefined ? (
            <EmptyState icon={<GitCommitVertical />} title="There is no such version">
              The address asks for version {filter.version}, which this strategy does not have. Choose one of the list.
            </EmptyState>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
