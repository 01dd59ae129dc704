'use client';
import { useQuery } from '@tanstack/react-query';
import { GitBranch, GitMerge } from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '#trpc/client.ts';
import { Button } from '#ui/controls/button.tsx';
import { Age } from '#ui/data/time.tsx';

/** The branches of a strategy, and what it is a branch of: each with the way to a merge. */
export function BranchList({ formulaId }: { readonly formulaId: string }) {
  const trpc = useTRPC();
  const formula = useQuery(trpc.formula.get.queryOptions({ id: formulaId }));
  const branches = useQuery(trpc.branch.list.queryOptions({ formulaId }));
  const origin = formula.data?.branchOf;
  const said = formula.data?.saidOrigin;
  const open = branches.data?.filter(({ isArchived }) => !isArchived) ?? [];
  if (!origin && !said && open.length === 0) return null;
  return (
    <section aria-label="Branches" className="space-y-1 border-b bg-surface px-4 py-2 text-xs">
      {origin ? (
        <div className="flex flex-wrap items-center gap-2">
          <GitBranch className="size-3.5 text-muted" aria-hidden />
          <span>
            A branch of{' '}
            <Link href={`/formulas/${origin.formulaId}/history`} className="font-medium hover:underline">
              {origin.name}
            </Link>
            , version {origin.versionNumber}
          </span>
          <MergeLink into={origin.formulaId} from={formulaId}>
            Merge into {origin.name}
          </MergeLink>
          <MergeLink into={formulaId} from={origin.formulaId}>
            Update from {origin.name}
          </MergeLink>
        </div>
      ) : null}
      {said && !origin ? (
        <p className="text-muted">
          The file says that it was a branch of “{said.name}”, version {said.version}.
        </p>
      ) : null}
      {open.length > 0 ? (
        <ul className="max-h-40 space-y-1 overflow-auto">
          {open.map(({ id, name, versionNumber, createdBy, updatedAt }) => (
            <li key={id} className="flex flex-wrap items-center gap-2">
              <GitBranch className="size-3.5 text-muted" aria-hidden />
              <Link href={`/formulas/${id}`} className="font-medium hover:underline">
                {name}
              </Link>
              <span className="text-muted">
                from version {versionNumber}, {createdBy ?? 'somebody who has left'}, changed <Age value={updatedAt} />
              </span>
              <MergeLink into={formulaId} from={id}>
                Merge
              </MergeLink>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function MergeLink({
  into,
  from,
  children,
}: {
  readonly into: string;
  readonly from: string;
  readonly children: React.ReactNode;
}) {
  return (
    <Button size="sm" asChild>
      <Link href={`/formulas/${into}/merge?from=${from}`}>
        <GitMerge /> {children}
      </Link>
    </Button>
  );
}
