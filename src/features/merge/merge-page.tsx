'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, GitMerge } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { appCodeOf, explainError } from '#trpc/explain-error.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { Input } from '#ui/controls/input.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { isOffered } from './choices.ts';
import { MergeChanges } from './merge-changes.tsx';
import { MergePreview } from './merge-preview.tsx';
import { MergeProblems } from './merge-problems.tsx';
import { MergeResult } from './merge-result.tsx';
import { useMerging, type Merging } from './use-merging.ts';

/** Changes of a branch that are taken into its origin, or the other way: chosen, looked at, then made. */
export function MergePage({ into, from }: { readonly into: string; readonly from: string }) {
  const merging = useMerging(into, from);
  const { pair, merging: all, chosen } = merging;
  const names = pair.data;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex flex-wrap items-center gap-2 border-b bg-surface px-2 py-2">
        <Button look="quiet" className="w-8 px-0!" asChild>
          <Link href={`/formulas/${into}/history`} aria-label="Back to the history">
            <ArrowLeft />
          </Link>
        </Button>
        <h1 className="min-w-0 flex-1 truncate font-semibold">
          {names ? `Merge ${names.from.name} into ${names.into.name}` : 'Merge'}
        </h1>
      </header>
      {pair.isError ? (
        <Problem title={explainError(pair.error).title} className="m-4">
          {explainError(pair.error).advice}
        </Problem>
      ) : null}
      {pair.isPending ? <SkeletonRows /> : null}
      {all && !all.theirs.some(isOffered) && names ? (
        <EmptyState icon={<GitMerge />} title="Nothing to merge">
          {names.into.name} has all that {names.from.name} has changed.
        </EmptyState>
      ) : null}
      {all && chosen && all.theirs.some(isOffered) && names ? (
        <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-auto">
          <div className="flex w-96 shrink-0 flex-col border-r max-lg:w-full max-lg:border-r-0 lg:min-h-0">
            <div className="flex-1 overflow-auto">
              <MergeChanges merging={merging} />
              <MergeProblems before={all.ours} after={chosen.result.formula} />
              <MergePreview before={all.ours} after={chosen.result.formula} />
            </div>
            <CommitForm merging={merging} />
          </div>
          <MergeResult merging={merging} title={names.into.name} />
        </div>
      ) : null}
    </div>
  );
}

/** The end of a merge: how it is called, and the press that makes it. */
function CommitForm({ merging }: { readonly merging: Merging }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const denied = useDenial('formula.edit');
  const [message, setMessage] = useState('');
  const [isSettled, setSettled] = useState(false);
  const { wanted, chosen, leftCount, pair } = merging;
  const refresh = () => {
    void queryClient.invalidateQueries(trpc.history.pathFilter());
    void queryClient.invalidateQueries(trpc.version.pathFilter());
    void queryClient.invalidateQueries(trpc.branch.pathFilter());
  };
  const takeBack = useAction(
    trpc.version.takeBack.mutationOptions({
      onSuccess: () => {
        refresh();
        toast.success('Merge taken back');
      },
    }),
  );
  const commit = useMutation(
    trpc.branch.merge.mutationOptions({
      onSuccess: ({ formulaId, before, after, number }) => {
        refresh();
        toast.success(`Merged as version ${number}`, {
          duration: 15_000,
          action: { label: 'Undo', onClick: () => takeBack.mutate({ before, after }) },
        });
        router.push(`/formulas/${formulaId}/history`);
      },
      // What has changed meanwhile is shown at once, with the choices that still mean something.
      onError: (error) => {
        if (appCodeOf(error) === 'CONFLICT') void pair.refetch();
      },
    }),
  );
  const openCount = chosen?.open.length ?? 0;
  const nothing = wanted?.chosen.length === 0 && !isSettled;
  const why =
    denied ??
    (openCount > 0
      ? `Choose a side for ${openCount === 1 ? 'the conflict' : `each of the ${openCount} conflicts`} first.`
      : nothing
        ? 'Take at least one change.'
        : undefined);
  return (
    <form
      className="space-y-2 border-t bg-surface p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted && why === undefined && !commit.isPending)
          commit.mutate({ ...wanted, isSettled, message: message.trim() });
      }}
    >
      {commit.isError ? (
        <Problem title={explainError(commit.error).title}>{explainError(commit.error).advice}</Problem>
      ) : null}
      <Input
        aria-label="What this merge is about"
        placeholder="What this merge is about"
        value={message}
        maxLength={500}
        onChange={(event) => setMessage(event.target.value)}
      />
      {leftCount > 0 ? (
        <Checkbox
          checked={isSettled}
          onChange={setSettled}
          label="Do not offer again what I leave"
          hint={leftCount === 1 ? 'One change is left.' : `${leftCount} changes are left.`}
        />
      ) : null}
      <Button look="primary" icon={<GitMerge />} type="submit" denied={why} busy={commit.isPending}>
        Merge {wanted?.chosen.length === 1 ? 'one change' : `${wanted?.chosen.length ?? 0} changes`}
      </Button>
    </form>
  );
}
