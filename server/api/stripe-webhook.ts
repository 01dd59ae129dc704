import { AppError } from '#server/errors.ts';
import type { Runtime } from '#server/runtime.ts';
import { receiveStripeEvent } from '#server/use-cases/stripe/receive-event.ts';
import { failureResponse } from './http-failure.ts';

/** Stripe's events are a few kilobytes. */
const LARGEST_BODY = 1_000_000;

/** `POST /api/stripe/webhook`: the signature is over the body as it came, so that is what is read. */
export async function handleStripeWebhook(runtime: Runtime, request: Request): Promise<Response> {
  try {
    if (Number(request.headers.get('content-length') ?? 0) > LARGEST_BODY) throw new AppError('TOO_LARGE', 'This is larger than an event of Stripe.');
    const body = await request.text();
    return Response.json(await receiveStripeEvent(runtime.db, { body, signature: request.headers.get('stripe-signature'), secret: runtime.config.stripe?.webhookSecret }));
  } catch (error) {
    return failureResponse(error, runtime.log);
  }
}
