import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { FEATURES, LIMITS, mostInWords, priceInWords, type Plan } from './plan-words.ts';

interface PlanTableProps {
  readonly plans: readonly Plan[];
  /** The plan that holds, where there is one. */
  readonly current?: Plan['name'] | undefined;
  readonly action: (plan: Plan) => ReactNode;
}

/** Plans beside each other, from the least to the most: on a telephone one below the other. */
export function PlanTable({ plans, current, action }: PlanTableProps) {
  return (
    <ul className="grid gap-4 md:grid-cols-3">
      {plans.map((plan) => (
        <li
          key={plan.name}
          aria-label={plan.title}
          aria-current={plan.name === current ? 'true' : undefined}
          className="flex flex-col rounded-lg border bg-surface p-4 aria-[current]:border-accent"
        >
          <h3 className="flex items-baseline justify-between text-lg font-semibold">
            {plan.title}
            {plan.name === current ? <span className="text-xs font-medium text-accent-text">Your plan</span> : null}
          </h3>
          <p className="mt-1 text-muted text-pretty">{plan.about}</p>
          <PlanPrice plan={plan} />
          <dl className="my-4 flex-1 divide-y divide-line/70 text-sm">
            {plan.limits.map(({ limit, most }) => (
              <div key={limit} className="flex justify-between gap-3 py-1.5">
                <dt className="text-muted">{LIMITS[limit]}</dt>
                <dd className="tabular-nums">{mostInWords(most)}</dd>
              </div>
            ))}
            {plan.features.map(({ feature, has }) => (
              <div key={feature} className="flex justify-between gap-3 py-1.5">
                <dt className="text-muted">{FEATURES[feature]}</dt>
                <dd>
                  {has ? (
                    <Check className="size-4 text-good" aria-label="yes" />
                  ) : (
                    <Minus className="size-4 text-faint" aria-label="no" />
                  )}
                </dd>
              </div>
            ))}
            <div className="flex justify-between gap-3 py-1.5">
              <dt className="text-muted">Turn in the queue</dt>
              <dd>{plan.turn === 0 ? 'First' : plan.turn === 1 ? 'Before Free' : 'Last'}</dd>
            </div>
          </dl>
          {action(plan)}
        </li>
      ))}
    </ul>
  );
}

function PlanPrice({ plan }: { readonly plan: Plan }) {
  const [first, ...others] = plan.prices;
  if (plan.paid === 'free') return <p className="mt-3 font-medium">Costs nothing</p>;
  if (!first) return <p className="mt-3 text-muted">Not sold here: write to us.</p>;
  return (
    <div className="mt-3">
      <p className="font-medium">{priceInWords(first, plan.paid)}</p>
      {others.map((price) => (
        <p key={price.id} className="text-xs text-muted">
          or {priceInWords(price, plan.paid)}
        </p>
      ))}
      {plan.trialDays > 0 ? <p className="text-xs text-muted">{plan.trialDays} days free at first</p> : null}
    </div>
  );
}
