import type { Database } from '#server/db/database.ts';
import { acceptStripeEvent } from '#server/db/queries/stripe-events.ts';
import { AppError } from '#server/errors.ts';
import { verifyWebhook } from '#server/integrations/stripe/verify-webhook.ts';
import { syncCustomer } from '#server/queue/definitions.ts';
import { actAcross } from '../act/act.ts';
import { freely } from '../act/right.ts';
import { NOWHERE } from '../context.ts';

interface Signed {
  readonly signature: string;
  readonly secret: string;
}

interface Delivery extends Signed {
  readonly body: string;
}

/** What a body can be checked with. Throws when no body would help. */
export function requireSigned(signature: string | null, secret: string | undefined): Signed {
  if (secret === undefined)
    throw new AppError('UNAVAILABLE', 'Stripe is not set up on this server: STRIPE_WEBHOOK_SECRET is missing.');
  if (signature === null) throw new AppError('INVALID', 'There is no signature: events of Stripe have one.');
  return { signature, secret };
}

/**
 * Stores an event of Stripe's once, with the job that sees to it. A repeated delivery is answered as the first one and
 * changes nothing.
 */
export async function receiveStripeEvent(
  db: Database,
  { body, signature, secret }: Delivery,
): Promise<{ received: true; isNew: boolean }> {
  const event = await verifyWebhook(body, signature, secret);
  if (!event) throw new AppError('INVALID', 'The signature does not fit the body.');
  return actAcross({ db, now: new Date(), from: NOWHERE }, freely('Stripe has signed it'), async (unit) => {
    unit.nothingHappened();
    return { received: true, isNew: await acceptStripeEvent(unit.tx, event, syncCustomer) };
  });
}
