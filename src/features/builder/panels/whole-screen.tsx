'use client';
import { CircleAlert, Shrink } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useGraphView } from '#features/graph/index.ts';
import { isTyping } from '#ui/browser/is-typing.ts';
import { Button } from '#ui/controls/button.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { Kbd } from '#ui/layout/kbd.tsx';
import { useFormulaSession, useSnapshot, useUntaken } from '../session/use-session.ts';
import { SaveState } from './save-state.tsx';

interface WholeScreenProps {
  readonly isWhole: boolean;
  readonly onLeave: () => void;
  /** Stays the same element: nothing of it is drawn anew. */
  readonly children: ReactNode;
}

/**
 * Gives what is in it its pane, or the whole window: there, too, people see whether their work is saved and what is
 * wrong.
 */
export function WholeScreen({ isWhole, onLeave, children }: WholeScreenProps) {
  const session = useFormulaSession();
  const view = useGraphView();
  useEffect(() => {
    if (!isWhole) return;
    // Escape goes back by one step. What there is to go back from is looked at before anybody else hears of the key:
    // others clear the selection by it.
    let isFree = false;
    const look = (event: KeyboardEvent): void => {
      isFree =
        event.key === 'Escape' &&
        !isTyping(event.target) &&
        session.snapshot().selection.size === 0 &&
        view.selectedWires().length === 0 &&
        document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') === null;
    };
    const leave = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && isFree && !event.defaultPrevented) onLeave();
    };
    window.addEventListener('keydown', look, { capture: true });
    window.addEventListener('keydown', leave);
    return () => {
      window.removeEventListener('keydown', look, { capture: true });
      window.removeEventListener('keydown', leave);
    };
  }, [isWhole, onLeave, session, view]);
  return (
    <div className={isWhole ? 'fixed inset-0 z-40 bg-canvas' : 'size-full'}>
      {children}
      {isWhole ? (
        <div className="absolute top-3 right-3 z-10 flex items-center gap-2">
          <SaveState />
          <ProblemCount />
          <Button icon={<Shrink />} className="shadow-raised" onClick={onLeave}>
            Leave the whole screen <Kbd keys="f" />
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** The errors, and what is typed and not taken. */
function ProblemCount() {
  const errors = useSnapshot(
    ({ checked }) => checked.diagnostics.filter(({ severity }) => severity === 'error').length,
  );
  const { problemCount } = useUntaken();
  const count = errors + problemCount;
  return count === 0 ? null : (
    <Badge tone="bad" icon={<CircleAlert />}>
      {count === 1 ? '1 problem' : `${count} problems`}
    </Badge>
  );
}
