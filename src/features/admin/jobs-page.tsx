'use client';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { ListChecks } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';
import { Segmented } from '#ui/controls/segmented.tsx';
import { Age } from '#ui/data/time.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { Confirm } from '#ui/overlays/confirm.tsx';
import { AdminFrame } from './admin-frame.tsx';

type Job = Outputs['admin']['jobs'][number];

const PAGE = 100;
const WHICH = [
  { value: 'failed', label: 'Failed' },
  { value: 'all', label: 'All' },
] as const;

/** Jobs that wait, run or have failed; what is done is not kept. */
export function AdminJobsPage() {
  const trpc = useTRPC();
  const [which, setWhich] = useState<'failed' | 'all'>('failed');
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  const list = useQuery(
    trpc.admin.jobs.queryOptions(
      { failed: which === 'failed', limit: PAGE, ...(cursor === undefined ? {} : { cursor }) },
      { placeholderData: keepPreviousData, retry: false, refetchInterval: 10_000 },
    ),
  );
  const last = list.data?.at(-1);
  return (
    <AdminFrame title="Jobs">
      <Segmented
        label="Which jobs"
        value={which}
        onChange={(value) => {
          setWhich(value);
          setCursors([]);
        }}
        options={WHICH}
      />
      {list.isError ? (
        <Problem title={explainError(list.error).title}>{explainError(list.error).advice}</Problem>
      ) : null}
      {list.isPending ? (
        <Panel>
          <SkeletonRows />
        </Panel>
      ) : null}
      {list.data?.length === 0 ? (
        <EmptyState icon={<ListChecks />} title={which === 'failed' ? 'No job has failed' : 'No job waits'}>
          Runs, bots and the work of the house are jobs. One that fails is tried again, and stands here until it works.
        </EmptyState>
      ) : null}
      {list.data && list.data.length > 0 ? (
        <Panel>
          <ul className="divide-y divide-line/70" aria-label="Jobs">
            {list.data.map((job) => (
              <Item key={job.id} job={job} />
            ))}
          </ul>
        </Panel>
      ) : null}
      <div className="flex gap-2">
        {cursor === undefined ? null : <Button onClick={() => setCursors((now) => now.slice(0, -1))}>Newer</Button>}
        {last && list.data?.length === PAGE ? (
          <Button onClick={() => setCursors((now) => [...now, last.id])}>Older</Button>
        ) : null}
      </div>
    </AdminFrame>
  );
}

function Item({ job }: { readonly job: Job }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [discarding, setDiscarding] = useState(false);
  const { id, task, attempts, mostAttempts, error, runAt, isRunning, orgId } = job;
  const done = (words: string) => ({
    onSuccess: () => {
      toast.success(words);
      setDiscarding(false);
      void queryClient.invalidateQueries(trpc.admin.pathFilter());
    },
  });
  const retry = useAction(trpc.admin.retryJob.mutationOptions(done('The job is tried again')));
  const discard = useAction(trpc.admin.discardJob.mutationOptions(done('The job is discarded')));
  const busy = isRunning ? 'It is running at this moment.' : undefined;
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-2">
          <code className="font-medium">{task}</code>
          <span className="text-faint">{id}</span>
          {isRunning ? <Badge>running</Badge> : null}
          {attempts >= mostAttempts && !isRunning ? <Badge tone="bad">failed for good</Badge> : null}
        </p>
        <p className="text-xs wrap-anywhere text-muted">{error ?? 'It has not failed.'}</p>
        {orgId === null ? null : <p className="text-xs text-faint">organisation {orgId}</p>}
      </div>
      <span className="text-faint max-md:hidden">
        attempt {attempts} of {mostAttempts} · due <Age value={runAt} />
      </span>
      <Button size="sm" denied={busy} busy={retry.isPending} onClick={() => retry.mutate({ id })}>
        Try again
      </Button>
      <Button size="sm" denied={busy} onClick={() => setDiscarding(true)}>
        Discard
      </Button>
      <Confirm
        open={discarding}
        onOpenChange={setDiscarding}
        title={`Discard ${task}?`}
        action="Discard"
        busy={discard.isPending}
        onConfirm={() => discard.mutate({ id })}
      >
        Its work is never done: a run that belongs to it stays as it is until somebody cancels it.
      </Confirm>
    </li>
  );
}
