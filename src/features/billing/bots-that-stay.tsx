'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { Button } from '#ui/controls/button.tsx';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { toast } from '#ui/feedback/toaster.tsx';

interface BotsThatStayProps {
  /** In the order in which they stay. */
  readonly bots: Outputs['billing']['bots'];
  readonly most: number;
  /** The name of the plan that allows so many. */
  readonly plan: string;
  /** What the button says, and what comes behind the choice. */
  readonly action?: string;
  readonly onChosen?: () => void;
}

/** Which bots may go on when the plan allows fewer than there are. The others are frozen; nothing of them is lost. */
export function BotsThatStay({ bots, most, plan, action = 'Keep these', onChosen }: BotsThatStayProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<readonly string[]>(() => bots.slice(0, most).map(({ id }) => id));
  const keep = useMutation(
    trpc.billing.keepBots.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.billing.pathFilter());
        void queryClient.invalidateQueries(trpc.bot.pathFilter());
        if (onChosen) onChosen();
        else toast.success('Your choice is kept');
      },
    }),
  );
  const kept = bots.filter(({ id }) => chosen.includes(id));
  const frozen = bots.filter(({ id }) => !chosen.includes(id));
  return (
    <div className="space-y-3">
      <fieldset className="space-y-2">
        <legend className="mb-2">
          {plan} allows {most === 1 ? 'one bot' : `${most} bots`}. Choose which {most === 1 ? 'stays' : 'stay'}:
        </legend>
        {bots.map(({ id, name, status, isFrozen }) => (
          <Checkbox
            key={id}
            label={name}
            hint={isFrozen ? 'frozen' : status}
            checked={chosen.includes(id)}
            onChange={(isOn) => {
              if (!isOn) return setChosen((now) => now.filter((one) => one !== id));
              // Where one may stay, choosing another one is one click.
              setChosen((now) => [...(most === 1 ? [] : now), id]);
            }}
          />
        ))}
      </fieldset>
      <p role="status" className={kept.length > most ? 'text-bad' : 'text-muted'}>
        {kept.length > most
          ? `These are ${kept.length}: choose ${most}.`
          : frozen.length === 0
            ? 'None is frozen.'
            : `Frozen, not deleted: ${frozen.map(({ name }) => name).join(', ')}.`}
      </p>
      {keep.isError ? (
        <Problem title={explainError(keep.error).title}>{explainError(keep.error).advice}</Problem>
      ) : null}
      <Button
        look={onChosen ? 'primary' : 'secondary'}
        busy={keep.isPending}
        disabled={kept.length > most}
        onClick={() => keep.mutate({ botIds: kept.map(({ id }) => id) })}
      >
        {action}
      </Button>
    </div>
  );
}
