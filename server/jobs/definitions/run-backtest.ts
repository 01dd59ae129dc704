import { z } from 'zod';
import type { JobDefinition } from '../definition.ts';

const payload = z.object({ orgId: z.uuid(), backtestId: z.uuid() });

export const runBacktest: JobDefinition<z.infer<typeof payload>> = { name: 'run-backtest', pool: 'compute', payload, attempts: 4 };
