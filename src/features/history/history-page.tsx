'use client';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, GitCommitVertical, Search } from 'lucide-react';
import Link from 'next/link';
import { useDeferredValue, useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { BranchList } from './branch-list.tsx';
import { DraftRow } from './draft-row.tsx';
import { HistoryFilterBar } from './history-filter-bar.tsx';
import { Timeline } from './timeline.tsx';
import { isFiltered, NO_FILTER, useHistory } from './use-history.ts';
import { VersionView } from './version-view.tsx';

/** All versions of a strategy down the time, who worked between them, and any of them to look at. */
export function HistoryPage({ formulaId }: { readonly formulaId: string }) {
  const trpc = useTRPC();
  const formula = useQuery(trpc.formula.get.queryOptions({ id: formulaId }));
  const [filter, setFilter] = useState(NO_FILTER);
  const history = useHistory(formulaId, useDeferredValue(filter));
  const [shownId, show] = useState<string | null>(null);
  const { rows, isMore, isFetchingMore, fetchMore } = history;
  const place = Math.max(0, shownId === null ? 0 : rows.findIndex(({ id }) => id === shownId));
  const shown = rows[place];
  const name = formula.data?.name ?? 'strategy';
  const error = formula.error ?? history.error;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex flex-wrap items-center gap-2 border-b bg-surface px-2 py-2">
        <Button look="quiet" className="w-8 px-0!" asChild>
          <Link href={`/formulas/${formulaId}`} aria-label="Open the strategy">
            <ArrowLeft />
          </Link>
        </Button>
        <h1 className="min-w-0 truncate font-semibold">History of {name}</h1>
      </header>
      <BranchList formulaId={formulaId} />
      <div className="border-b bg-surface px-4 py-2">
        <HistoryFilterBar formulaId={formulaId} filter={filter} onChange={setFilter} />
      </div>
      {error ? (
        <Problem title={explainError(error).title} className="m-4">
          {explainError(error).advice}
        </Problem>
      ) : null}
      {history.isPending && !error ? <SkeletonRows /> : null}
      {!history.isPending && rows.length === 0 && isFiltered(filter) ? (
        <EmptyState
          icon={<Search />}
          title="No version is like this"
          action={<Button onClick={() => setFilter(NO_FILTER)}>Show all</Button>}
        >
          The search looks at messages, names, tags, authors and numbers.
        </EmptyState>
      ) : null}
      {!history.isPending && !error && rows.length === 0 && !isFiltered(filter) ? (
        <EmptyState icon={<GitCommitVertical />} title="No versions yet">
          A version keeps the strategy as it is now, for good: save one in the builder.
        </EmptyState>
      ) : null}
      {rows.length > 0 ? (
        <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-auto">
          <Timeline
            formulaId={formulaId}
            rows={rows}
            shownId={shown?.id ?? null}
            onShow={({ id }) => show(id)}
            onEnd={isMore && !isFetchingMore ? () => void fetchMore() : null}
            head={isFiltered(filter) ? null : <DraftRow formulaId={formulaId} newestId={rows[0]?.id ?? null} />}
            className="w-100 shrink-0 border-r max-lg:h-72 max-lg:w-full max-lg:border-r-0 max-lg:border-b"
          />
          {shown ? (
            <VersionView
              formulaId={formulaId}
              formulaName={name}
              row={shown}
              previousId={isFiltered(filter) ? null : (rows[place + 1]?.id ?? null)}
            />
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
