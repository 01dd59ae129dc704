'use client';
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react';
import { numberOf } from '#core/formula/language/literal.ts';
import type { Port } from '#core/formula/model/block.ts';
import type { Literal } from '#core/formula/model/formula.ts';
import { cx } from '#ui/format/cx.ts';
import { rangeWords, stepped, type Range, type Size } from './field-steps.ts';
import { readLiteral } from './read-literal.ts';

interface NumberFieldProps {
  readonly port: Port;
  readonly range: Range;
  readonly value: Literal | undefined;
  readonly text: string;
  readonly disabled: boolean;
  readonly onChange: (value: Literal | undefined, gesture?: object) => void;
  readonly className: string;
}

export const sizeOf = ({ shiftKey, altKey }: { readonly shiftKey: boolean; readonly altKey: boolean }): Size =>
  shiftKey ? 'large' : altKey ? 'fine' : 'usual';

/**
 * A number or a text: typed, with arithmetic; or a step up and down by the arrow keys, and by the wheel while it has
 * the focus. Shift takes ten steps, Alt a tenth of one. The bar behind says where between its bounds the number is.
 */
export function NumberField({ port, range, value, text, disabled, onChange, className }: NumberFieldProps) {
  const element = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  /** Steps of one visit of the field are one step of undo. */
  const gesture = useRef<object>({});
  const commit = (): void => {
    if (draft === null || draft === text) return setDraft(null);
    const read = readLiteral(draft, port);
    setProblem(read.ok ? null : read.error);
    if (!read.ok) return;
    setDraft(null);
    onChange(read.value);
  };
  const step = (count: number, size: Size): boolean => {
    const read = draft === null ? null : readLiteral(draft, port);
    const from = read?.ok === true ? read.value : (value ?? port.default ?? undefined);
    const next = stepped(from, count, range, size);
    if (next === null) return false;
    setDraft(null);
    setProblem(null);
    onChange(next, gesture.current);
    return true;
  };
  const onWheel = useEffectEvent((event: WheelEvent): void => {
    if (document.activeElement !== element.current || disabled || event.ctrlKey) return;
    if (step(event.deltaY < 0 ? 1 : -1, sizeOf(event))) {
      event.preventDefault();
      event.stopPropagation();
    }
  });
  // React listens for wheels without the right to hold them back.
  useEffect(() => {
    const input = element.current;
    const listener = (event: WheelEvent): void => onWheel(event);
    input?.addEventListener('wheel', listener, { passive: false });
    return () => input?.removeEventListener('wheel', listener);
  }, []);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    event.stopPropagation();
    if (event.key === 'Enter') event.currentTarget.blur();
    if (event.key === 'Escape') {
      setDraft(null);
      setProblem(null);
    }
    if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && step(event.key === 'ArrowUp' ? 1 : -1, sizeOf(event)))
      event.preventDefault();
  };
  const fallback = port.default === undefined ? '' : port.default === null ? '–' : String(port.default);
  const share = shareOf(numberOf(value ?? port.default ?? undefined), range);
  const words = problem ?? rangeWords(range);
  return (
    <input
      ref={element}
      aria-label={port.name}
      aria-invalid={problem !== null || undefined}
      {...(words === '' ? {} : { title: words })}
      disabled={disabled}
      value={draft ?? text}
      placeholder={fallback}
      onChange={(event) => setDraft(event.target.value)}
      onFocus={() => {
        gesture.current = {};
      }}
      onBlur={commit}
      onKeyDown={onKeyDown}
      style={
        share === null
          ? undefined
          : {
              backgroundImage: `linear-gradient(to right, var(--accent-soft) ${share * 100}%, transparent ${share * 100}%)`,
            }
      }
      className={cx(
        className,
        text === '' ? 'italic' : 'font-semibold',
        'placeholder:text-faint aria-invalid:border-bad',
      )}
    />
  );
}

/** Where between its bounds a number is; null where there are not both. */
function shareOf(value: number | undefined, { min, max }: Range): number | null {
  if (value === undefined || Number.isNaN(value) || min === undefined || max === undefined || max <= min) return null;
  return Math.min(1, Math.max(0, (value - min) / (max - min)));
}
