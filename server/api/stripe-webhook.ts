import { BODY } from '#server/policies/body-limits.ts';
import type { Runtime } from '#server/runtime.ts';
import { receiveStripeEvent, requireSigned } from '#server/use-cases/billing/receive-event.ts';
import { answerStranger } from './answer-route.ts';
import { text } from './fields.ts';

/** `POST /api/stripe/webhook`: the signature is over the body as it came, so that is what is read. */
export function handleStripeWebhook(runtime: Runtime, request: Request): Promise<Response> {
  return answerStranger(runtime, request, {
    name: 'stripe.webhook',
    asked: request.headers.get('stripe-signature'),
    input: text(2000).nullable(),
    answer: async (_asked, signature, { inTurn, body, charged }) => {
      // Nothing is read of what can't be an event.
      const signed = requireSigned(signature, runtime.config.stripe?.webhookSecret);
      const event = new TextDecoder().decode(
        await body.whole({ most: BODY.webhook, tooLarge: 'This is larger than an event of Stripe.', charged }),
      );
      return Response.json(await inTurn(() => receiveStripeEvent(runtime.db, { ...signed, body: event })));
    },
  });
}
