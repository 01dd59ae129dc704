import type { ReactNode } from 'react';

export interface EmptyStateProps {
  readonly icon: ReactNode;
  readonly title: string;
  /** What this place is for and how its first thing comes about. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
  /** `h1` where there is no other heading on the page. */
  readonly heading?: 'h1' | 'h2';
}

export function EmptyState({ icon, title, children, action, heading: Heading = 'h2' }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-105 flex-col items-center px-6 py-16 text-center">
      <span
        className="mb-4 flex size-10 items-center justify-center rounded-xl border bg-surface text-muted shadow-raised [&_svg]:size-5"
        aria-hidden
      >
        {icon}
      </span>
      <Heading className="text-base font-semibold">{title}</Heading>
      <div className="mt-1 text-muted text-pretty">{children}</div>
      {action ? <div className="mt-4 flex gap-2">{action}</div> : null}
    </div>
  );
}
