'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { HeartCrack } from 'lucide-react';
import { useEffect } from 'react';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';
import { Age } from '#ui/data/time.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { useFormulaSession, useStatus } from '../session/use-session.ts';

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/**
 * Stands in the builder's place while the stored document can't be read: what is left of it, and what it can be made
 * from again.
 */
export function DamagedFormula({ formulaId }: { readonly formulaId: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const session = useFormulaSession();
  const { unsaved } = useStatus();
  const denied = useDenial('formula.edit');
  const damage = useQuery(trpc.document.damage.queryOptions({ formulaId }));
  const recover = useAction(
    trpc.document.recover.mutationOptions({
      onSettled: () => void queryClient.invalidateQueries(trpc.document.damage.queryFilter({ formulaId })),
    }),
  );
  // Recovered, here or by a colleague.
  const isWhole = damage.data === null;
  useEffect(() => {
    if (isWhole) session.reconnect();
  }, [isWhole, session]);
  if (damage.isError)
    return (
      <Problem
        className="m-4"
        title={explainError(damage.error).title}
        action={
          <Button size="sm" onClick={() => void damage.refetch()}>
            Try again
          </Button>
        }
      >
        {explainError(damage.error).advice}
      </Problem>
    );
  if (!damage.data) return <Skeleton className="m-4 h-[80vh]" />;
  const { changes, nodes, version } = damage.data;
  const busy = recover.isPending;
  const actions = (
    <>
      {version ? (
        <Button
          look="primary"
          busy={busy}
          denied={denied}
          onClick={() => recover.mutate({ formulaId, from: 'version' })}
        >
          Go back to {nameOf(version)}
        </Button>
      ) : null}
      <Button
        look={version ? 'secondary' : 'primary'}
        busy={busy}
        denied={denied}
        onClick={() => recover.mutate({ formulaId, from: 'readable' })}
      >
        {nodes === null || nodes === 0 ? 'Begin anew, empty' : `Take what can be read (${counted(nodes, 'node')})`}
      </Button>
    </>
  );
  const shown = nodes === null ? ', but not shown' : `: ${counted(nodes, 'node')}`;
  return (
    <div className="h-full">
      <EmptyState icon={<HeartCrack />} title="What is stored of this strategy is damaged" action={actions}>
        <p>
          {changes.readable === 0
            ? 'Nothing of it can be read.'
            : `Of ${counted(changes.all, 'stored change')}, ${changes.readable} can be read${shown}.`}
        </p>
        <p className="mt-2">
          {version ? (
            <>
              {version.number === null ? 'What was run last can be read' : `The last good version is ${version.number}`}
              {version.message === '' ? null : <> (“{version.message}”)</>}, by {version.author},{' '}
              <Age value={version.createdAt} />.
            </>
          ) : (
            'There is no version of it that can be read.'
          )}{' '}
          What is stored now is kept aside, and an operator can still look at it.
        </p>
        {unsaved > 0 ? (
          <p className="mt-2">
            {counted(unsaved, 'change')} of yours that {unsaved === 1 ? 'is' : 'are'} not saved will be made once more
            in the recovered formula.
          </p>
        ) : null}
      </EmptyState>
    </div>
  );
}

const nameOf = ({ number }: { readonly number: number | null }): string =>
  number === null ? 'what was run last' : `version ${number}`;
