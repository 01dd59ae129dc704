'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';
import { Age } from '#ui/data/time.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { Confirm } from '#ui/overlays/confirm.tsx';

/** Where one is signed in. */
export function SessionsPage() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isEnding, setEnding] = useState(false);
  const sessions = useQuery(trpc.account.sessions.queryOptions());
  const again = () => queryClient.invalidateQueries(trpc.account.sessions.queryFilter());
  const end = useAction(trpc.account.endSession.mutationOptions({ onSuccess: again }));
  const endAll = useAction(
    trpc.account.endOtherSessions.mutationOptions({
      onSuccess: async ({ ended }) => {
        setEnding(false);
        toast.success(ended === 1 ? 'One session has ended' : `${ended} sessions have ended`);
        await again();
      },
    }),
  );
  const hasOthers = (sessions.data?.length ?? 0) > 1;
  return (
    <>
      <PageHeader
        title="Sessions"
        actions={
          <Button denied={hasOthers ? undefined : 'You are signed in nowhere else.'} onClick={() => setEnding(true)}>
            Sign out everywhere else…
          </Button>
        }
      >
        Where you are signed in. End what you do not know, and set a new password.
      </PageHeader>
      <div className="max-w-160 px-4 pb-8 md:px-6">
        {sessions.isError ? (
          <Problem title={explainError(sessions.error).title}>{explainError(sessions.error).advice}</Problem>
        ) : null}
        <Panel>
          {sessions.data ? (
            <ul aria-label="Sessions" className="divide-y divide-line/70">
              {sessions.data.map(({ id, device, ip, createdAt, lastSeenAt, isCurrent }) => (
                <li key={id} className="flex flex-wrap items-center justify-between gap-2 px-4 py-2.5">
                  <span className="min-w-0">
                    <span className="font-medium">{device ?? 'A device that did not say what it is'}</span>{' '}
                    {isCurrent ? <Badge tone="good">This one</Badge> : null}
                    <span className="block text-xs text-muted">
                      {ip ?? 'From an unknown address'} · seen <Age value={lastSeenAt.getTime()} /> · signed in{' '}
                      <Age value={createdAt.getTime()} />
                    </span>
                  </span>
                  {isCurrent ? null : (
                    <Button
                      size="sm"
                      busy={end.isPending && end.variables.id === id}
                      onClick={() => end.mutate({ id })}
                    >
                      End
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          ) : (
            <SkeletonRows rows={3} />
          )}
        </Panel>
      </div>
      <Confirm
        open={isEnding}
        onOpenChange={setEnding}
        title="Sign out everywhere else?"
        action="Sign out"
        busy={endAll.isPending}
        onConfirm={() => endAll.mutate()}
      >
        All sessions but this one end at once. You get a letter about it.
      </Confirm>
    </>
  );
}
