'use client';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { MouseEvent, ReactNode } from 'react';
import { cx } from '../format/cx.ts';

const WIDTHS = { sm: 'max-w-100', md: 'max-w-130', lg: 'max-w-190', xl: 'max-w-270' } as const;

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly width?: keyof typeof WIDTHS;
  /** Buttons, the main one last. */
  readonly footer?: ReactNode;
  readonly children?: ReactNode;
}

/**
 * Nothing is begun beside a text that is not taken, as if the text were not there: the main button leads to the text,
 * and its reason stands beside the text.
 */
function holdBack(event: MouseEvent<HTMLElement>): void {
  const isMain =
    event.target instanceof Element && event.target.closest('[data-look="primary"], [data-look="danger"]') !== null;
  const wrong = event.currentTarget.querySelector('[data-not-taken]');
  if (!isMain || !(wrong instanceof HTMLElement)) return;
  event.preventDefault();
  event.stopPropagation();
  wrong.focus();
}

export function Dialog({ open, onOpenChange, title, description, width = 'md', footer, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-overlay" />
        <Radix.Content
          onClickCapture={holdBack}
          // Escape sets a field back first, and closes the dialog only then.
          onEscapeKeyDown={(event) => {
            if (document.activeElement?.hasAttribute('data-typed') === true) event.preventDefault();
          }}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={cx(
            'fixed top-[12vh] left-1/2 z-40 flex max-h-[80vh] w-[calc(100vw-24px)] -translate-x-1/2 animate-enter flex-col rounded-xl bg-raised shadow-float outline-none',
            WIDTHS[width],
          )}
        >
          <header className="px-5 pt-4 pr-14 pb-3">
            <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
            {description ? <Radix.Description className="mt-0.5 text-muted">{description}</Radix.Description> : null}
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer ? <footer className="flex justify-end gap-2 border-t px-5 py-3">{footer}</footer> : null}
          {/* Last, so that what the dialog is about is what has the focus when it opens. */}
          <Radix.Close
            aria-label="Close"
            className="absolute top-4 right-3.5 rounded-md p-1.5 text-faint hover:bg-hover hover:text-ink"
          >
            <X className="size-4" />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
