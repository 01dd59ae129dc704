import { idOf } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { insertLetters } from '#server/db/queries/letters.ts';
import { sendLetter } from '#server/queue/definitions.ts';
import { prepareJob } from '#server/queue/prepare-job.ts';
import type { NewLetter } from './letter.ts';

/** Puts letters into the outbox, in the transaction of their cause, with a job each. */
export async function queueLetters(tx: Tx, letters: readonly NewLetter[], now: Date): Promise<void> {
  const rows = letters.map((letter) => ({ ...letter, id: idOf('letter', crypto.randomUUID()), createdAt: now }));
  await insertLetters(tx, rows);
  for (const { id, orgId } of rows) await prepareJob(sendLetter, { letterId: id, ...(orgId ? { orgId } : {}) })(tx);
}
