'use client';
import { Tooltip } from '#ui/feedback/tooltip.tsx';
import { cx } from '#ui/format/cx.ts';
import type { LiveState } from './live-state.ts';
import { useLiveState } from './live.tsx';

const WORDS: Readonly<Record<LiveState, { readonly label: string; readonly help: string; readonly dot: string }>> = {
  live: { label: 'Live', help: 'Results, signals and your colleagues’ changes arrive as they happen.', dot: 'bg-good' },
  connecting: { label: 'Connecting', help: 'Opening the live connection…', dot: 'bg-warn animate-pulse' },
  offline: {
    label: 'Offline',
    help: 'The live connection is lost and is being tried again. What you see may be stale.',
    dot: 'bg-bad',
  },
};

export function ConnectionState({ narrow }: { readonly narrow: boolean }) {
  const state = useLiveState();
  const { label, help, dot } = WORDS[state];
  return (
    <Tooltip label={help} side="right">
      <span
        tabIndex={0}
        role="status"
        data-live={state}
        className="inline-flex items-center gap-2 rounded-sm px-2 py-1 text-2xs text-faint"
      >
        <span className={cx('size-1.5 rounded-full', dot)} aria-hidden />
        <span className={narrow ? 'sr-only' : undefined}>{label}</span>
      </span>
    </Tooltip>
  );
}
