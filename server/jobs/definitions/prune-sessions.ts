import { z } from 'zod';
import type { JobDefinition } from '../definition.ts';

const payload = z.object({});

export const pruneSessions: JobDefinition<z.infer<typeof payload>> = { name: 'prune-sessions', pool: 'interactive', payload, attempts: 3, priority: 10 };
