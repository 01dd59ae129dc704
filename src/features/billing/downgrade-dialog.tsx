'use client';
import { useState } from 'react';
import type { Outputs } from '#trpc/types.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { BotsThatStay } from './bots-that-stay.tsx';
import { dayInWords, LIMITS, mostInWords, type Plan } from './plan-words.ts';

interface DowngradeDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly plans: readonly Plan[];
  readonly current: Plan;
  readonly bots: Outputs['billing']['bots'];
  /** When the period that is paid is over. */
  readonly endsAt: number | null;
  readonly isBusy: boolean;
  readonly onContinue: () => void;
}

/** What a smaller plan takes away, and which bots stay: chosen here, before it is changed at Stripe. */
export function DowngradeDialog(props: DowngradeDialogProps) {
  const { open, onOpenChange, plans, current, bots, endsAt, isBusy, onContinue } = props;
  const smaller = plans.slice(0, plans.indexOf(current));
  const [name, setName] = useState<string>(smaller[0]?.name ?? 'free');
  const wanted = smaller.find((plan) => plan.name === name) ?? smaller[0];
  if (!wanted) return null;
  const most = wanted.limits.find(({ limit }) => limit === 'bots')?.most ?? Infinity;
  const less = wanted.limits.flatMap(({ limit, most: allowed }) => {
    const before = current.limits.find((one) => one.limit === limit)?.most ?? null;
    const isLess = allowed !== null && (before === null || allowed < before);
    return isLess ? [{ limit, before, allowed }] : [];
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="A smaller plan"
      description="Nothing is deleted at once. What the smaller plan does not allow is frozen until there is room again."
    >
      <div className="space-y-4">
        {smaller.length > 1 ? (
          <Field label="Plan">
            <Select
              value={wanted.name}
              onChange={setName}
              options={smaller.map((plan) => ({ value: plan.name as string, label: plan.title }))}
            />
          </Field>
        ) : null}
        <dl className="divide-y divide-line/70 text-sm">
          {less.map(({ limit, before, allowed }) => (
            <div key={limit} className="flex justify-between gap-4 py-1.5">
              <dt>{LIMITS[limit]}</dt>
              <dd className="tabular-nums">
                <span className="text-muted">{mostInWords(before)} →</span> {mostInWords(allowed)}
              </dd>
            </div>
          ))}
        </dl>
        <p className="text-muted">
          Signals that are older than {wanted.title} keeps are deleted within an hour of the change
          {endsAt === null ? '' : `; a plan that is cancelled ends on ${dayInWords(endsAt)}`}.
        </p>
        {bots.length > most ? (
          <BotsThatStay
            key={`${wanted.name} ${bots.map(({ id }) => id).join()}`}
            bots={bots}
            most={most}
            plan={wanted.title}
            action="Keep these and go on"
            onChosen={onContinue}
          />
        ) : (
          <Button look="primary" busy={isBusy} onClick={onContinue}>
            Go on to the page of payments
          </Button>
        )}
      </div>
    </Dialog>
  );
}
