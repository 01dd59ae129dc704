'use client';
import { Popover as Radix } from 'radix-ui';
import { useMemo, type ComponentProps, type ReactNode } from 'react';
import { cx } from '../format/cx.ts';

export interface AnchoredPopoverProps {
  /** Beside what it stands; shown while there is one. It may leave the page: then the popover stays where it was. */
  readonly anchor: Element | null;
  readonly onClose: () => void;
  readonly label: string;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly align?: 'start' | 'center' | 'end';
  /** `list`: a choice for a field that keeps the focus. */
  readonly role?: 'dialog' | 'list';
  readonly className?: string;
  readonly children: ReactNode;
}

type ContentProps = ComponentProps<typeof Radix.Content>;

/** The choices belong to the field, which says what they are. */
const AS_LIST: ContentProps = {
  role: 'presentation',
  onOpenAutoFocus: (event) => event.preventDefault(),
  onCloseAutoFocus: (event) => event.preventDefault(),
};

/** A popover beside something that is no trigger of its own: a mark in an editor, a word in a text. */
export function AnchoredPopover({
  anchor,
  onClose,
  label,
  side = 'bottom',
  align = 'start',
  role = 'dialog',
  className,
  children,
}: AnchoredPopoverProps) {
  const place = useMemo(() => ({ current: anchor && measurable(anchor) }), [anchor]);
  if (!anchor || !place.current) return null;
  const focus: ContentProps =
    role === 'list' ? AS_LIST : { 'aria-label': label, onCloseAutoFocus: (event) => giveBack(event, anchor) };
  return (
    <Radix.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Radix.Anchor virtualRef={{ current: place.current }} />
      <Radix.Portal>
        <Radix.Content
          {...focus}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          updatePositionStrategy="always"
          className={cx('z-50 rounded-lg bg-raised shadow-float outline-none', className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function measurable(anchor: Element): { getBoundingClientRect(): DOMRect } {
  let last = anchor.getBoundingClientRect();
  return {
    getBoundingClientRect: () => {
      if (anchor.isConnected) last = anchor.getBoundingClientRect();
      return last;
    },
  };
}

/** The focus goes back to what was clicked, if it is still there. */
function giveBack(event: Event, anchor: Element): void {
  event.preventDefault();
  if (anchor instanceof HTMLElement && anchor.isConnected) anchor.focus({ preventScroll: true });
}
