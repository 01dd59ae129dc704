'use client';
import { useQueryClient } from '@tanstack/react-query';
import { GitCommitVertical } from 'lucide-react';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';

/** Keeps the draft as the first version, where there is none. */
export function SaveFirst({ formulaId }: { readonly formulaId: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const denied = useDenial('version.create');
  const save = useAction(
    trpc.version.create.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.history.pathFilter());
        void queryClient.invalidateQueries(trpc.version.pathFilter());
      },
    }),
  );
  return (
    <Button
      look="primary"
      icon={<GitCommitVertical />}
      denied={denied}
      busy={save.isPending}
      onClick={() => save.mutate({ formulaId, message: '' })}
    >
      Save the first version
    </Button>
  );
}
