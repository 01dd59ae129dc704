'use client';
import type { KeyboardEvent, MouseEvent } from 'react';
import { cx } from '../format/cx.ts';
import { hiddenWhen, type Column } from './column.ts';

export interface TableRowProps<Row> {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly selected: boolean;
  readonly onOpen?: (row: Row) => void;
}

// A button or link in a cell does its own thing; the row opens for the rest of it.
const hasOwnControl = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('a, button, input, [role="menuitem"], [role="dialog"]') !== null;

export function TableRow<Row>({ row, index, columns, selected, onOpen }: TableRowProps<Row>) {
  const opening = onOpen
    ? {
        tabIndex: 0,
        'data-control': true,
        onClick: (event: MouseEvent) => {
          if (!hasOwnControl(event.target)) onOpen(row);
        },
        onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => {
          if (event.key === 'Enter' && event.target === event.currentTarget) onOpen(row);
        },
      }
    : {};
  return (
    <tr
      {...opening}
      aria-rowindex={index + 2}
      aria-selected={onOpen ? selected : undefined}
      className={cx(
        'group h-9 -outline-offset-2',
        onOpen && 'cursor-pointer hover:bg-hover',
        selected && 'bg-accent-soft',
      )}
    >
      {columns.map((column) => (
        <td
          key={column.id}
          className={cx(
            'h-9 border-b border-line/70 px-3 first:max-w-[40vw] md:first:max-w-72 xl:first:max-w-112 first:truncate first:pl-4 last:pr-4 group-last:border-b-0',
            column.align === 'right' && 'text-right tabular',
            hiddenWhen(column.wide),
          )}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}
