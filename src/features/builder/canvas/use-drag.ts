'use client';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { NodeId, Point } from '#core/formula/model/formula.ts';
import type { Colleague } from '../session/formula-session.ts';
import { useFormulaSession } from '../session/provider.tsx';

/** No more than 30 a second go to the others. */
const SHOW_EVERY = 33;

const NOTHING: ReadonlyMap<NodeId, Point> = new Map();

export interface Drag {
  /** Where nodes are that this person or a colleague drags at the moment. */
  readonly dragged: ReadonlyMap<NodeId, Point>;
  move(positions: ReadonlyMap<NodeId, Point>): void;
  /** What follows with the same `gesture` joins its step of undo. */
  drop(positions: ReadonlyMap<NodeId, Point>, gesture?: object): void;
  /** The nodes are back where they were, here and for everybody. */
  cancel(): void;
}

/** A drag is shown to the others while it lasts and written into the document once, when it ends. */
export function useDrag(): Drag {
  const session = useFormulaSession();
  const others = useDragsOfOthers();
  const [own, setOwn] = useState(NOTHING);
  const shown = useRef(0);
  const move = useCallback(
    (positions: ReadonlyMap<NodeId, Point>) => {
      setOwn(positions);
      if (performance.now() - shown.current < SHOW_EVERY) return;
      shown.current = performance.now();
      session.show({ drag: Object.fromEntries([...positions].map(([id, { x, y }]) => [id, [x, y] as const])) });
    },
    [session],
  );
  const drop = useCallback(
    (positions: ReadonlyMap<NodeId, Point>, gesture?: object) => {
      session.edit(
        [...positions].map(([id, { x, y }]) => ({ type: 'moveNode', id, at: { x: Math.round(x), y: Math.round(y) } })),
        gesture,
      );
      session.show({ drag: null });
      setOwn(NOTHING);
    },
    [session],
  );
  const cancel = useCallback(() => {
    session.show({ drag: null });
    setOwn(NOTHING);
  }, [session]);
  // When edit permission is withdrawn, cancel the drag.
  useEffect(
    () =>
      session.subscribeStatus(() => {
        if (!session.status().canEdit) cancel();
      }),
    [session, cancel],
  );
  const dragged = useMemo(() => {
    const all = new Map<NodeId, Point>();
    for (const drag of others) for (const [id, [x, y]] of Object.entries(drag)) all.set(id, { x, y });
    for (const [id, point] of own) all.set(id, point);
    return all;
  }, [others, own]);
  return useMemo(() => ({ dragged, move, drop, cancel }), [dragged, move, drop, cancel]);
}

type DragOfOther = NonNullable<Colleague['drag']>;

const NO_DRAGS: readonly DragOfOther[] = [];

/** What colleagues drag. Stays the same while nothing is dragged: their pointers move thirty times a second. */
function useDragsOfOthers(): readonly DragOfOther[] {
  const session = useFormulaSession();
  const [read] = useState(() => {
    let last = NO_DRAGS;
    return (): readonly DragOfOther[] => {
      const now = session.colleagues().flatMap(({ drag }) => (drag ? [drag] : []));
      if (now.length !== last.length || now.some((drag, index) => drag !== last[index]))
        last = now.length === 0 ? NO_DRAGS : now;
      return last;
    };
  });
  return useSyncExternalStore(session.subscribeColleagues, read, read);
}
