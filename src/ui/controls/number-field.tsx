'use client';
import { useState } from 'react';
import { cx } from '../format/cx.ts';
import { readNumber } from '../format/read-number.ts';
import { Input } from './input.tsx';

export interface NumberFieldProps {
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** Shown behind the number: %, USD, bars. */
  readonly unit?: string;
  /** What one of the shown unit is worth: 0.01 when `value` is a fraction shown in percent. */
  readonly worth?: number;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly 'aria-label'?: string;
}

/** A number typed as people write it; arrow keys step it; a text that is no number is put back on blur. */
export function NumberField(props: NumberFieldProps) {
  const { value, onChange, min = -Infinity, max = Infinity, step = 1, unit, worth = 1, className, ...rest } = props;
  const shown = String(Number((value / worth).toPrecision(12)));
  const [draft, setDraft] = useState<string | null>(null);
  const set = (next: number) => onChange(Math.min(max, Math.max(min, Number((next * worth).toPrecision(12)))));
  const commit = () => {
    const typed = draft === null ? null : readNumber(draft);
    if (typed !== null) set(typed);
    setDraft(null);
  };
  return (
    <span className={cx('relative block', className)}>
      <Input
        {...rest}
        inputMode="decimal"
        value={draft ?? shown}
        className={cx('tabular', unit ? 'pr-10' : undefined)}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setDraft(null);
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          const from = readNumber(draft ?? shown) ?? value / worth;
          setDraft(null);
          set(from + (event.key === 'ArrowUp' ? step : -step) * (event.shiftKey ? 10 : 1));
        }}
      />
      {unit ? (
        <span className="pointer-events-none absolute inset-y-0 right-2.5 flex items-center text-xs text-faint">
          {unit}
        </span>
      ) : null}
    </span>
  );
}
