'use client';
import type { Outputs } from '#trpc/types.ts';
import type { Column } from '#ui/data/column.ts';
import { Table } from '#ui/data/table.tsx';
import { Time } from '#ui/data/time.tsx';

export type AuditRow = Outputs['audit']['list'][number];

const BY = {
  bot: 'a bot',
  system: 'the house',
  stranger: 'somebody unknown',
  key: 'a key',
  person: 'somebody who has left',
} as const;

const whoOf = ({ actor, actorKind }: AuditRow): string => actor ?? (actorKind === null ? 'unknown' : BY[actorKind]);

/** Of a hash as many digits as tell it from others. */
const short = (text: string): string => (/^[0-9a-f]{64}$/.test(text) ? text.slice(0, 12) : text);

function Difference({ row }: { readonly row: AuditRow }) {
  return (
    <dl className="max-w-140 min-w-64 text-xs">
      {row.difference.map(({ field, before, after }) => (
        <div key={field} className="flex gap-2">
          <dt className="shrink-0 text-faint">{field}</dt>
          <dd className="min-w-0 wrap-anywhere whitespace-pre-wrap text-muted">
            {before === null ? null : <del className="text-faint">{short(before)}</del>}
            {before === null || after === null ? null : ' → '}
            {after === null ? null : short(after)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const columnsOf = (onThing: (id: string) => void): readonly Column<AuditRow>[] => [
  { id: 'at', header: 'When', cell: (row) => <Time value={row.at} /> },
  { id: 'who', header: 'Who', cell: (row) => whoOf(row) },
  { id: 'what', header: 'What', cell: (row) => <code className="text-xs">{row.action}</code> },
  {
    id: 'thing',
    header: 'Thing',
    wide: true,
    cell: (row) => (
      <button
        type="button"
        title={`Show what happened to ${row.entity} ${row.entityId}`}
        className="text-left text-xs text-muted hover:underline"
        onClick={() => onThing(row.entityId)}
      >
        {row.entity} <code>{row.entityId.slice(0, 8)}</code>
      </button>
    ),
  },
  { id: 'difference', header: 'Difference', cell: (row) => <Difference row={row} /> },
  {
    id: 'from',
    header: 'From',
    wide: 'xl',
    cell: (row) => (
      <span className="text-xs text-faint">{[row.ip, row.device].filter((part) => part).join(' · ')}</span>
    ),
  },
];

export function AuditTable({
  rows,
  onThing,
}: {
  readonly rows: readonly AuditRow[];
  readonly onThing: (id: string) => void;
}) {
  return <Table label="Audit trail" rows={rows} columns={columnsOf(onThing)} rowKey={({ id }) => id} />;
}
