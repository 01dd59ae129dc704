'use client';
import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from '../format/cx.ts';

export interface PopoverProps {
  readonly trigger: ReactNode;
  readonly align?: 'start' | 'center' | 'end';
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** What it is, read to screen readers. */
  readonly label?: string;
  /** Both or neither: without them it opens and closes by itself. */
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Popover({
  trigger,
  align = 'start',
  side = 'bottom',
  label,
  open,
  onOpenChange,
  className = 'p-3',
  children,
}: PopoverProps) {
  return (
    <Radix.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          {...(label === undefined ? {} : { 'aria-label': label })}
          className={cx('z-50 animate-enter rounded-lg bg-raised shadow-float outline-none', className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
