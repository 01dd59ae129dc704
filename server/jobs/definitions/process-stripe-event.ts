import { z } from 'zod';
import type { JobDefinition } from '../definition.ts';

const payload = z.object({ eventId: z.string() });

export const processStripeEvent: JobDefinition<z.infer<typeof payload>> = {
  name: 'process-stripe-event',
  pool: 'interactive',
  payload,
  attempts: 16,
};
