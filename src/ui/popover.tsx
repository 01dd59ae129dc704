'use client';
import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export interface PopoverProps {
  readonly trigger: ReactNode;
  readonly align?: 'start' | 'center' | 'end';
  readonly children: ReactNode;
}

export function Popover({ trigger, align = 'start', children }: PopoverProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} sideOffset={4} collisionPadding={8} className="z-50 animate-enter rounded-lg bg-raised p-3 shadow-float outline-none">{children}</Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
