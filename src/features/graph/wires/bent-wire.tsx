'use client';
import { BaseEdge, useInternalNode, useReactFlow, type EdgeProps } from '@xyflow/react';
import { useCallback, useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import type { Point } from '#core/formula/model/formula.ts';
import type { BentEdge } from '../bends-in.ts';
import { useGraphParts } from '../context.ts';
import { useLetGo } from '../use-let-go.ts';
import { cubicsOf, pathOfCubics } from '../wire-path.ts';
import { bendsEdit } from './bend-wire.ts';

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
const [STEP, FAR] = [8, 40];

interface Held {
  readonly index: number;
  readonly at: Point;
  /** Of one press of the pointer, or of the arrows until the focus moves on. */
  readonly hasMoved: boolean;
}

/** A wire that is led through points: each is a dot that the pointer drags, and that takes the keyboard's focus. */
export function BentWire({
  id,
  source,
  target,
  sourceX,
  sourceY,
  targetX,
  targetY,
  data,
  ...edge
}: EdgeProps<BentEdge>) {
  const flow = useReactFlow();
  const { gestures } = useGraphParts();
  const [held, setHeld] = useState<Held | null>(null);
  const [nudge, setNudge] = useState<object>({});
  useLetGo(
    useCallback(() => {
      setHeld(null);
      return held !== null;
    }, [held]),
  );
  const shift = useShift(source, target, data?.standing);
  const standing = (data?.bends ?? []).map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y }));
  const bends = held ? standing.with(held.index, held.at) : standing;
  const wire = { node: target, port: edge.targetHandleId ?? '' };
  const lead = (points: readonly Point[], gesture?: object) => gestures?.edit([bendsEdit(wire, points)], gesture);
  const remove = (index: number) => lead(standing.toSpliced(index, 1));
  const path = pathOfCubics(
    cubicsOf(
      [
        { x: sourceX, y: sourceY },
        { x: targetX, y: targetY },
      ],
      bends,
    ),
  );

  const onPointerDown = (event: PointerEvent<Element>, index: number) => {
    if (event.button !== 0 || !gestures) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = standing[index];
    if (at) setHeld({ index, at, hasMoved: false });
  };
  const onPointerMove = (event: PointerEvent) => {
    if (held)
      setHeld({ ...held, at: flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }), hasMoved: true });
  };
  const onPointerUp = () => {
    if (held?.hasMoved) lead(bends);
    setHeld(null);
  };
  /** With Alt a click on a wire takes the wire away: here it takes the point. */
  const onClick = (event: MouseEvent, index: number) => {
    if (!event.altKey) return;
    event.stopPropagation();
    remove(index);
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const [arrow, at] = [ARROWS[event.key], standing[index]];
    if (!gestures || !at) return;
    if (event.key === 'Delete' || event.key === 'Backspace') remove(index);
    else if (arrow) {
      const step = event.shiftKey ? FAR : STEP;
      lead(standing.with(index, { x: at.x + arrow.x * step, y: at.y + arrow.y * step }), nudge);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <BaseEdge id={id} path={path} interactionWidth={edge.interactionWidth ?? 20} />
      {bends.map(({ x, y }, index) => (
        <g
          key={`${index} of ${bends.length}`}
          className="bend nodrag nopan"
          data-bend={`${id}/${index}`}
          transform={`translate(${x} ${y})`}
          {...(gestures
            ? {
                role: 'button',
                tabIndex: 0,
                'aria-label': `Bend ${index + 1} of ${bends.length}: arrows move it, Delete takes it away`,
                onPointerDown: (event) => onPointerDown(event, index),
                onPointerMove,
                onPointerUp,
                onPointerCancel: () => setHeld(null),
                onClick: (event) => onClick(event, index),
                onFocus: () => setNudge({}),
                onKeyDown: (event) => onKeyDown(event, index),
                // The second press of a double click on the wire is none on the new dot.
                onDoubleClick: (event) => event.stopPropagation(),
              }
            : { 'aria-hidden': true })}
        >
          <circle r={11} className="bend-reach" />
          <circle r={5} className="bend-dot" />
        </g>
      ))}
    </>
  );
}

const STILL: Point = { x: 0, y: 0 };

/** How far both ends of the wire are dragged by the same way: the bends go along. */
function useShift(source: string, target: string, standing: readonly [Point, Point] | undefined): Point {
  const from = useInternalNode(source)?.internals.positionAbsolute;
  const to = useInternalNode(target)?.internals.positionAbsolute;
  if (!from || !to || !standing) return STILL;
  const [start, end] = standing;
  const shift = { x: to.x - end.x, y: to.y - end.y };
  const isSame = Math.abs(from.x - start.x - shift.x) < 0.5 && Math.abs(from.y - start.y - shift.y) < 0.5;
  return isSame ? shift : STILL;
}
