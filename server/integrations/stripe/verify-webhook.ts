import Stripe from 'stripe';

export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  /** The event as Stripe sent it. */
  readonly payload: unknown;
}

/** The event of a webhook request whose signature is right; null for any other body. Signatures older than five minutes are not right. */
export async function verifyWebhook(body: string, signature: string | null, secret: string): Promise<StripeEvent | null> {
  if (signature === null) return null;
  try {
    const event = await Stripe.webhooks.constructEventAsync(body, signature, secret);
    return { id: event.id, type: event.type, payload: event };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return null;
    // A signed body that is no JSON: not Stripe's.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
