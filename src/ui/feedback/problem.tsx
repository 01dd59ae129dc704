import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../format/cx.ts';

export interface ProblemProps {
  readonly title: string;
  /** What to do about it. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly className?: string;
}

/** Something that went wrong, in words, with what to do. */
export function Problem({ title, children, action, className }: ProblemProps) {
  return (
    <div
      role="alert"
      className={cx('flex items-start gap-2.5 rounded-lg border border-bad/30 bg-bad-soft px-3 py-2.5', className)}
    >
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children ? <div className="mt-0.5 text-muted">{children}</div> : null}
      </div>
      {action}
    </div>
  );
}
