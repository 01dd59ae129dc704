'use client';
import { useRef, type PointerEvent } from 'react';
import type { Literal } from '#core/formula/model/formula.ts';
import { cx } from '#ui/format/cx.ts';
import { stepped, type Range } from './field-steps.ts';
import { sizeOf } from './number-field.tsx';

interface ScrubLabelProps {
  readonly text: string;
  readonly title: string;
  readonly value: Literal | undefined;
  readonly range: Range;
  readonly disabled: boolean;
  /** Of a value that is the default. */
  readonly isQuiet: boolean;
  readonly onChange: (value: Literal, gesture: object) => void;
}

/** Pixels of the pointer for one step. */
const PIXELS_OF_A_STEP = 4;

/** The name of a port. A drag on the name to the right or left makes its number larger or smaller: one step of undo. */
export function ScrubLabel({ text, title, value, range, disabled, isQuiet, onChange }: ScrubLabelProps) {
  const scrub = useRef<{ readonly gesture: object; readonly from: Literal; readonly x: number; steps: number } | null>(
    null,
  );
  const canScrub = !disabled && stepped(value, 1, range) !== null;
  const onPointerMove = (event: PointerEvent<HTMLSpanElement>): void => {
    const { current } = scrub;
    if (!current) return;
    const steps = Math.trunc((event.clientX - current.x) / PIXELS_OF_A_STEP);
    if (steps === current.steps) return;
    current.steps = steps;
    const next = stepped(current.from, steps, range, sizeOf(event));
    if (next !== null) onChange(next, current.gesture);
  };
  return (
    <span
      title={title}
      className={cx(
        'min-w-0 truncate',
        isQuiet ? 'text-faint' : 'text-muted',
        canScrub && 'nodrag nopan cursor-ew-resize touch-none',
      )}
      onPointerDown={(event) => {
        if (!canScrub || event.button !== 0 || value === undefined) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        scrub.current = { gesture: {}, from: value, x: event.clientX, steps: 0 };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        scrub.current = null;
      }}
      onPointerCancel={() => {
        scrub.current = null;
      }}
    >
      {text}
    </span>
  );
}
