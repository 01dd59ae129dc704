'use client';
import { useQuery } from '@tanstack/react-query';
import { GitCommitVertical } from 'lucide-react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Age } from '#ui/data/time.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';

/** The formula's versions, the newest first. */
export function VersionList({ formulaId }: { readonly formulaId: string }) {
  const trpc = useTRPC();
  const versions = useQuery(trpc.version.list.queryOptions({ formulaId }));
  if (versions.isError)
    return (
      <Problem title={explainError(versions.error).title} className="m-3">
        {explainError(versions.error).advice}
      </Problem>
    );
  if (!versions.data) return <SkeletonRows rows={3} />;
  if (versions.data.length === 0)
    return (
      <EmptyState icon={<GitCommitVertical />} title="No versions yet">
        A version keeps the formula as it is now, for good. Bots run versions; a backtest runs the draft.
      </EmptyState>
    );
  return (
    <ul className="divide-y divide-line/70">
      {versions.data.map(({ id, number, message, author, createdAt, contentHash }) => (
        <li key={id} className="px-4 py-2">
          <p className="flex items-baseline gap-2">
            <span className="tabular font-semibold">v{number}</span>
            <span className="min-w-0 flex-1 truncate">{message}</span>
          </p>
          <p className="text-2xs text-faint">
            {author} · <Age value={createdAt} /> · <code>{contentHash.slice(0, 8)}</code>
          </p>
        </li>
      ))}
    </ul>
  );
}
