import { cx } from '../format/cx.ts';

/** The place of what is still loading; the shape is the caller's. */
export const Skeleton = ({ className }: { readonly className?: string }) => (
  <span aria-hidden data-skeleton className={cx('block animate-pulse rounded-md bg-hover', className)} />
);

export const SkeletonRows = ({ rows = 5 }: { readonly rows?: number }) => (
  <div role="status" aria-label="Loading" className="space-y-2 p-4">
    {Array.from({ length: rows }, (_, row) => (
      <Skeleton key={row} className="h-7" />
    ))}
  </div>
);
