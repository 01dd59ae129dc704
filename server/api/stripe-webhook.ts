import { readBody } from '#server/http/read-body.ts';
import { BODY } from '#server/policies/limits.ts';
import type { Runtime } from '#server/runtime.ts';
import { receiveStripeEvent } from '#server/use-cases/stripe/receive-event.ts';
import { answerStranger } from './answer-route.ts';
import { text } from './fields.ts';

/** `POST /api/stripe/webhook`: the signature is over the body as it came, so that is what is read. */
export function handleStripeWebhook(runtime: Runtime, request: Request): Promise<Response> {
  return answerStranger(runtime, request, {
    name: 'stripe.webhook',
    asked: request.headers.get('stripe-signature'),
    input: text(2000).nullable(),
    answer: async (_asked, signature, inTurn) => {
      const body = new TextDecoder().decode(
        await readBody(request, BODY.webhook, 'This is larger than an event of Stripe.'),
      );
      return Response.json(
        await inTurn(() =>
          receiveStripeEvent(runtime.db, {
            body,
            signature,
            secret: runtime.config.stripe?.webhookSecret,
          }),
        ),
      );
    },
  });
}
