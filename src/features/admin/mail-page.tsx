'use client';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Mail } from 'lucide-react';
import { useState } from 'react';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { newestFirst } from '#trpc/join-older.ts';
import type { Outputs } from '#trpc/types.ts';
import { useAction } from '#trpc/use-action.ts';
import { pageOf, useOlder } from '#trpc/use-older.ts';
import { Button } from '#ui/controls/button.tsx';
import { ShowOlder } from '#ui/data/show-older.tsx';
import { Age } from '#ui/data/time.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { AdminFrame } from './admin-frame.tsx';

type Letter = Outputs['admin']['letters'][number];

const PAGE = 100;
const BY_TIME = newestFirst<Letter>(({ at }) => at);

/** The outbox: letters that wait, were sent or could not be sent. */
export function AdminMailPage() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const wanted = { limit: PAGE };
  const list = useQuery(trpc.admin.letters.queryOptions(wanted, { placeholderData: keepPreviousData, retry: false }));
  const { rows, showOlder, isLoading } = useOlder(list.data, {
    of: 'letters',
    hasMore: (list.data?.length ?? 0) >= PAGE,
    fetch: async ({ id, at }) => pageOf(await client.admin.letters.query({ ...wanted, cursor: { id, at } }), PAGE),
    compare: BY_TIME,
  });
  return (
    <AdminFrame title="Mail">
      {list.isError ? (
        <Problem title={explainError(list.error).title}>{explainError(list.error).advice}</Problem>
      ) : null}
      {list.isPending ? (
        <Panel>
          <SkeletonRows />
        </Panel>
      ) : null}
      {rows?.length === 0 ? (
        <EmptyState icon={<Mail />} title="No letter was written in the last 30 days">
          Invitations, confirmations of addresses and what touches the security of accounts are letters.
        </EmptyState>
      ) : null}
      {rows && rows.length > 0 ? (
        <Panel>
          <ul className="divide-y divide-line/70" aria-label="Letters">
            {rows.map((letter) => (
              <Item key={letter.id} letter={letter} />
            ))}
          </ul>
          <ShowOlder onShow={showOlder} isLoading={isLoading} />
        </Panel>
      ) : null}
    </AdminFrame>
  );
}

function stateOf({ sentAt, failedAt }: Letter) {
  if (sentAt !== null) return <Badge tone="good">sent</Badge>;
  return failedAt === null ? <Badge>waits</Badge> : <Badge tone="bad">given up</Badge>;
}

function Item({ letter }: { readonly letter: Letter }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const { id, address, kind, at, attempts, failedAt, failure } = letter;
  const read = useMutation({ mutationFn: () => client.admin.readLetter.mutate({ id }) });
  const retry = useAction(
    trpc.admin.retryLetter.mutationOptions({
      onSuccess: () => {
        toast.success('The letter is tried again');
        void queryClient.invalidateQueries(trpc.admin.pathFilter());
      },
    }),
  );
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-2">
          <code className="font-medium">{kind}</code>
          {stateOf(letter)}
        </p>
        <p className="truncate text-muted">{address}</p>
        {failure === null ? null : <p className="text-xs wrap-anywhere text-bad">{failure}</p>}
      </div>
      <span className="text-faint max-md:hidden">
        {attempts === 1 ? '1 attempt' : `${attempts} attempts`} · <Age value={at} />
      </span>
      {failedAt === null ? null : (
        <Button size="sm" busy={retry.isPending} onClick={() => retry.mutate({ id })}>
          Try again
        </Button>
      )}
      <Button
        size="sm"
        onClick={() => {
          setOpen(true);
          read.mutate();
        }}
      >
        Read
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={kind}
        description={`To ${address}. That you read it is in the audit.`}
        width="lg"
      >
        {read.isError ? (
          <Problem title={explainError(read.error).title}>{explainError(read.error).advice}</Problem>
        ) : null}
        {read.data?.text === null ? (
          <p className="text-muted">It left by SMTP, or waits to be sent: its text is not kept here.</p>
        ) : null}
        {read.data?.text ? <pre className="text-xs wrap-anywhere whitespace-pre-wrap">{read.data.text}</pre> : null}
      </Dialog>
    </li>
  );
}
