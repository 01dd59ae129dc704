import { z } from 'zod';
import type { JobDefinition } from '../definition.ts';

/** `step` is the number of ticks the bot has done: a job for another one is a repeat and does nothing. */
const payload = z.object({ orgId: z.uuid(), botId: z.uuid(), step: z.int().min(0) });

export const tickBot: JobDefinition<z.infer<typeof payload>> = { name: 'tick-bot', pool: 'interactive', payload, attempts: 8 };
