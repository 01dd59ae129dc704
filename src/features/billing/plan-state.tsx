'use client';
import { Notice } from '#ui/feedback/notice.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { dayInWords, type Billing, type Plan } from './plan-words.ts';

/** Who says that the plan holds. */
const BY: Readonly<Record<Billing['by'], string>> = {
  admin: 'given by the people who run this server',
  subscription: 'paid by your subscription',
  installation: 'what everybody has on this server',
};

/** The plan that holds, and what is about to change by time: a trial, an end, a payment that failed. */
export function PlanState({ billing, plans }: { readonly billing: Billing; readonly plans: readonly Plan[] }) {
  const { subscription } = billing;
  const titleOf = (name: string | null) => plans.find((plan) => plan.name === name)?.title ?? name ?? '';
  const isInGrace = subscription?.status === 'past_due' && billing.by === 'subscription';
  return (
    <div className="space-y-3">
      <p className="text-base">
        <strong>{titleOf(billing.plan)}</strong> <span className="text-muted">· {BY[billing.by]}</span>
      </p>
      {isInGrace && subscription.graceEndsAt !== null ? (
        <Problem title="A payment failed">
          Your plan stays until {dayInWords(subscription.graceEndsAt)}. Use another card or pay the open invoice on the
          page of payments before then. After that the organisation has Free, and bots that are too many are frozen.
        </Problem>
      ) : null}
      {subscription && ['past_due', 'unpaid'].includes(subscription.status) && !isInGrace ? (
        <Problem title={`${titleOf(subscription.plan)} is not paid`}>
          The organisation has {titleOf(billing.plan)} until the open invoice is paid on the page of payments. Nothing
          was deleted, and bots can go on once it is paid.
        </Problem>
      ) : null}
      {subscription?.status === 'trialing' && subscription.trialEndsAt !== null ? (
        <Notice title={`Your trial ends on ${dayInWords(subscription.trialEndsAt)}`}>
          {subscription.endsAt === null
            ? 'Then the first payment is due. Cancel before, and it costs nothing.'
            : 'It is cancelled: nothing will be charged.'}
        </Notice>
      ) : null}
      {subscription?.status === 'active' && subscription.endsAt !== null ? (
        <Notice title={`${titleOf(subscription.plan)} ends on ${dayInWords(subscription.endsAt)}`}>
          It is cancelled, and can be resumed on the page of payments until then.
        </Notice>
      ) : null}
      {subscription?.status === 'active' && subscription.endsAt === null && subscription.periodEndsAt !== null ? (
        <p className="text-muted">
          Renews on {dayInWords(subscription.periodEndsAt)}
          {(subscription.seats ?? 1) > 1 ? `, for ${subscription.seats} members` : ''}.
        </p>
      ) : null}
      {billing.isSetUp ? null : (
        <Notice title="Payments are not set up on this server">
          Everything works on the plan above. Whoever runs the server sets <code>PLAN=enterprise</code> to give
          everybody everything, or <code>STRIPE_SECRET_KEY</code>, <code>STRIPE_WEBHOOK_SECRET</code> and{' '}
          <code>STRIPE_PRICES</code> to sell plans.
        </Notice>
      )}
    </div>
  );
}
