import { noteCheckpoints } from '#server/use-cases/audit/note-checkpoints.ts';
import type { JobHandler } from '../handler.ts';

export const handler: JobHandler<Record<string, never>> = {
  // A warning, so that every level of the log but silence has it: the log is the copy that the database's owner lacks.
  run: (_payload, { db, log }) =>
    noteCheckpoints(db, new Date(), (checkpoint) => log.warn(checkpoint, 'checkpoint of the audit')),
};
