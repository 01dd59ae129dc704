import { pruneSessions } from '#server/use-cases/session/prune-sessions.ts';
import type { JobHandler } from '../handler.ts';

export const handler: JobHandler<Record<string, never>> = { run: (_payload, { db }) => pruneSessions(db, new Date()) };
