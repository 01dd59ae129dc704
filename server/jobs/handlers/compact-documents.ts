import { compactIdleDocuments } from '#server/use-cases/document/maintain-documents.ts';
import type { JobHandler } from '../handler.ts';

export const handler: JobHandler<Record<string, never>> = { run: (_payload, context) => compactIdleDocuments(context) };
