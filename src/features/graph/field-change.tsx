import type { ArgumentChange } from '#core/diff/overlay.ts';

interface FieldChangeProps {
  readonly name: string;
  readonly change: ArgumentChange;
}

/** A field that says something else than it did: `timePeriod 14 → 21`. */
export function FieldChange({ name, change: { before, after } }: FieldChangeProps) {
  return (
    <span
      className="flex min-w-0 flex-1 items-center gap-1 rounded-sm bg-warn-soft px-1"
      title={`${name}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`}
    >
      <span className="shrink-0 text-muted">{name}</span>
      <span className="tabular ml-auto flex min-w-0 items-center gap-1">
        <del className="min-w-0 truncate text-muted">{before ?? '–'}</del>
        <span aria-label="is now">→</span>
        <ins className="min-w-0 truncate font-semibold text-ink no-underline">{after ?? '–'}</ins>
      </span>
    </span>
  );
}
