'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { BarsSinceNotice, RunActions, RunAgainButton, StatusBadge, UnfinishedRun } from '#features/backtests/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';
import { Time } from '#ui/data/time.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { formatVersion } from '#ui/format/format-version.ts';
import { useTitle } from '#ui/hooks/use-title.ts';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { ForwardView } from './forward-view.tsx';
import { SweepView } from './sweep-view.tsx';
import type { Sweep } from './sweep.ts';

export function SweepPage({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const sweep = useQuery(trpc.sweep.get.queryOptions({ id }));
  useTitle(sweep.data && `${sweep.data.formulaName}, sweep`);
  const cancel = useAction(trpc.sweep.cancel.mutationOptions());
  if (sweep.isError)
    return (
      <div className="p-6">
        <Problem
          title={explainError(sweep.error).title}
          action={
            <Button asChild>
              <Link href="/sweeps">All sweeps</Link>
            </Button>
          }
        >
          {explainError(sweep.error).advice}
        </Problem>
      </div>
    );
  if (!sweep.data) return <SkeletonRows rows={8} />;
  const row = sweep.data;
  return (
    <>
      <PageHeader
        title={
          <>
            {row.formulaName}{' '}
            <span className="font-normal text-faint">
              {formatVersion(row)}, {row.windows ? 'walk-forward' : 'sweep'}
            </span>{' '}
            <StatusBadge status={row.status} progress={row.progress} />
          </>
        }
        actions={<RunActions run={row} cancel={cancel} />}
      >
        {row.candidateCount.toLocaleString('en')} settings of {row.axes.map(({ name }) => name).join(', ')} on{' '}
        {row.symbol} {row.timeframe} · asked by {row.requestedBy} · <Time value={row.queuedAt} />
      </PageHeader>
      <div className="px-4 pb-8 md:px-6">{viewOf(row)}</div>
    </>
  );
}

/** Opens the sweep that it starts. */
function SweepAgain({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const again = useAction(
    trpc.sweep.runAgain.mutationOptions({ onSuccess: ({ sweepId }) => router.push(`/sweeps/${sweepId}`) }),
  );
  return <RunAgainButton isPending={again.isPending} onRun={() => again.mutate({ id })} />;
}

function viewOf(row: Sweep) {
  const { status, progress, candidateCount } = row;
  if (status === 'succeeded')
    return (
      <div className="space-y-4">
        <BarsSinceNotice bars={row.bars} market={row} action={<SweepAgain id={row.id} />} />
        {row.windows ? <ForwardView row={row} /> : <SweepView row={row} />}
      </div>
    );
  const count = (value: number): string => Math.round(value).toLocaleString('en');
  return (
    <UnfinishedRun
      run={{ ...row, status }}
      noun="sweep"
      running={`Tried ${count(progress * candidateCount)} of ${count(candidateCount)}`}
    />
  );
}
