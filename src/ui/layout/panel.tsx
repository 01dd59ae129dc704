import type { ReactNode } from 'react';
import { cx } from '../format/cx.ts';

export interface PanelProps {
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A bordered surface with an optional heading. */
export function Panel({ title, actions, className, children }: PanelProps) {
  return (
    <section className={cx('overflow-hidden rounded-lg border bg-surface', className)}>
      {title || actions ? (
        <header className="flex h-10 items-center justify-between gap-2 border-b px-4">
          <h2 className="truncate text-sm font-semibold">{title}</h2>
          {actions ? <div className="flex items-center gap-1">{actions}</div> : null}
        </header>
      ) : null}
      {children}
    </section>
  );
}
