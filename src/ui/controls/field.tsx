'use client';
import { Label } from 'radix-ui';
import { createContext, use, useId, useMemo, type ReactNode } from 'react';

interface FieldIds {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
}

const FieldContext = createContext<FieldIds | null>(null);

/** What a control inside a `Field` puts on its element, so that its label, hint and problem are read with it. */
export function useField(): { id?: string; 'aria-describedby'?: string; 'aria-invalid'?: true } {
  const field = use(FieldContext);
  if (!field) return {};
  return {
    id: field.id,
    ...(field.describedBy ? { 'aria-describedby': field.describedBy } : {}),
    ...(field.invalid ? { 'aria-invalid': true } : {}),
  };
}

export interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong and what to do. */
  readonly problem?: string | undefined;
  /** Beside the label: a link or a unit. */
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Field({ label, hint, problem, aside, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = problem ?? hint;
  const invalid = problem !== undefined;
  const hasNote = note !== undefined && note !== null;
  const ids = useMemo(
    () => ({ id, describedBy: hasNote ? noteId : undefined, invalid }),
    [id, noteId, hasNote, invalid],
  );
  return (
    <div className={className}>
      <div className="mb-1 flex items-baseline justify-between gap-2">
        <Label.Root htmlFor={id} className="text-xs font-medium text-muted">
          {label}
        </Label.Root>
        {aside ? <span className="text-xs text-faint">{aside}</span> : null}
      </div>
      <FieldContext value={ids}>{children}</FieldContext>
      {hasNote ? (
        <p
          id={noteId}
          role={invalid ? 'alert' : undefined}
          className={invalid ? 'mt-1 text-xs text-bad' : 'mt-1 text-xs text-faint'}
        >
          {note}
        </p>
      ) : null}
    </div>
  );
}
