'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { toast } from '#ui/feedback/toaster.tsx';

/** What can be done with a version: each in one transaction, and taken back by one press. */
export function useVersionActions() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => {
    void queryClient.invalidateQueries(trpc.history.pathFilter());
    void queryClient.invalidateQueries(trpc.version.pathFilter());
    void queryClient.invalidateQueries(trpc.branch.pathFilter());
  };
  const takeBack = useAction(
    trpc.version.takeBack.mutationOptions({
      onSuccess: ({ left }) => {
        refresh();
        if (left.length === 0) toast.success('Taken back');
        else
          toast.success('Taken back, but for what was changed again since', {
            description: left.slice(0, 5).join('; '),
          });
      },
    }),
  );
  const restore = useAction(
    trpc.version.restore.mutationOptions({
      onSuccess: ({ number, before, beforeId, isChanged }, { id }) => {
        refresh();
        if (!isChanged) {
          toast.success(`The draft says what version ${number} says already`);
          return;
        }
        toast.success(`Version ${number} restored`, {
          description: `What was there before is version ${before}.`,
          duration: 15_000,
          action: { label: 'Undo', onClick: () => takeBack.mutate({ before: beforeId, after: id }) },
        });
      },
    }),
  );
  return { restore, takeBack };
}
