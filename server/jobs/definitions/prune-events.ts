import { z } from 'zod';
import type { JobDefinition } from '../definition.ts';

const payload = z.object({});

export const pruneEvents: JobDefinition<z.infer<typeof payload>> = { name: 'prune-events', pool: 'interactive', payload, attempts: 3, priority: 10 };
