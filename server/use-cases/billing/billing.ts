import { openStripe, type StripeApi } from '#server/integrations/stripe/stripe-api.ts';
import { isLoopback } from '#server/network/loopback.ts';
import type { PlanName } from '#server/policies/plans.ts';

/** What is sold, and where it is paid; there where Stripe is set up. */
export interface Billing {
  readonly stripe: StripeApi;
  /** The usual price of a plan first. */
  readonly prices: readonly { readonly plan: PlanName; readonly price: string }[];
  /** Where people come back to from Stripe. */
  readonly origin: string;
}

interface Set {
  readonly stripe?: { readonly secretKey: string; readonly apiBase?: string; readonly prices: Billing['prices'] };
  readonly origin?: string;
  readonly host: string;
  readonly port: number;
}

/** Null where Stripe is not set up. */
export function openBilling({ stripe, origin, host, port }: Set): Billing | null {
  if (!stripe) return null;
  const here = `http://${isLoopback(host) ? 'localhost' : host}:${port}`;
  return { stripe: openStripe(stripe), prices: stripe.prices, origin: origin ?? here };
}

export const planOfPrice = ({ prices }: Pick<Billing, 'prices'>, price: string): PlanName | null =>
  prices.find((one) => one.price === price)?.plan ?? null;
