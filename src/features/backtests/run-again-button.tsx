'use client';
import { RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';

/** Runs the same on the bars as they are now, and opens it. */
export function RunAgainButton({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const denied = useDenial('backtest.run');
  const again = useAction(
    trpc.backtest.runAgain.mutationOptions({
      onSuccess: ({ backtestId }) => router.push(`/backtests/${backtestId}`),
    }),
  );
  return (
    <Button icon={<RotateCw />} denied={denied} busy={again.isPending} onClick={() => again.mutate({ id })}>
      Run again
    </Button>
  );
}
