'use client';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Edit } from '#core/formula/model/edit.ts';
import type { Formula, NodeId, Point } from '#core/formula/model/formula.ts';
import { shapeIn, type Placed } from '../boxes.ts';
import { wireId, type Wire } from '../flow-edges.ts';
import { NODE_WIDTH } from '../node-shape.ts';
import { useLatest } from '../use-latest.ts';
import { insertNode, isLoose } from './insert-on-wire.ts';
import { linesOf, wireNear } from './wires-at.ts';

/** How near the middle of a node comes to a wire that the node is to become part of, in the units of the graph. */
const REACH = 22;

/** A wire that a node stands on; `edits` make the node part of the wire, null where the types don't allow that. */
interface Entry {
  readonly id: NodeId;
  readonly formula: Formula;
  readonly wire: Wire;
  readonly edits: readonly Edit[] | null;
}

/** A node without wires that is dropped on a wire becomes part of the wire. */
export function useEntering(placed: Placed) {
  const latest = useLatest(placed);
  const [target, setTarget] = useState<Wire | null>(null);
  /** What the last look was about: most moves of a drag find the same. */
  const seen = useRef<Entry | null>(null);
  const held = useRef<{ readonly id: NodeId; readonly formula: Formula; readonly isLoose: boolean } | null>(null);

  const find = useCallback(
    (positions: ReadonlyMap<NodeId, Point>): Entry | null => {
      const [[id, { x, y }] = ['', { x: 0, y: 0 }]] = positions;
      const shape = shapeIn(latest.current, id);
      const { formula } = latest.current;
      if (positions.size !== 1 || !shape) return null;
      // A drag asks at each move; the answer goes over all nodes.
      if (held.current?.id !== id || held.current.formula !== formula)
        held.current = { id, formula, isLoose: isLoose(formula, id) };
      if (!held.current.isLoose) return null;
      const wire = wireNear(linesOf(latest.current), { x: x + NODE_WIDTH / 2, y: y + shape.height / 2 }, REACH);
      if (!wire) return null;
      const known = seen.current;
      if (known?.id === id && known.formula === formula && wireId(known.wire) === wireId(wire)) return known;
      seen.current = { id, wire, formula, edits: insertNode(formula, id, wire) };
      return seen.current;
    },
    [latest],
  );
  const letGo = useCallback(() => {
    seen.current = null;
    setTarget(null);
  }, []);
  /** While the node is on its way. */
  const look = useCallback(
    (positions: ReadonlyMap<NodeId, Point>) => {
      const entry = find(positions);
      const wire = entry?.edits ? entry.wire : null;
      setTarget((before) => (before && wire && wireId(before) === wireId(wire) ? before : wire));
    },
    [find],
  );
  /** The edits of a drop there; none beside a wire. */
  const enter = useCallback(
    (positions: ReadonlyMap<NodeId, Point>): readonly Edit[] => {
      const edits = find(positions)?.edits ?? [];
      letGo();
      return edits;
    },
    [find, letGo],
  );
  return useMemo(() => ({ target, look, enter, letGo }), [target, look, enter, letGo]);
}
