'use client';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Edit } from '#core/formula/model/edit.ts';
import type { NodeId, Point } from '#core/formula/model/formula.ts';
import type { GraphGestures } from './context.ts';
import { useLatest } from './use-latest.ts';

/** No more than 30 a second go to the others. */
const SHOW_EVERY = 33;

const NOTHING: ReadonlyMap<NodeId, Point> = new Map();

export interface Drag {
  /** Where nodes are that this person drags at the moment. */
  readonly dragged: ReadonlyMap<NodeId, Point>;
  move(positions: ReadonlyMap<NodeId, Point>): void;
  /** Shows them to nobody else. */
  showHere(positions: ReadonlyMap<NodeId, Point>): void;
  /** What follows with the same `gesture` joins its step of undo; `more` belongs to the drop. */
  drop(positions: ReadonlyMap<NodeId, Point>, options?: DropOptions): void;
  /** The nodes are back where they were, here and for everybody. */
  cancel(): void;
}

interface DropOptions {
  readonly gesture?: object;
  readonly more?: readonly Edit[];
}

/** A drag is shown while it lasts and becomes an edit once, when it ends. */
export function useDrag(gestures: GraphGestures | undefined): Drag {
  const latest = useLatest(gestures);
  const [dragged, setDragged] = useState(NOTHING);
  const shown = useRef(0);
  const move = useCallback(
    (positions: ReadonlyMap<NodeId, Point>) => {
      setDragged(positions);
      if (performance.now() - shown.current < SHOW_EVERY) return;
      shown.current = performance.now();
      latest.current?.drag(positions);
    },
    [latest],
  );
  const drop = useCallback(
    (positions: ReadonlyMap<NodeId, Point>, { gesture, more = [] }: DropOptions = {}) => {
      const moves = [...positions].map(([id, { x, y }]): Edit => ({
        type: 'moveNode',
        id,
        at: { x: Math.round(x), y: Math.round(y) },
      }));
      latest.current?.edit([...moves, ...more], gesture);
      latest.current?.drag(null);
      setDragged(NOTHING);
    },
    [latest],
  );
  const cancel = useCallback(() => {
    latest.current?.drag(null);
    setDragged(NOTHING);
  }, [latest]);
  // Whoever may not edit any more drags nothing.
  if (!gestures && dragged !== NOTHING) setDragged(NOTHING);
  return useMemo(() => ({ dragged, move, showHere: setDragged, drop, cancel }), [dragged, move, drop, cancel]);
}
