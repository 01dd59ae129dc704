'use client';
import { DropdownMenu as Radix } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { AfterCloseProvider, useAfterClose } from './after-close.ts';

interface MenuAtProps {
  /** A place on the screen. */
  readonly at: { readonly x: number; readonly y: number };
  readonly label: string;
  readonly onClose: () => void;
  /** Called when the focus is back and what was chosen is done. */
  readonly onClosed?: () => void;
  readonly children: ReactNode;
}

/**
 * A menu that is open at a place, such as where somebody has pressed the second button. Closed, the focus is where it
 * was.
 */
export function MenuAt({ at, label, onClose, onClosed, children }: MenuAtProps) {
  const [before] = useState(() => document.activeElement);
  const { afterClose, onCloseAutoFocus } = useAfterClose();
  return (
    <Radix.Root
      open
      modal={false}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Radix.Trigger asChild>
        <span aria-hidden className="pointer-events-none fixed size-0" style={{ left: at.x, top: at.y }} />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align="start"
          sideOffset={2}
          collisionPadding={8}
          onContextMenu={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => {
            onCloseAutoFocus();
            if (onClosed) queueMicrotask(onClosed);
            event.preventDefault();
            if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
          }}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-56 animate-enter overflow-y-auto rounded-lg bg-raised p-1 shadow-float"
        >
          <AfterCloseProvider value={afterClose}>{children}</AfterCloseProvider>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
