'use client';
import { Shrink } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { isTyping } from '#ui/browser/is-typing.ts';
import { Button } from '#ui/controls/button.tsx';
import { Kbd } from '#ui/layout/kbd.tsx';

interface WholeScreenProps {
  readonly isWhole: boolean;
  readonly onLeave: () => void;
  /** Stays the same element: nothing of it is drawn anew. */
  readonly children: ReactNode;
}

/** Gives what is in it its pane, or the whole window. */
export function WholeScreen({ isWhole, onLeave, children }: WholeScreenProps) {
  useEffect(() => {
    if (!isWhole) return;
    const onKey = (event: KeyboardEvent): void => {
      const isFree = !event.defaultPrevented && !isTyping(event.target);
      if (event.key === 'Escape' && isFree && !document.querySelector('[role="dialog"], [role="menu"], .selected'))
        onLeave();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isWhole, onLeave]);
  return (
    <div className={isWhole ? 'fixed inset-0 z-40 bg-canvas' : 'size-full'}>
      {children}
      {isWhole ? (
        <Button icon={<Shrink />} className="absolute top-3 right-3 z-10 shadow-raised" onClick={onLeave}>
          Leave the whole screen <Kbd keys="f" />
        </Button>
      ) : null}
    </div>
  );
}
