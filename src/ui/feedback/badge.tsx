import type { ReactNode } from 'react';
import { cx } from '../format/cx.ts';

export const TONES = {
  neutral: 'bg-hover text-muted',
  accent: 'bg-accent-soft text-accent-text',
  good: 'bg-good-soft text-good',
  bad: 'bg-bad-soft text-bad',
  warn: 'bg-warn-soft text-warn',
} as const;
export type Tone = keyof typeof TONES;

export interface BadgeProps {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  /** A dot that says "now". */
  readonly pulse?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Badge({ tone = 'neutral', icon, pulse = false, className, children }: BadgeProps) {
  return (
    <span
      className={cx(
        'inline-flex h-5 shrink-0 items-center gap-1 rounded-sm px-1.5 text-2xs font-medium whitespace-nowrap [&_svg]:size-3',
        TONES[tone],
        className,
      )}
    >
      {pulse ? <span className="size-1.5 animate-pulse rounded-full bg-current" aria-hidden /> : icon}
      {children}
    </span>
  );
}
