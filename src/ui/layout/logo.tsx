import { cx } from '../format/cx.ts';

/**
 * The mark: an A of three threads. One leg passes over the other at the top, the crossbar over one leg and under the
 * other.
 */
export function Mark({ size = 20, className }: { readonly size?: number; readonly className?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      strokeWidth={2.6}
      strokeLinecap="round"
      className={className}
      aria-hidden
    >
      <path d="M4 21 6 16.9M8.1 12.6 13.9 2.8" stroke="currentColor" />
      <path d="M10.1 2.8 10.4 3.3M13.6 9.2 20 21" stroke="currentColor" />
      <path d="M2.4 14.8H14.2M19.4 14.8H21.6" stroke="var(--accent-text, #4b4fc4)" />
    </svg>
  );
}

export function Logo({ className }: { readonly className?: string }) {
  return (
    <span className={cx('inline-flex items-center gap-2 text-ink', className)}>
      <Mark />
      <span className="text-base font-semibold tracking-[-0.02em]">Alphaloom</span>
    </span>
  );
}
