'use client';
import { useTable, type ColumnDef, type RowData } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { cx } from '../format/cx.ts';
import { useOneTabStop } from '../hooks/use-one-tab-stop.ts';
import { features, type Column, type Features } from './column.ts';
import { TableHead } from './table-head.tsx';
import { TableRow } from './table-row.tsx';

export interface TableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly onRowOpen?: (row: Row) => void;
  readonly selectedKey?: string | null;
  readonly initialSort?: { readonly id: string; readonly desc: boolean };
  /** How high the table may be: a higher one scrolls inside itself. */
  readonly className?: string;
}

const ROW_HEIGHT = 36;
/** Shorter tables are drawn whole: find-in-page and screen readers then see every row. */
const VIRTUAL_FROM = 80;
/**
 * A long table scrolls inside itself wherever it stands: in a box that grows with its rows all of them are in sight,
 * and all are drawn (2,000 strategies were 49,000 elements).
 */
const LONG = 'max-h-[calc(100dvh-200px)]';

export function Table<Row extends RowData>(props: TableProps<Row>) {
  const { label, rows, columns, rowKey, onRowOpen, selectedKey = null, initialSort, className } = props;
  const data = useMemo(() => [...rows], [rows]);
  const definitions = useMemo(
    () =>
      columns.map((column): ColumnDef<Features, Row> => ({
        id: column.id,
        accessorFn: (row: Row) => column.sortBy?.(row),
        enableSorting: column.sortBy !== undefined,
        sortFn: 'auto',
      })),
    [columns],
  );
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: rowKey,
    ...(initialSort ? { initialState: { sorting: [{ ...initialSort }] } } : {}),
  });
  const sorted = table.getRowModel().rows;
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  useOneTabStop(body, 'tr');
  const virtual = sorted.length >= VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: sorted.length,
    enabled: virtual,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const first = virtual ? (items[0]?.index ?? 0) : 0;
  const shown = virtual ? sorted.slice(first, (items.at(-1)?.index ?? -1) + 1) : sorted;
  const before = virtual ? (items[0]?.start ?? 0) : 0;
  const after = virtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;

  return (
    <div ref={scroller} className={cx('overflow-auto', className ?? (virtual && LONG))}>
      <table
        aria-label={label}
        aria-rowcount={sorted.length + 1}
        className="w-full border-separate border-spacing-0 text-left"
      >
        <TableHead table={table} columns={columns} />
        <tbody ref={body}>
          {before > 0 ? <tr aria-hidden style={{ height: before }} /> : null}
          {shown.map((row, offset) => (
            <TableRow
              key={row.id}
              row={row.original}
              index={first + offset}
              columns={columns}
              selected={row.id === selectedKey}
              {...(onRowOpen ? { onOpen: onRowOpen } : {})}
            />
          ))}
          {after > 0 ? <tr aria-hidden style={{ height: after }} /> : null}
        </tbody>
      </table>
    </div>
  );
}
