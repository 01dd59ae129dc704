'use client';
import { useQuery } from '@tanstack/react-query';
import { GitCommitVertical, GitCompareArrows, Workflow } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { pageOf, useOlder } from '#trpc/use-older.ts';
import { Button } from '#ui/controls/button.tsx';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { ShowOlder } from '#ui/data/show-older.tsx';
import { Age } from '#ui/data/time.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { VersionDialog } from './version-dialog.tsx';

const PAGE = 100;

/** The formula's versions, the newest first. */
export function VersionList({ formulaId }: { readonly formulaId: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const versions = useQuery(trpc.version.list.queryOptions({ formulaId, limit: PAGE }));
  const { rows, showOlder, isLoading } = useOlder(versions.data, {
    of: formulaId,
    hasMore: (versions.data?.length ?? 0) >= PAGE,
    fetch: async ({ number }) =>
      pageOf(await client.version.list.query({ formulaId, limit: PAGE, cursor: number }), PAGE),
    compare: (a, b) => b.number - a.number,
  });
  const [shownId, show] = useState<string | null>(null);
  if (versions.isError)
    return (
      <Problem title={explainError(versions.error).title} className="m-3">
        {explainError(versions.error).advice}
      </Problem>
    );
  if (!rows) return <SkeletonRows rows={3} />;
  if (rows.length === 0)
    return (
      <EmptyState icon={<GitCommitVertical />} title="No versions yet">
        A version keeps the formula as it is now, for good. Bots run versions; a backtest runs the draft.
      </EmptyState>
    );
  const shown = rows.find(({ id }) => id === shownId);
  return (
    <>
      <ul className="divide-y divide-line/70">
        {rows.map(({ id, number, message, author, createdAt, contentHash }) => (
          <li key={id} className="flex items-center gap-2 py-2 pr-2 pl-4">
            <div className="min-w-0 flex-1">
              <p className="flex items-baseline gap-2">
                <span className="tabular font-semibold">v{number}</span>
                <span className="min-w-0 flex-1 truncate">{message}</span>
              </p>
              <p className="text-2xs text-faint">
                {author} · <Age value={createdAt} /> · <code>{contentHash.slice(0, 8)}</code>
              </p>
            </div>
            <Button size="sm" look="quiet" asChild>
              <Link
                href={`/formulas/${formulaId}/compare?from=${id}`}
                aria-label={`Compare version ${number} with the draft`}
                title="Compare with the draft"
              >
                <GitCompareArrows />
              </Link>
            </Button>
            <IconButton size="sm" label={`Show version ${number}`} onClick={() => show(id)}>
              <Workflow />
            </IconButton>
          </li>
        ))}
      </ul>
      <ShowOlder onShow={showOlder} isLoading={isLoading} />
      {shown ? (
        <VersionDialog id={shown.id} number={shown.number} message={shown.message} onClose={() => show(null)} />
      ) : null}
    </>
  );
}
