'use client';
import { useMemo } from 'react';
import { callsOf } from '#core/formula/functions/calls.ts';
import { expand, type Call } from '#core/formula/functions/expand.ts';
import { useFormula } from '../session/use-session.ts';
import { useOpenFunction } from './provider.tsx';

const NO_CALLS: readonly Call[] = [];

/**
 * The calls of the function that is open, and the one of which the canvas shows the values: the first unless chosen.
 */
export function useLookedAtCall(): { readonly calls: readonly Call[]; readonly chosen: Call | null } {
  const formula = useFormula();
  const { scope, call } = useOpenFunction();
  const calls = useMemo(() => (scope === null ? NO_CALLS : callsOf(expand(formula), scope)), [formula, scope]);
  const opened =
    call && calls.find(({ id, at, within }) => id === call.id || (at === call.at && within?.id === call.within));
  const chosen = opened ?? calls[0] ?? null;
  return useMemo(() => ({ calls, chosen }), [calls, chosen]);
}
