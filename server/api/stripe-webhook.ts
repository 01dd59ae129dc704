import { clientAddress } from '#server/http/client-address.ts';
import { readBody } from '#server/http/read-body.ts';
import { BODY } from '#server/policies/limits.ts';
import type { Runtime } from '#server/runtime.ts';
import { receiveStripeEvent } from '#server/use-cases/stripe/receive-event.ts';
import { failureResponse } from './http-failure.ts';

/** `POST /api/stripe/webhook`: the signature is over the body as it came, so that is what is read. */
export async function handleStripeWebhook(runtime: Runtime, request: Request): Promise<Response> {
  try {
    const address = clientAddress(request);
    await runtime.limits.charge('webhook', { address });
    const bytes = await readBody(request, BODY.webhook, 'This is larger than an event of Stripe.');
    const body = new TextDecoder().decode(bytes);
    return Response.json(await runtime.limits.inTurn('webhook', { address }, () => receiveStripeEvent(runtime.db, { body, signature: request.headers.get('stripe-signature'), secret: runtime.config.stripe?.webhookSecret })));
  } catch (error) {
    return failureResponse(error, runtime.log);
  }
}
