'use client';
import type { ReactTable, RowData } from '@tanstack/react-table';
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { cx } from '../format/cx.ts';
import { hiddenWhen, type Column, type Features } from './column.ts';

export interface TableHeadProps<Row extends RowData> {
  readonly table: ReactTable<Features, Row>;
  readonly columns: readonly Column<Row>[];
}

const ARIA = { asc: 'ascending', desc: 'descending' } as const;

export function TableHead<Row extends RowData>({ table, columns }: TableHeadProps<Row>) {
  return (
    <thead>
      <tr>
        {columns.map((column) => {
          const handle = table.getColumn(column.id);
          const sorted = handle?.getIsSorted() ?? false;
          const Arrow = sorted === 'asc' ? ArrowUp : sorted === 'desc' ? ArrowDown : ChevronsUpDown;
          return (
            <th
              key={column.id}
              scope="col"
              style={{ width: column.width }}
              aria-sort={sorted ? ARIA[sorted] : undefined}
              className={cx(
                'sticky top-0 z-10 h-8 border-b bg-surface px-3 text-xs font-medium text-faint first:pl-4 last:pr-4',
                column.align === 'right' && 'text-right',
                hiddenWhen(column.wide),
              )}
            >
              {column.sortBy ? (
                <button
                  type="button"
                  onClick={handle?.getToggleSortingHandler()}
                  className={cx(
                    'group inline-flex items-center gap-1 rounded-sm align-middle hover:text-ink',
                    column.align === 'right' && 'flex-row-reverse',
                    sorted && 'text-ink',
                  )}
                >
                  {column.header}
                  <Arrow
                    className={cx(
                      'size-3',
                      !sorted && 'opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60',
                    )}
                    aria-hidden
                  />
                </button>
              ) : (
                <span className={cx(column.isHeaderHidden && 'sr-only')}>{column.header}</span>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
