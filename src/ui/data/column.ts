import { createSortedRowModel, rowSortingFeature, tableFeatures } from '@tanstack/react-table';
import type { ReactNode } from 'react';

export const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
export type Features = typeof features;

export interface Column<Row> {
  readonly id: string;
  readonly header: ReactNode;
  /** The header is for screen readers alone. */
  readonly isHeaderHidden?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** What the column sorts by; without it, it cannot be sorted. */
  readonly sortBy?: (row: Row) => number | string;
  readonly align?: 'left' | 'right';
  readonly width?: number;
  /** Left out on screens that are narrower than a tablet, than `lg` (1,024 pixels), or than `xl` (1,280). */
  readonly wide?: boolean | 'lg' | 'xl';
}

/** The classes that leave a column out. */
export function hiddenWhen(wide: Column<unknown>['wide']): string | false {
  if (wide === 'lg') return 'max-lg:hidden';
  return wide === 'xl' ? 'max-xl:hidden' : wide === true && 'max-md:hidden';
}
