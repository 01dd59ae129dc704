'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { toast } from '#ui/feedback/toaster.tsx';

interface Archived {
  readonly id: string;
  readonly name: string;
}

/** Takes a formula out of the list, at once and with Undo in the message, or puts it back. */
export function useArchive({ id, name }: Archived): { archive(): void; restore(): void; readonly isPending: boolean } {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useAction(
    trpc.formula.archive.mutationOptions({
      onSuccess: (_result, { archived }) => {
        void queryClient.invalidateQueries(trpc.formula.pathFilter());
        if (archived === false) toast.success(`${name} is back among the strategies`);
        else
          toast(`${name} is archived`, {
            description: 'Its versions, backtests and bots stay.',
            action: { label: 'Undo', onClick: () => change.mutate({ id, archived: false }) },
          });
      },
    }),
  );
  return {
    archive: () => change.mutate({ id, archived: true }),
    restore: () => change.mutate({ id, archived: false }),
    isPending: change.isPending,
  };
}
