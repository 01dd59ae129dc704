import { z } from 'zod';
import type { JobDefinition } from '../definition.ts';

const payload = z.object({});

export const reviveBots: JobDefinition<z.infer<typeof payload>> = { name: 'revive-bots', pool: 'interactive', payload, attempts: 3, priority: 10 };
