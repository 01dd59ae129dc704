'use client';
import { useState, useSyncExternalStore } from 'react';
import type { NodeId, Point } from '#core/formula/model/formula.ts';
import type { Colleague } from '../session/formula-session.ts';
import { useFormulaSession } from '../session/use-session.ts';

type DragOfOther = NonNullable<Colleague['drag']>;

interface Drags {
  readonly of: readonly DragOfOther[];
  readonly places: ReadonlyMap<NodeId, Point>;
}

const NO_DRAGS: Drags = { of: [], places: new Map() };

/**
 * Where nodes are that colleagues drag. Stays the same while nothing is dragged: their pointers move thirty times a
 * second.
 */
export function useDragsOfOthers(): ReadonlyMap<NodeId, Point> {
  const session = useFormulaSession();
  const [read] = useState(() => {
    let last = NO_DRAGS;
    return (): ReadonlyMap<NodeId, Point> => {
      const now = session.colleagues().flatMap(({ drag }) => (drag ? [drag] : []));
      if (now.length !== last.of.length || now.some((drag, index) => drag !== last.of[index]))
        last = now.length === 0 ? NO_DRAGS : { of: now, places: placesOf(now) };
      return last.places;
    };
  });
  return useSyncExternalStore(session.subscribeColleagues, read, read);
}

const placesOf = (drags: readonly DragOfOther[]): ReadonlyMap<NodeId, Point> =>
  new Map(drags.flatMap((drag) => Object.entries(drag).map(([id, [x, y]]) => [id, { x, y }] as const)));
