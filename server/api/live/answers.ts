import type { TrackedEnvelope } from '@trpc/server';
import { z } from 'zod';
import type { LiveEvent } from '#server/live/event.ts';

/** Events as they come, each of which was written by the catalogue of what can happen. */
export const events = z.custom<AsyncIterable<TrackedEnvelope<LiveEvent>>>(
  (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
  'no stream',
);
