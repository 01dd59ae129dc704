'use client';
import { Lightbulb, X } from 'lucide-react';
import Link from 'next/link';
import { useCallback, useMemo, useState } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { Button } from '#ui/controls/button.tsx';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Kbd } from '#ui/layout/kbd.tsx';
import { dismissGuide, isGuideOpen, openGuide } from './kept-guide.ts';

interface GuideProps {
  readonly onRun: () => void;
}

/** The first things to do, for people who are new; whoever has dismissed it finds it among the commands. */
export function Guide({ onRun }: GuideProps) {
  const [isOpen, setIsOpen] = useState(() => isGuideOpen(localStorage));
  const show = useCallback(() => {
    openGuide(localStorage);
    setIsOpen(true);
  }, []);
  const dismiss = () => {
    dismissGuide(localStorage);
    setIsOpen(false);
  };
  useCommands(
    useMemo(
      (): readonly Command[] => [
        {
          id: 'help.guide',
          title: 'Show the first steps',
          group: 'View',
          icon: <Lightbulb />,
          keywords: ['guide', 'tutorial', 'tour', 'begin', 'help'],
          run: show,
        },
      ],
      [show],
    ),
  );
  if (!isOpen) return null;
  return (
    <section aria-label="First steps" className="shrink-0 border-b bg-accent-soft px-4 py-2.5">
      <div className="flex items-start gap-3">
        <Lightbulb className="mt-0.5 size-4 shrink-0 text-accent-text max-md:hidden" aria-hidden />
        <ol className="grid flex-1 list-decimal gap-x-8 gap-y-1.5 pl-4 text-xs marker:font-semibold md:grid-cols-2 xl:grid-cols-4">
          <li>
            This strategy works. <strong className="font-semibold">Change a number</strong> on the graph or in the code:
            the preview below follows at once.
          </li>
          <li>
            <button type="button" className="font-semibold text-accent-text hover:underline" onClick={onRun}>
              Run a backtest
            </button>{' '}
            <Kbd keys="mod+enter" /> on prices of your own: the dialog takes a CSV.
          </li>
          <li>
            <Link href="/team" className="font-semibold text-accent-text hover:underline">
              Invite a colleague
            </Link>
            : you edit the same strategy at the same time.
          </li>
          <li>
            <Kbd keys="mod+k" /> finds every command, <Kbd keys="?" /> lists the keys, and{' '}
            <Link href="/reference" className="font-semibold text-accent-text hover:underline">
              Reference
            </Link>{' '}
            shows every block on real prices.
          </li>
        </ol>
        <Button size="sm" className="max-md:hidden" onClick={dismiss}>
          Got it
        </Button>
        <span className="md:hidden">
          <IconButton label="Dismiss the first steps" size="sm" onClick={dismiss}>
            <X />
          </IconButton>
        </span>
      </div>
    </section>
  );
}
