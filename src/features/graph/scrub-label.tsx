'use client';
import { useEffect, useEffectEvent, useRef, useState, type PointerEvent } from 'react';
import type { Literal } from '#core/formula/model/formula.ts';
import { cx } from '#ui/format/cx.ts';
import { steppedWithin, type Range } from './field-steps.ts';
import { sizeOf } from './number-field.tsx';

interface ScrubLabelProps {
  readonly text: string;
  readonly title: string;
  /** The number that is shown; that of the default where there is none. */
  readonly value: Literal | undefined;
  /** Whether the number is the default, which is told from the same number written down. */
  readonly isDefault: boolean;
  readonly range: Range;
  readonly accepts: (literal: Literal) => boolean;
  readonly disabled: boolean;
  /** Of a value that is the default. */
  readonly isQuiet: boolean;
  readonly onChange: (value: Literal | undefined, gesture: object) => void;
}

/** Pixels of the pointer for one step. */
const PIXELS_OF_A_STEP = 4;

interface Scrub {
  readonly gesture: object;
  readonly from: Literal;
  readonly wasDefault: boolean;
  readonly x: number;
  steps: number;
}

/**
 * The name of a port. A drag on the name to the right or left makes its number larger or smaller: one step of undo.
 * Escape sets the number back.
 */
export function ScrubLabel(props: ScrubLabelProps) {
  const { text, title, value, isDefault, range, accepts, disabled, isQuiet, onChange } = props;
  const scrub = useRef<Scrub | null>(null);
  const [isScrubbing, setIsScrubbing] = useState(false);
  const canScrub = !disabled && steppedWithin(value, 1, { range, accepts: () => true }) !== null;
  const end = (): void => {
    scrub.current = null;
    setIsScrubbing(false);
  };
  const setBack = useEffectEvent((): void => {
    const { current } = scrub;
    if (current && current.steps !== 0) onChange(current.wasDefault ? undefined : current.from, current.gesture);
    end();
  });
  useEffect(() => {
    if (!isScrubbing) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      // This Escape is about the drag alone: the selection and the whole screen stay.
      event.preventDefault();
      event.stopPropagation();
      setBack();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [isScrubbing]);
  const onPointerMove = (event: PointerEvent<HTMLSpanElement>): void => {
    const { current } = scrub;
    if (!current) return;
    const steps = Math.trunc((event.clientX - current.x) / PIXELS_OF_A_STEP);
    if (steps === current.steps) return;
    current.steps = steps;
    const next = steppedWithin(current.from, steps, { range, size: sizeOf(event), accepts });
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
        scrub.current = { gesture: {}, from: value, wasDefault: isDefault, x: event.clientX, steps: 0 };
        setIsScrubbing(true);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
    >
      {text}
    </span>
  );
}
