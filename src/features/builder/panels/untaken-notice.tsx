'use client';
import { flushSync } from 'react-dom';
import { Button } from '#ui/controls/button.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { useShowUntaken, useUntaken } from '../session/use-session.ts';

interface UntakenNoticeProps {
  /** What is of the last valid strategy: the run, the version. */
  readonly what: string;
  /** Closes what lies over the code. */
  readonly onShow: () => void;
}

/** Says that something typed is not in the formula that a dialog is about. */
export function UntakenNotice({ what, onShow }: UntakenNoticeProps) {
  const showUntaken = useShowUntaken();
  const { words } = useUntaken();
  if (words === null) return null;
  const show = () => {
    // As long as the dialog is open, the dialog keeps the focus.
    flushSync(onShow);
    showUntaken();
  };
  return (
    <Problem
      title={words}
      action={
        <Button size="sm" onClick={show}>
          Show
        </Button>
      }
    >
      What you typed has a problem. The {what} is of the last valid strategy, without it.
    </Problem>
  );
}
