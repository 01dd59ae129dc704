import { z } from 'zod';
import type { JobDefinition } from '../definition.ts';

const payload = z.object({});

export const compactDocuments: JobDefinition<z.infer<typeof payload>> = { name: 'compact-documents', pool: 'interactive', payload, attempts: 3, priority: 10 };
