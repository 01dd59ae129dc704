'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { toast } from '#ui/feedback/toaster.tsx';

/** Takes a backtest out of the lists, with Undo in the message, or puts it back. */
export function useDeleteRun(id: string): { remove(): void; restore(): void } {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useAction(
    trpc.backtest.delete.mutationOptions({
      onSuccess: (_result, { deleted }) => {
        void queryClient.invalidateQueries(trpc.backtest.pathFilter());
        if (!deleted) return void toast.success('The backtest is back in the list');
        toast('The backtest is deleted', {
          description: 'It can be brought back for 30 days.',
          action: { label: 'Undo', onClick: () => change.mutate({ id, deleted: false }) },
        });
      },
    }),
  );
  return {
    remove: () => change.mutate({ id, deleted: true }),
    restore: () => change.mutate({ id, deleted: false }),
  };
}
