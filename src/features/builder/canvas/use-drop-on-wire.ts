'use client';
import { useCallback, useMemo, useState } from 'react';
import type { Block } from '#core/formula/model/block.ts';
import type { Point } from '#core/formula/model/formula.ts';
import { insertBlock, useGraphView, type Wire } from '#features/graph/index.ts';
import { useFormulaSession } from '../session/use-session.ts';
import { draggedBlock } from './drag-type.ts';

const sameWire = (a: Wire | null, b: Wire | null): boolean => a?.node === b?.node && a?.port === b?.port;

/** A block that is dragged in from the palette may be dropped on a wire: that wire stands out meanwhile. */
export function useDropOnWire() {
  const session = useFormulaSession();
  const view = useGraphView();
  const [target, setTarget] = useState<Wire | null>(null);
  const wireFor = useCallback(
    (block: Block, screen: Point): Wire | null => {
      const wire = session.status().canEdit ? view.wireAt(screen) : null;
      return wire && insertBlock(view.placed().formula, block, view.placeAt(screen), wire) ? wire : null;
    },
    [session, view],
  );
  const look = useCallback(
    (screen: Point) => {
      const wire = draggedBlock.current && wireFor(draggedBlock.current, screen);
      setTarget((before) => (sameWire(before, wire) ? before : wire));
    },
    [wireFor],
  );
  const letGo = useCallback(() => setTarget(null), []);
  return useMemo(() => ({ target, look, wireFor, letGo }), [target, look, wireFor, letGo]);
}
