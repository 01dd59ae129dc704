'use client';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Notice } from '#ui/feedback/notice.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { formatTime } from '#ui/format/format-time.ts';
import { Dialog } from '#ui/overlays/dialog.tsx';

type Market = Outputs['market']['list'][number];
type Removal = Extract<Outputs['market']['removeBars'], { kind: 'asked' }>['removal'];

/** Takes the bars of a span out of a market, such as a bar with a wrong year; what that changes is shown first. */
export function RemoveBarsDialog({ market, onClose }: { readonly market: Market; readonly onClose: () => void }) {
  const trpc = useTRPC();
  const [from, setFrom] = useState(textOf(market.lastTime));
  const [to, setTo] = useState(textOf(market.lastTime));
  const [removal, setRemoval] = useState<Removal | null>(null);
  const last = timeOf(to);
  // The field has whole seconds, and a bar may open within one.
  const span = { from: timeOf(from), to: last === null ? null : last + 999 };
  const remove = useAction(
    trpc.market.removeBars.mutationOptions({
      onSuccess: (answer) => {
        if (answer.kind === 'asked') return setRemoval(answer.removal);
        toast.success(`${market.symbol}: ${count(answer.bars, 'bar')} removed`);
        onClose();
      },
    }),
  );
  const change = (set: (text: string) => void) => (text: string) => {
    set(text);
    setRemoval(null);
  };
  const isSpan = span.from !== null && span.to !== null && span.from <= span.to;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Remove bars of ${market.symbol} ${market.timeframe}`}
      description="The bars that open between two times, both included, are deleted."
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            look={removal ? 'danger' : 'primary'}
            busy={remove.isPending}
            disabled={!isSpan}
            onClick={() => {
              if (span.from !== null && span.to !== null)
                remove.mutate({
                  id: market.id,
                  from: span.from,
                  to: span.to,
                  ...(removal ? { seen: removal.seen } : {}),
                });
            }}
          >
            {removal ? `Remove ${count(removal.bars, 'bar')}` : 'Show what goes'}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <Moment label="From (UTC)" value={from} onChange={change(setFrom)} />
        <Moment label="To (UTC)" value={to} onChange={change(setTo)} />
        {removal ? <Consequences removal={removal} /> : null}
      </div>
    </Dialog>
  );
}

interface MomentProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

const Moment = ({ label, value, onChange }: MomentProps) => (
  <Field label={label}>
    <Input type="datetime-local" step={1} value={value} onChange={(event) => onChange(event.target.value)} />
  </Field>
);

const Consequences = ({ removal: { bars, from, to, runs, bots } }: { readonly removal: Removal }) => (
  <Notice title={`${count(bars, 'bar')} will be deleted. Nothing was changed yet.`}>
    <ul className="text-xs">
      <li>
        From {formatTime(from, 'minute')} to {formatTime(to, 'minute')}.
      </li>
      <li>
        {runs === 0
          ? 'No backtest or sweep was made on them.'
          : `${count(runs, 'backtest or sweep', 'backtests and sweeps')} made on them keep their results and say so.`}
      </li>
      {bots > 0 ? (
        <li>Of {count(bots, 'bot')} on this market, those that have seen them run all other bars again.</li>
      ) : null}
    </ul>
  </Notice>
);

const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** As the field writes a time. */
const textOf = (time: number): string => new Date(time).toISOString().slice(0, 19);

/** UTC milliseconds; null for what is no time. */
function timeOf(text: string): number | null {
  const time = Date.parse(`${text}Z`);
  return Number.isNaN(time) ? null : time;
}
