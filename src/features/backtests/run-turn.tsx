import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';

/** How often the turn is asked for while a run waits: other runs' ends tell nothing of it. */
const EVERY = 3000;

/** Why a queued run has not begun. */
export function RunTurn({ kind, id }: { readonly kind: 'backtest' | 'sweep'; readonly id: string }) {
  const trpc = useTRPC();
  const turn = useQuery(trpc.run.turn.queryOptions({ kind, id }, { refetchInterval: EVERY }));
  return <>{describeTurn(turn.data ?? null)}</>;
}

function describeTurn(turn: Outputs['run']['turn']): string {
  switch (turn?.waitsFor) {
    case 'organisation':
      return turn.before === 1
        ? '1 run of your organisation before it'
        : `${turn.before.toLocaleString('en')} runs of your organisation before it`;
    case 'thread':
      return 'Next of your organisation: it waits for a thread';
    case 'memory':
      return 'It waits for memory that other runs give back when they end';
    case undefined:
      return 'Waiting for its turn';
  }
}
