'use client';
import { ChevronLeft, ChevronRight, SkipBack, SkipForward, X } from 'lucide-react';
import type { Decision } from '#core/engine/why/decision.ts';
import type { NodeId } from '#core/formula/model/formula.ts';
import type { Reason } from '#core/formula/why/reason.ts';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Time } from '#ui/data/time.tsx';
import { WithCode } from '#ui/data/with-code.tsx';
import { cx } from '#ui/format/cx.ts';
import type { TimeDetail } from '#ui/format/format-time.ts';
import { decisionOf } from './decision-of.ts';
import type { BarStory } from './protocol.ts';

interface WhyPanelProps {
  readonly story: BarStory;
  /** Of the bar, UTC milliseconds. */
  readonly time: number;
  readonly detail: TimeDetail;
  readonly barCount: number;
  /** Bars with signals, ascending. */
  readonly signals: readonly number[];
  /** The action whose decision is looked at. */
  readonly chosen: NodeId | null;
  readonly onChoose: (action: NodeId) => void;
  readonly onBar: (bar: number) => void;
  /** Shows a node on the canvas. */
  readonly onNode: (node: NodeId) => void;
  readonly onClose: () => void;
  readonly className?: string;
}

/** What happened at a bar and what was decided at its close, with the reasons. */
export function WhyPanel(props: WhyPanelProps) {
  const { story, time, detail, barCount, signals, chosen, onChoose, onBar, onNode, onClose, className } = props;
  const decision = decisionOf(story, chosen);
  const before = signals.findLast((bar) => bar < story.bar);
  const after = signals.find((bar) => bar > story.bar);
  return (
    <section aria-label="Why" className={cx('flex min-h-0 flex-col bg-surface text-xs', className)}>
      <header className="flex shrink-0 items-center gap-0.5 border-b py-0.5 pr-1 pl-3">
        <h3 className="mr-auto font-semibold">
          Why, <Time value={time} detail={detail} />
        </h3>
        <IconButton
          size="sm"
          label="Signal before"
          disabled={before === undefined}
          onClick={() => before !== undefined && onBar(before)}
        >
          <SkipBack />
        </IconButton>
        <IconButton size="sm" label="Bar before" disabled={story.bar === 0} onClick={() => onBar(story.bar - 1)}>
          <ChevronLeft />
        </IconButton>
        <IconButton
          size="sm"
          label="Next bar"
          disabled={story.bar >= barCount - 1}
          onClick={() => onBar(story.bar + 1)}
        >
          <ChevronRight />
        </IconButton>
        <IconButton
          size="sm"
          label="Next signal"
          disabled={after === undefined}
          onClick={() => after !== undefined && onBar(after)}
        >
          <SkipForward />
        </IconButton>
        <IconButton size="sm" label="Close the explanation" shortcut="escape" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <div
        className="min-h-0 flex-1 space-y-2 overflow-auto px-3 py-2"
        tabIndex={0}
        role="group"
        aria-label="Reasons at this bar"
      >
        {story.happenings.map(({ text, decidedAt }, index) => (
          <p key={index} className="tabular">
            <WithCode>{text}</WithCode>
            {decidedAt === null || decidedAt === story.bar ? null : (
              <>
                {' · '}
                <button type="button" className="text-accent-text underline" onClick={() => onBar(decidedAt)}>
                  the bar that decided it
                </button>
              </>
            )}
          </p>
        ))}
        {story.decisions.length === 0 ? <p className="text-muted">The strategy has no action yet.</p> : null}
        {/* The chosen one is open. A change is read out. */}
        <p role="status" className="sr-only">
          {decision?.text}
        </p>
        <ul className="space-y-1">
          {story.decisions.map((one) => (
            <li key={one.node}>
              <DecisionRow decision={one} isOpen={one === decision} onOpen={() => onChoose(one.node)} onNode={onNode} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

interface DecisionRowProps {
  readonly decision: Decision;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly onNode: (node: NodeId) => void;
}

function DecisionRow({ decision: { text, outcome, reason }, isOpen, onOpen, onNode }: DecisionRowProps) {
  const hasActed = outcome === 'ordered' || outcome === 'told';
  return (
    <div className={cx('rounded-md border px-2 py-1', isOpen ? 'border-line-strong' : 'border-transparent')}>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={onOpen}
        className={cx('tabular w-full text-left text-pretty', hasActed ? 'font-medium' : 'text-muted')}
      >
        <WithCode>{text}</WithCode>
      </button>
      {isOpen ? (
        <ul aria-label="Reasons" className="mt-1">
          <ReasonItem reason={reason} onNode={onNode} />
        </ul>
      ) : null}
    </div>
  );
}

const JOINED = { all: 'all of these', any: 'each of these is enough', alone: null } as const;

function ReasonItem({ reason, onNode }: { readonly reason: Reason; readonly onNode: (node: NodeId) => void }) {
  const { kind, value, text, needs, parts, node, calls } = reason;
  const joined = parts.length > 1 ? JOINED[needs] : null;
  return (
    <li>
      <button
        type="button"
        onClick={() => onNode(calls[0] ?? node)}
        className="tabular flex w-full items-baseline gap-1.5 rounded-sm text-left hover:bg-hover"
      >
        <Sign kind={kind} isTrue={value === 1} />
        <span className="min-w-0 break-words">
          <WithCode>{text}</WithCode>
        </span>
      </button>
      {parts.length > 0 ? (
        <div className="ml-1.5 border-l pl-2.5">
          {joined === null ? null : <p className="text-2xs text-faint">{joined}</p>}
          <ul>
            {parts.map((part, index) => (
              <ReasonItem key={index} reason={part} onNode={onNode} />
            ))}
          </ul>
        </div>
      ) : null}
    </li>
  );
}

/** Never by colour alone: a tick, a cross, or a dot for a number. */
function Sign({ kind, isTrue }: { readonly kind: Reason['kind']; readonly isTrue: boolean }) {
  if (kind === 'number') return <span className="w-3 shrink-0 text-center text-faint">·</span>;
  return (
    <span className={cx('w-3 shrink-0 text-center font-semibold', isTrue ? 'text-good' : 'text-bad')}>
      <span aria-hidden>{isTrue ? '✓' : '✗'}</span>
    </span>
  );
}
