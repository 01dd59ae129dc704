import { handleStripeWebhook } from '#server/api/stripe-webhook.ts';
import { getRuntime } from '#server/runtime.ts';

export const dynamic = 'force-dynamic';
export const POST = (request: Request): Promise<Response> => handleStripeWebhook(getRuntime(), request);
