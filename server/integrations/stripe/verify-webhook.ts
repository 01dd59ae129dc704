import Stripe from 'stripe';
import { z } from 'zod';
import { customerOf } from './stripe-api.ts';

export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  /** Null where the event is about no customer. */
  readonly customerId: string | null;
  /** The event as Stripe sent it, as JSON text. */
  readonly payload: string;
}

const named = z.object({ id: z.string().regex(/^[\w-]{1,255}$/), type: z.string().regex(/^[\w.-]{1,255}$/) });

/** Stripe's library looks at signatures that are too old alone. */
const AHEAD_SECONDS = 300;
const isOfNow = (signature: string): boolean => {
  const [, time = ''] = /(?:^|,)t=(\d{1,12})(?:,|$)/.exec(signature) ?? [];
  return time !== '' && Number(time) <= Date.now() / 1000 + AHEAD_SECONDS;
};

/**
 * The event of a webhook request whose signature is right; null for any other body. Signatures older than five minutes
 * are not right.
 */
export async function verifyWebhook(
  body: string,
  signature: string | null,
  secret: string,
): Promise<StripeEvent | null> {
  if (signature === null || !isOfNow(signature)) return null;
  try {
    const event = await Stripe.webhooks.constructEventAsync(body, signature, secret);
    const known = named.safeParse(event);
    return known.success ? { ...known.data, customerId: customerOf(event), payload: body } : null;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return null;
    // A signed body that is no JSON: not Stripe's.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
