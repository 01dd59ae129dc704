import { z } from 'zod';
import type { JobDefinition } from '../definition.ts';

const payload = z.object({ orgId: z.uuid(), sweepId: z.uuid() });

export const runSweep: JobDefinition<z.infer<typeof payload>> = { name: 'run-sweep', pool: 'compute', payload, attempts: 4 };
