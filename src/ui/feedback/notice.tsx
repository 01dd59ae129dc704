import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../format/cx.ts';

export interface NoticeProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly className?: string;
}

/** Something to know that keeps nobody from going on. */
export function Notice({ title, children, className }: NoticeProps) {
  return (
    <div
      role="status"
      className={cx('flex items-start gap-2.5 rounded-lg border border-warn/30 bg-warn-soft px-3 py-2.5', className)}
    >
      <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children ? <div className="mt-0.5 text-muted">{children}</div> : null}
      </div>
    </div>
  );
}
