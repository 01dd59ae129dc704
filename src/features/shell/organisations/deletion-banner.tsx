'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';
import { Time } from '#ui/data/time.tsx';
import { useDenial } from '../permission.ts';
import { useSession } from '../session.tsx';

/** On every page of an organisation that is to be deleted. */
export function DeletionBanner() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { org, deleteAfter } = useSession();
  const denied = useDenial('owner.manage');
  const keep = useAction(
    trpc.organisation.keep.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.session.me.queryFilter()),
    }),
  );
  if (deleteAfter === null) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center justify-between gap-2 border-b border-bad/30 bg-bad-soft px-4 py-2 md:px-6"
    >
      <p>
        <strong>{org.name} will be deleted</strong> on <Time value={deleteAfter} />, with everything that it has. Until
        then all works as before.
      </p>
      <Button size="sm" denied={denied} busy={keep.isPending} onClick={() => keep.mutate()}>
        Keep it
      </Button>
    </div>
  );
}
