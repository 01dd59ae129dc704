'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { fromJsonText } from '#core/formula/json/json.ts';
import { keysOf } from '#core/merge/change-keys.ts';
import { merge } from '#core/merge/merge.ts';
import { useLiveDraft } from '#features/live-draft/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { choose, chooserOf, isOffered, openConflicts, takenOf, type Choices } from './choices.ts';

interface Side {
  readonly id: string;
  readonly json: string;
  readonly contentHash: string;
}

/** One of the two strategies: as the server has told it, then as it is at each moment. */
function useSide(side: Side | undefined) {
  const live = useLiveDraft(side?.id);
  const told = useMemo(
    () => (side ? { formula: fromJsonText(side.json).formula, contentHash: side.contentHash } : null),
    [side],
  );
  return live ?? told;
}

const NOTHING: Choices = new Map();

/** The merge of one strategy into another, as both are at this moment, with what somebody has chosen of it. */
export function useMerging(into: string, from: string) {
  const trpc = useTRPC();
  const pair = useQuery(trpc.branch.pair.queryOptions({ into, from }, { retry: false }));
  const [choices, setChoices] = useState(NOTHING);
  const { data } = pair;
  const base = useMemo(() => (data ? fromJsonText(data.base.json).formula : null), [data]);
  const ours = useSide(data?.into);
  const theirs = useSide(data?.from);
  const merging = useMemo(() => {
    if (!base || !ours || !theirs) return null;
    const all = merge(base, ours.formula, theirs.formula);
    return { ...all, ours: ours.formula, changes: all.ours, chooser: chooserOf(all.theirs) };
  }, [base, ours, theirs]);
  const chosen = useMemo(() => {
    if (!merging) return null;
    const taken = takenOf(merging.chooser, choices);
    const open = openConflicts(merging.chooser, choices);
    return { taken, open, result: merging.take(taken) };
  }, [merging, choices]);
  const wanted = useMemo(() => {
    if (!data || !theirs || !merging || !chosen) return null;
    const ourKeys = keysOf(merging.changes);
    return {
      into: data.into.id,
      from: data.from.id,
      base: data.base.id,
      theirs: theirs.contentHash,
      chosen: [...chosen.taken].map((place) => merging.chooser.keys[place] ?? ''),
      undone: chosen.result.undone.map((place) => ourKeys[place] ?? ''),
    };
  }, [data, theirs, merging, chosen]);
  const left =
    merging && chosen ? merging.theirs.filter((one, place) => isOffered(one) && !chosen.taken.has(place)) : [];
  return {
    pair,
    merging,
    chosen,
    /** What the server is asked to do; null until there is something to ask. */
    wanted,
    leftCount: left.length,
    take: (place: number, isTaken: boolean) => {
      if (merging) setChoices((now) => choose(merging.chooser, now, place, isTaken));
    },
    isDecided: (place: number): boolean => choices.has(merging?.chooser.keys[place] ?? ''),
  };
}

export type Merging = ReturnType<typeof useMerging>;
