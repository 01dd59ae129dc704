'use client';
import Link from 'next/link';
import type { Outputs } from '#trpc/types.ts';
import type { Column } from '#ui/data/column.ts';
import { Figure } from '#ui/data/figure.tsx';
import { Table } from '#ui/data/table.tsx';
import { Age } from '#ui/data/time.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { Tooltip } from '#ui/feedback/tooltip.tsx';
import { DocumentMenu } from './document-menu.tsx';
import { formatSize } from './format-size.ts';

export type DocumentRow = Outputs['document']['list'][number];

/** A heading whose meaning is not plain from its word. */
const Explained = ({ word, meaning }: { readonly word: string; readonly meaning: string }) => (
  <Tooltip label={meaning}>
    <span>{word}</span>
  </Tooltip>
);

const COLUMNS: readonly Column<DocumentRow>[] = [
  {
    id: 'name',
    header: 'Strategy',
    sortBy: (row) => row.name.toLowerCase(),
    cell: (row) => (
      <span className="inline-flex items-center gap-2">
        <Link href={`/formulas/${row.formulaId}`} className="font-medium hover:underline">
          {row.name}
        </Link>
        {row.isArchived ? <Badge>archived</Badge> : null}
      </span>
    ),
  },
  {
    id: 'people',
    header: 'People',
    align: 'right',
    sortBy: (row) => row.people,
    cell: (row) => <Figure value={row.people} kind="count" />,
  },
  {
    id: 'servers',
    header: 'Server',
    wide: true,
    cell: (row) => <span className="text-muted">{row.servers.length === 0 ? '–' : row.servers.join(', ')}</span>,
  },
  {
    id: 'updates',
    header: (
      <Explained
        word="Updates"
        meaning="Changes since the last compaction: each is read when the document is opened."
      />
    ),
    align: 'right',
    wide: true,
    sortBy: (row) => row.updates,
    cell: (row) => <Figure value={row.updates} kind="count" />,
  },
  {
    id: 'size',
    header: 'Size',
    align: 'right',
    sortBy: (row) => row.bytes,
    cell: (row) => <span className="tabular whitespace-nowrap">{formatSize(row.bytes)}</span>,
  },
  {
    id: 'clients',
    header: (
      <Explained
        word="Clients"
        meaning="Windows that have ever written in it: each makes an edit a little dearer. Re-basing makes them one."
      />
    ),
    align: 'right',
    wide: true,
    sortBy: (row) => row.clients,
    cell: (row) => <Figure value={row.clients} kind="count" />,
  },
  {
    id: 'epoch',
    header: <Explained word="Epoch" meaning="How often the document was re-based, and one." />,
    align: 'right',
    wide: true,
    sortBy: (row) => row.epoch,
    cell: (row) => <Figure value={row.epoch} kind="count" />,
  },
  {
    id: 'compacted',
    header: 'Compacted',
    align: 'right',
    wide: true,
    sortBy: (row) => row.compactedAt ?? 0,
    cell: (row) =>
      row.compactedAt === null ? (
        <span className="text-muted">never</span>
      ) : (
        <Age value={row.compactedAt} className="text-muted" />
      ),
  },
  {
    id: 'menu',
    header: 'Actions',
    isHeaderHidden: true,
    align: 'right',
    width: 48,
    cell: (row) => <DocumentMenu document={row} />,
  },
];

export const DocumentTable = ({ documents }: { readonly documents: readonly DocumentRow[] }) => (
  <Table label="Documents" rows={documents} columns={COLUMNS} rowKey={(row) => row.formulaId} />
);
