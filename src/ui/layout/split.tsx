'use client';
import type { ReactNode } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { cx } from '../format/cx.ts';

export interface SplitProps {
  /** Under which the sizes are remembered. */
  readonly id: string;
  readonly direction: 'horizontal' | 'vertical';
  readonly className?: string;
  /** `SplitPane`s with a `SplitHandle` between each two. */
  readonly children: ReactNode;
}

const storage = {
  getItem: (key: string) => (typeof localStorage === 'undefined' ? null : localStorage.getItem(key)),
  setItem: (key: string, value: string) => localStorage.setItem(key, value),
};

/** Panes whose sizes people set, by pointer or keyboard, and find again. */
export function Split({ id, direction, className, children }: SplitProps) {
  const layout = useDefaultLayout({ id: `split:${id}`, storage });
  return (
    <Group id={id} orientation={direction} className={className} {...layout}>
      {children}
    </Group>
  );
}

export const SplitPane = Panel;

interface SplitHandleProps {
  /** What a screen reader calls it. */
  readonly label: string;
  readonly className?: string;
}

export function SplitHandle({ label, className }: SplitHandleProps) {
  return (
    <Separator
      aria-label={label}
      className={cx(
        'relative shrink-0 bg-line transition-colors outline-none hover:bg-accent focus-visible:bg-accent data-[separator=active]:bg-accent',
        'aria-[orientation=vertical]:w-px aria-[orientation=horizontal]:h-px',
        className,
      )}
    />
  );
}
