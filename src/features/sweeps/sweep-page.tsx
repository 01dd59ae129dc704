'use client';
import { useQuery } from '@tanstack/react-query';
import { CircleStop, Workflow } from 'lucide-react';
import Link from 'next/link';
import { StatusBadge } from '#features/backtests/index.ts';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/button.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { Problem } from '#ui/problem.tsx';
import { Progress } from '#ui/progress.tsx';
import { SkeletonRows } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import { ForwardView } from './forward-view.tsx';
import { SweepView } from './sweep-view.tsx';

export type Sweep = Outputs['sweep']['get'];

export function SweepPage({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const sweep = useQuery(trpc.sweep.get.queryOptions({ id }));
  if (sweep.isError) return <div className="p-6"><Problem title={explainError(sweep.error).title} action={<Button asChild><Link href="/sweeps">All sweeps</Link></Button>}>{explainError(sweep.error).advice}</Problem></div>;
  if (!sweep.data) return <SkeletonRows rows={8} />;
  const row = sweep.data;
  return (
    <>
      <PageHeader title={<>{row.formulaName} <span className="font-normal text-faint">v{row.versionNumber}, {row.windows ? 'walk-forward' : 'sweep'}</span> <StatusBadge status={row.status} progress={row.progress} /></>} actions={<Actions row={row} />}>
        {row.candidateCount.toLocaleString('en')} settings of {row.axes.map(({ name }) => name).join(', ')} on {row.symbol} {row.timeframe} · asked by {row.requestedBy} · <Time value={row.queuedAt} />
      </PageHeader>
      <div className="px-4 pb-8 md:px-6">{bodyOf(row)}</div>
    </>
  );
}

function Actions({ row }: { readonly row: Sweep }) {
  const trpc = useTRPC();
  const denied = useDenial('backtest.run');
  const cancel = useAction(trpc.sweep.cancel.mutationOptions());
  const isOpen = row.status === 'queued' || row.status === 'running';
  return (
    <>
      {isOpen ? <Button icon={<CircleStop />} denied={denied} busy={cancel.isPending} onClick={() => cancel.mutate({ id: row.id })}>Cancel</Button> : null}
      <Button asChild><Link href={`/formulas/${row.formulaId}`}><Workflow />Open the formula</Link></Button>
    </>
  );
}

function bodyOf(row: Sweep) {
  switch (row.status) {
    case 'queued':
    case 'running':
      return (
        <div className="mx-auto max-w-100 py-20 text-center" role="status">
          <p className="mb-3 text-base font-medium">{row.status === 'queued' ? 'Waiting for a free worker' : `Tried ${Math.round(row.progress * row.candidateCount).toLocaleString('en')} of ${row.candidateCount.toLocaleString('en')}`}</p>
          <Progress value={row.status === 'queued' ? null : row.progress} label="Progress of the sweep" />
        </div>
      );
    case 'failed':
      return <Problem title="The sweep failed" action={<Button asChild><Link href={`/formulas/${row.formulaId}`}>Open the formula</Link></Button>}>{row.failure}</Problem>;
    case 'cancelled':
      return <Problem title="The sweep was cancelled">Nothing of it was kept. Run it again from the formula.</Problem>;
    case 'succeeded':
      return row.windows ? <ForwardView row={row} /> : <SweepView row={row} />;
  }
}
