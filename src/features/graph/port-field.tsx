'use client';
import { useState } from 'react';
import { printLiteral } from '#core/formula/language/literal.ts';
import type { Port } from '#core/formula/model/block.ts';
import type { Arg, Literal } from '#core/formula/model/formula.ts';
import { cx } from '#ui/format/cx.ts';
import { readLiteral } from './read-literal.ts';

interface PortFieldProps {
  readonly port: Port;
  readonly value: Arg | undefined;
  readonly disabled: boolean;
  /** undefined takes the argument away, so that the default holds. */
  readonly onChange: (value: Literal | undefined) => void;
  readonly className?: string;
}

const FIELD =
  'nodrag h-5 min-w-0 rounded-sm border border-transparent bg-sunken px-1.5 text-right text-2xs tabular text-ink outline-none hover:border-line-strong focus:border-accent disabled:opacity-60';

/** The literal of a port, edited in place: committed by Enter or by leaving, put back by Escape. */
export function PortField({ port, value, disabled, onChange, className }: PortFieldProps) {
  const literal = typeof value === 'object' && value !== null && 'from' in value ? undefined : value;
  const shown = literal ?? port.default ?? null;
  if (port.options && port.format === undefined) {
    return (
      <select
        aria-label={port.name}
        disabled={disabled}
        value={String(shown ?? '')}
        onChange={(event) => onChange(event.target.value)}
        className={cx(FIELD, className)}
      >
        {port.default === null ? <option value="">own</option> : null}
        {port.options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    );
  }
  if (port.type === 'bool' || (port.type === 'series<bool>' && typeof literal === 'boolean')) {
    return (
      <input
        type="checkbox"
        aria-label={port.name}
        disabled={disabled}
        checked={shown === true}
        onChange={(event) => onChange(event.target.checked)}
        className="nodrag accent-accent"
      />
    );
  }
  return (
    <TextField
      port={port}
      text={literal === undefined ? '' : printLiteral(literal, true).replace(/^"(.*)"$/s, '$1')}
      disabled={disabled}
      onChange={onChange}
      {...(className ? { className } : {})}
    />
  );
}

interface TextFieldProps extends Omit<PortFieldProps, 'value'> {
  readonly text: string;
}

function TextField({ port, text, disabled, onChange, className }: TextFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const commit = (): void => {
    if (draft === null || draft === text) return setDraft(null);
    const read = readLiteral(draft, port);
    setWrong(!read.ok);
    if (!read.ok) return;
    setDraft(null);
    onChange(read.value);
  };
  const fallback = port.default === undefined ? '' : port.default === null ? '–' : String(port.default);
  return (
    <input
      aria-label={port.name}
      aria-invalid={wrong || undefined}
      disabled={disabled}
      value={draft ?? text}
      placeholder={fallback}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          setDraft(null);
          setWrong(false);
        }
      }}
      className={cx(FIELD, 'placeholder:text-faint aria-invalid:border-bad', className)}
    />
  );
}
