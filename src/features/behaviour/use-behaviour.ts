'use client';
import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { diff } from '#core/diff/diff.ts';
import type { Settings } from '#core/engine/outcome/settings.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';
import { useAction } from '#trpc/use-action.ts';
import type { BehaviourSide, Sides } from './sides.ts';

export type Pair = Outputs['behaviour']['start']['pairs'][number];

/** What was asked, and the runs that answer. */
export interface StartedBehaviour {
  readonly pairs: readonly Pair[];
  readonly before: Formula;
  readonly after: Formula;
}

export interface BehaviourRequest {
  readonly marketIds: readonly string[];
  readonly settings: Settings;
  readonly from?: number;
  readonly to?: number;
}

interface Behaviour {
  readonly started: StartedBehaviour | null;
  /** Whether a draft says something else than when it was run. */
  readonly isStale: boolean;
  readonly isPending: boolean;
  readonly error: unknown;
  run(request: BehaviourRequest): void;
}

const wantedSide = ({ formulaId, versionId }: BehaviourSide) => ({
  formulaId,
  ...(versionId === null ? {} : { versionId }),
});

const says = ({ formulaId, versionId }: BehaviourSide): string => `${formulaId} ${versionId ?? 'draft'}`;

/** The runs of two sides, kept while this tab is open: who comes back to them finds them. */
export function useBehaviour({ before, after }: Sides): Behaviour {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const queryKey = ['behaviour of', says(before), says(after)];
  const { data } = useQuery<StartedBehaviour>({ queryKey, queryFn: skipToken, gcTime: Infinity, staleTime: Infinity });
  const start = useAction(trpc.behaviour.start.mutationOptions());
  const isStale = useMemo(
    () => data !== undefined && (isOther(data.before, before.formula) || isOther(data.after, after.formula)),
    [data, before.formula, after.formula],
  );
  return {
    started: data ?? null,
    isStale,
    isPending: start.isPending,
    error: start.error,
    run: (request) =>
      start.mutate(
        { before: wantedSide(before), after: wantedSide(after), ...request, marketIds: [...request.marketIds] },
        {
          onSuccess: ({ pairs }) =>
            queryClient.setQueryData<StartedBehaviour>(queryKey, {
              pairs,
              before: before.formula,
              after: after.formula,
            }),
        },
      ),
  };
}

const isOther = (then: Formula, now: Formula): boolean =>
  then !== now && diff(then, now).changes.some(({ kind }) => kind !== 'moved' && kind !== 'commented');
