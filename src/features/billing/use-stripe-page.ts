'use client';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '#trpc/client.ts';

const follow = { onSuccess: ({ url }: { readonly url: string }) => window.location.assign(url) };

/** Leads to Stripe's pages: to pay a plan for the first time, or to change what is paid. */
export function useStripePages() {
  const trpc = useTRPC();
  return {
    checkout: useMutation(trpc.billing.checkout.mutationOptions(follow)),
    portal: useMutation(trpc.billing.portal.mutationOptions(follow)),
  };
}
