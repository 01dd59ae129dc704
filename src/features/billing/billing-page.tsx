'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Notice } from '#ui/feedback/notice.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { BotsThatStay } from './bots-that-stay.tsx';
import { DowngradeDialog } from './downgrade-dialog.tsx';
import { InvoicesPanel } from './invoices-panel.tsx';
import { PlanState } from './plan-state.tsx';
import { PlanTable } from './plan-table.tsx';
import type { Billing, Plan } from './plan-words.ts';
import { useStripePages } from './use-stripe-page.ts';

/** The plan of the organisation, how it is paid, and what a larger or a smaller one would change. */
export function BillingPage() {
  const trpc = useTRPC();
  const billing = useQuery(trpc.billing.get.queryOptions());
  const plans = useQuery(trpc.billing.plans.queryOptions());
  useComingBack();
  const error = billing.error ?? plans.error;
  return (
    <>
      <PageHeader title="Plan and billing">
        What your organisation may do, and how that is paid.{' '}
        <Link className="underline" href="/settings">
          What it uses
        </Link>
      </PageHeader>
      <div className="max-w-250 space-y-4 px-4 pb-8 md:px-6">
        {error ? <Problem title={explainError(error).title}>{explainError(error).advice}</Problem> : null}
        {billing.data && plans.data ? <Plans billing={billing.data} plans={plans.data} /> : null}
        {!error && !(billing.data && plans.data) ? <SkeletonRows rows={8} /> : null}
      </div>
    </>
  );
}

/** Who comes back from Stripe's page sees what is paid now, before an event says so. */
function useComingBack(): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const isDone = useRef(false);
  const { mutate } = useMutation(
    trpc.billing.refresh.mutationOptions({
      onSuccess: () => {
        toast.success('Your plan is up to date');
        void queryClient.invalidateQueries(trpc.billing.pathFilter());
        void queryClient.invalidateQueries(trpc.team.usage.queryFilter());
      },
    }),
  );
  useEffect(() => {
    const address = new URL(window.location.href);
    const came = address.searchParams.get('checkout');
    if (came === null || isDone.current) return;
    isDone.current = true;
    address.searchParams.delete('checkout');
    window.history.replaceState(window.history.state, '', address);
    if (came === 'done') mutate();
    else toast.info('Nothing was paid, and nothing has changed');
  }, [mutate]);
}

const limitOf = (plan: Plan | undefined): number =>
  plan?.limits.find(({ limit }) => limit === 'bots')?.most ?? Infinity;

function Plans({ billing, plans }: { readonly billing: Billing; readonly plans: readonly Plan[] }) {
  const trpc = useTRPC();
  const denied = useDenial('billing.manage');
  const bots = useQuery({ ...trpc.billing.bots.queryOptions(), enabled: denied === undefined });
  const { checkout, portal } = useStripePages();
  const [leaving, setLeaving] = useState(false);
  const current = plans.find(({ name }) => name === billing.plan);
  const hasSubscription = billing.subscription !== null && billing.subscription.status !== 'canceled';
  const failed = checkout.error ?? portal.error;
  const isTooMany = bots.data !== undefined && bots.data.length > limitOf(current);
  return (
    <>
      {denied === undefined ? null : (
        <Notice title="Owners see to the plan and its payment">
          {billing.owners.length > 0 ? `Ask ${billing.owners.join(' or ')}.` : 'Ask an owner of your organisation.'}
        </Notice>
      )}
      <Panel title="Your plan">
        <div className="space-y-3 px-4 py-3">
          <PlanState billing={billing} plans={plans} />
          {failed ? <Problem title={explainError(failed).title}>{explainError(failed).advice}</Problem> : null}
          {denied === undefined && billing.subscription !== null && billing.isSetUp ? (
            <div className="flex flex-wrap gap-2">
              <Button look="primary" busy={portal.isPending} onClick={() => portal.mutate()}>
                Open the page of payments
              </Button>
              {hasSubscription ? <Button onClick={() => setLeaving(true)}>Smaller plan or cancel…</Button> : null}
            </div>
          ) : null}
        </div>
      </Panel>
      {denied === undefined && isTooMany && current ? (
        <Panel title="Bots that stay">
          <div className="px-4 py-3">
            <BotsThatStay
              key={bots.data.map(({ id }) => id).join()}
              bots={bots.data}
              most={limitOf(current)}
              plan={current.title}
            />
          </div>
        </Panel>
      ) : null}
      <PlanTable
        plans={plans}
        current={billing.plan}
        action={(plan) => (
          <PlanAction
            plan={plan}
            billing={billing}
            denied={denied}
            hasSubscription={hasSubscription}
            isBusy={checkout.isPending || portal.isPending}
            onBuy={(price) => checkout.mutate({ plan: plan.name, price })}
            onChange={() => portal.mutate()}
            onLeave={() => setLeaving(true)}
          />
        )}
      />
      {denied === undefined && billing.isSetUp ? <InvoicesPanel /> : null}
      {bots.data && current ? (
        <DowngradeDialog
          open={leaving}
          onOpenChange={setLeaving}
          plans={plans}
          current={current}
          bots={bots.data}
          endsAt={billing.subscription?.periodEndsAt ?? null}
          isBusy={portal.isPending}
          onContinue={() => portal.mutate()}
        />
      ) : null}
    </>
  );
}

interface PlanActionProps {
  readonly plan: Plan;
  readonly billing: Billing;
  readonly denied: string | undefined;
  readonly hasSubscription: boolean;
  readonly isBusy: boolean;
  readonly onBuy: (price: string) => void;
  readonly onChange: () => void;
  readonly onLeave: () => void;
}

const RANKS: readonly Plan['name'][] = ['free', 'pro', 'enterprise'];

function PlanAction({ plan, billing, denied, hasSubscription, isBusy, onBuy, onChange, onLeave }: PlanActionProps) {
  if (plan.name === billing.plan || !billing.isSetUp) return null;
  const isSmaller = RANKS.indexOf(plan.name) < RANKS.indexOf(billing.plan);
  if (hasSubscription && isSmaller)
    return (
      <Button denied={denied} onClick={onLeave}>
        Change to {plan.title}…
      </Button>
    );
  if (plan.paid === 'free' || !billing.sold.includes(plan.name)) return null;
  if (hasSubscription)
    return (
      <Button look="primary" denied={denied} busy={isBusy} onClick={onChange}>
        Upgrade to {plan.title}
      </Button>
    );
  return (
    <div className="flex flex-col gap-2">
      {plan.prices.map(({ id, interval }, index) => (
        <Button
          key={id}
          look={index === 0 ? 'primary' : 'secondary'}
          denied={denied}
          busy={isBusy}
          onClick={() => onBuy(id)}
        >
          {billing.mayTry && plan.trialDays > 0 ? `Try ${plan.title}` : `Upgrade to ${plan.title}`}
          {plan.prices.length > 1 ? `, by the ${interval}` : ''}
        </Button>
      ))}
    </div>
  );
}
