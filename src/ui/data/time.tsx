'use client';
import { cx } from '../format/cx.ts';
import { formatAge, formatTime, type TimeDetail } from '../format/format-time.ts';
import { useNow } from '../hooks/use-now.ts';

export interface TimeProps {
  /** UTC milliseconds. */
  readonly value: number;
  readonly detail?: TimeDetail;
  readonly className?: string;
}

/** A moment in UTC. */
export const Time = ({ value, detail = 'minute', className }: TimeProps) => (
  <time dateTime={new Date(value).toISOString()} className={cx('tabular whitespace-nowrap', className)}>
    {formatTime(value, detail)}
  </time>
);

/** How long ago; the moment itself on hover. */
export function Age({ value, className }: Pick<TimeProps, 'value' | 'className'>) {
  const now = useNow();
  return (
    <time
      dateTime={new Date(value).toISOString()}
      title={formatTime(value, 'second')}
      className={cx('whitespace-nowrap', className)}
    >
      {now === null ? formatTime(value, 'minute') : formatAge(value, now)}
    </time>
  );
}
