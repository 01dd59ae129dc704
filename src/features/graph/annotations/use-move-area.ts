'use client';
import { useReactFlow } from '@xyflow/react';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Area } from '#core/formula/model/annotations.ts';
import type { Point } from '#core/formula/model/formula.ts';

const LEAST = { width: 120, height: 60 };
const STEP = 10;

interface MoveAreaOptions {
  readonly area: Area;
  /** Whether the person may move it at all. */
  readonly isOn: boolean;
  /** Shown while it lasts. */
  readonly onMove: (shift: Point) => void;
  /** Called once, when it ends; `gesture` joins moves by keys to one step of undo. */
  readonly onMoved: (shift: Point, gesture?: object) => void;
  readonly onResized: (area: Area) => void;
  readonly onCancel: () => void;
}

type Hand = { readonly what: 'move' | 'resize'; readonly from: Point } | null;

const NO_SHIFT: Point = { x: 0, y: 0 };
const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

/**
 * Moves an area by its handle, and makes it larger or smaller by its corner, with the pointer or with arrow keys;
 * Escape lets go.
 */
export function useMoveArea({ area, isOn, onMove, onMoved, onResized, onCancel }: MoveAreaOptions) {
  const flow = useReactFlow();
  const hand = useRef<Hand>(null);
  const nudges = useRef({});
  const [shift, setShift] = useState(NO_SHIFT);
  const [grown, setGrown] = useState(NO_SHIFT);
  const pointOf = ({ clientX, clientY }: PointerEvent) =>
    flow.screenToFlowPosition({ x: clientX, y: clientY }, { snapToGrid: false });
  const sized = (by: Point): Area => ({
    ...area,
    width: Math.max(LEAST.width, Math.round(area.width + by.x)),
    height: Math.max(LEAST.height, Math.round(area.height + by.y)),
  });
  const letGo = (): void => {
    hand.current = null;
    setShift(NO_SHIFT);
    setGrown(NO_SHIFT);
  };
  const begin = (what: 'move' | 'resize', event: PointerEvent): void => {
    if (!isOn || event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    hand.current = { what, from: pointOf(event) };
  };
  const byOf = (event: PointerEvent, { from }: NonNullable<Hand>): Point => {
    const at = pointOf(event);
    return { x: Math.round(at.x - from.x), y: Math.round(at.y - from.y) };
  };
  const follow = {
    onPointerMove: (event: PointerEvent) => {
      if (!hand.current) return;
      const by = byOf(event, hand.current);
      if (hand.current.what === 'resize') return setGrown(by);
      setShift(by);
      onMove(by);
    },
    onPointerUp: (event: PointerEvent) => {
      const held = hand.current;
      if (!held) return;
      const by = byOf(event, held);
      letGo();
      if (by.x === 0 && by.y === 0) return onCancel();
      if (held.what === 'resize') onResized(sized(by));
      else onMoved(by);
    },
    onPointerCancel: () => {
      letGo();
      onCancel();
    },
  };
  /** Whether the key was one of this. */
  const takeKey = ({ key }: KeyboardEvent): boolean => {
    if (key === 'Escape' && hand.current) {
      letGo();
      onCancel();
      return true;
    }
    const by = ARROWS[key];
    if (!by || !isOn) return false;
    onMoved(by, nudges.current);
    return true;
  };
  return {
    area: { ...sized(grown), x: area.x + shift.x, y: area.y + shift.y },
    move: { onPointerDown: (event: PointerEvent) => begin('move', event), ...follow },
    resize: { onPointerDown: (event: PointerEvent) => begin('resize', event), ...follow },
    takeKey,
  };
}
