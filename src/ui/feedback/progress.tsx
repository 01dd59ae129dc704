'use client';
import { Progress as Radix } from 'radix-ui';
import { cx } from '../format/cx.ts';

export interface ProgressProps {
  /** 0 to 1; null while nothing is known yet. */
  readonly value: number | null;
  readonly label: string;
  readonly className?: string;
}

export function Progress({ value, label, className }: ProgressProps) {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <Radix.Root
      value={percent}
      aria-label={label}
      className={cx('h-1.5 overflow-hidden rounded-full bg-hover', className)}
    >
      <Radix.Indicator
        className={cx(
          'h-full rounded-full bg-accent transition-[width] duration-200',
          percent === null && 'w-1/4 animate-pulse',
        )}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </Radix.Root>
  );
}
