'use client';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useState } from 'react';
import type { Point } from '#core/formula/model/formula.ts';
import { isTyping } from '#ui/browser/is-typing.ts';
import type { GraphGestures } from '../context.ts';
import { wireId, type Wire } from '../flow-edges.ts';
import { usePlaced } from '../graph-provider.tsx';
import { crossedBy, wireLines } from './wires-at.ts';

/** A line drawn across wires, in the coordinates of the graph, and what it has crossed so far. */
export interface Stroke {
  readonly points: readonly Point[];
  readonly crossed: readonly Wire[];
}

/** With this key held, the left button draws the stroke: for whoever has no second button. */
const KEY = 'y';
/** On a layout without that letter, the key that stands there. */
const PLACE = 'KeyY';

/**
 * Cuts wires by a stroke across them: drawn with Ctrl and the right button, or with Y and the left one. One step of
 * undo.
 */
export function useCutStroke(gestures: GraphGestures | undefined): Stroke | null {
  const flow = useReactFlow();
  const store = useStoreApi();
  const placed = usePlaced();
  const [stroke, setStroke] = useState<Stroke | null>(null);
  useEffect(() => {
    const { domNode } = store.getState();
    if (!gestures || !domNode) return;
    let isKeyDown = false;
    let drawn: { lines: ReturnType<typeof wireLines>; points: Point[]; crossed: Map<string, Wire> } | null = null;
    const end = (): void => {
      drawn = null;
      setStroke(null);
    };
    const isStroke = ({ button, ctrlKey, metaKey, altKey }: MouseEvent): boolean =>
      !altKey && ((button === 2 && (ctrlKey || metaKey)) || (button === 0 && isKeyDown));
    const pointOf = ({ clientX, clientY }: PointerEvent) => flow.screenToFlowPosition({ x: clientX, y: clientY });
    const onDown = (event: PointerEvent): void => {
      if (!isStroke(event) || isTyping(event.target)) return;
      event.stopPropagation();
      event.preventDefault();
      drawn = { lines: wireLines(placed.current), points: [pointOf(event)], crossed: new Map() };
    };
    // What follows is not for nodes, wires and the view.
    const onMouseDown = (event: MouseEvent): void => {
      if (drawn) event.stopPropagation();
    };
    const onMove = (event: PointerEvent): void => {
      const last = drawn?.points.at(-1);
      if (!drawn || !last) return;
      const next = pointOf(event);
      for (const wire of crossedBy(drawn.lines, last, next)) drawn.crossed.set(wireId(wire), wire);
      drawn.points.push(next);
      setStroke({ points: [...drawn.points], crossed: [...drawn.crossed.values()] });
    };
    const onUp = (): void => {
      const wires = [...(drawn?.crossed.values() ?? [])];
      if (wires.length > 0) gestures.edit(wires.map(({ node, port }) => ({ type: 'clearArg', id: node, port })));
      if (drawn) end();
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && drawn) {
        event.stopPropagation();
        end();
      }
      const isKey = event.key.toLowerCase() === KEY || (event.key > '~' && event.code === PLACE);
      if (isKey && !event.ctrlKey && !event.metaKey && !isTyping(event.target)) isKeyDown = event.type === 'keydown';
    };
    const letKeyGo = (): void => {
      isKeyDown = false;
    };
    domNode.addEventListener('pointerdown', onDown, { capture: true });
    domNode.addEventListener('mousedown', onMouseDown, { capture: true });
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', onKey, { capture: true });
    window.addEventListener('keyup', onKey, { capture: true });
    window.addEventListener('blur', letKeyGo);
    return () => {
      domNode.removeEventListener('pointerdown', onDown, { capture: true });
      domNode.removeEventListener('mousedown', onMouseDown, { capture: true });
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', onKey, { capture: true });
      window.removeEventListener('keyup', onKey, { capture: true });
      window.removeEventListener('blur', letKeyGo);
      setStroke(null);
    };
  }, [flow, store, placed, gestures]);
  return stroke;
}
