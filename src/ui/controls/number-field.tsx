'use client';
import { useId, useState } from 'react';
import { err, ok, type Result } from '#core/result/result.ts';
import { cx } from '../format/cx.ts';
import { readNumber } from '../format/read-number.ts';
import { useField } from './field.tsx';
import { Input } from './input.tsx';

export interface NumberFieldProps {
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** Takes whole numbers alone. */
  readonly isInteger?: boolean;
  /** Shown behind the number: %, USD, bars. */
  readonly unit?: string;
  /** What one of the shown unit is worth: 0.01 when `value` is a fraction shown in percent. */
  readonly worth?: number;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly 'aria-label'?: string;
}

interface Limits extends Pick<NumberFieldProps, 'unit' | 'isInteger'> {
  readonly min: number;
  readonly max: number;
  readonly worth: number;
}

/** What a text says in a field with these limits, as the value that the field holds; or why nothing is taken. */
export function readWithin(text: string, { min, max, worth, unit, isInteger }: Limits): Result<number, string> {
  const read = readNumber(text);
  if (!read.ok) return read;
  if (read.value.isPercent && unit !== '%') return err('No percentage belongs here: write the number alone.');
  const value = exact(read.value.value * worth);
  const shown = (bound: number): string => `${exact(bound / worth)}${unit === undefined ? '' : ` ${unit}`}`;
  if (isInteger === true && !Number.isInteger(value)) return err('A whole number belongs here.');
  if (value < min) return err(`At least ${shown(min)}.`);
  return value > max ? err(`At the most ${shown(max)}.`) : ok(value);
}

/** Without the dust of binary fractions. */
const exact = (value: number): number => Number(value.toPrecision(12));

/**
 * A number typed as people write numbers; arrow keys step the number within its limits. A text that is not taken stays,
 * with the reason in words: the value is then as before, and a dialog's main button leads back here.
 */
export function NumberField(props: NumberFieldProps) {
  const { value, onChange, min = -Infinity, max = Infinity, step = 1, unit, worth = 1, isInteger = false } = props;
  const field = useField();
  const noteId = useId();
  const shown = String(exact(value / worth));
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const limits: Limits = { min, max, worth, isInteger, ...(unit === undefined ? {} : { unit }) };
  const commit = () => {
    if (draft === null) return;
    const read = readWithin(draft, limits);
    setProblem(read.ok ? null : read.error);
    if (!read.ok) return;
    setDraft(null);
    onChange(read.value);
  };
  const type = (text: string | null) => {
    setDraft(text);
    setProblem(null);
  };
  const stepBy = (steps: number) => {
    const read = draft === null ? null : readWithin(draft, limits);
    const from = read?.ok === true ? read.value : value;
    type(null);
    onChange(Math.min(max, Math.max(min, exact(from + steps * step * worth))));
  };
  const isWrong = problem !== null;
  return (
    <span className={cx('block', props.className)}>
      <span className="relative block">
        <Input
          {...(props['aria-label'] === undefined ? {} : { 'aria-label': props['aria-label'] })}
          {...(draft === null ? {} : { 'data-typed': true })}
          {...(isWrong ? { 'aria-invalid': true, 'data-not-taken': true } : {})}
          aria-describedby={
            [field['aria-describedby'], isWrong ? noteId : undefined].filter(Boolean).join(' ') || undefined
          }
          disabled={props.disabled}
          inputMode="decimal"
          value={draft ?? shown}
          className={cx('tabular', unit ? 'pr-10' : undefined)}
          onChange={(event) => type(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
            if (event.key === 'Escape') type(null);
            if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            stepBy((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1));
          }}
        />
        {unit ? (
          <span className="pointer-events-none absolute inset-y-0 right-2.5 flex items-center text-xs text-faint">
            {unit}
          </span>
        ) : null}
      </span>
      {isWrong ? (
        <span id={noteId} role="alert" className="mt-1 block text-xs text-pretty text-bad">
          {problem}
        </span>
      ) : null}
    </span>
  );
}
