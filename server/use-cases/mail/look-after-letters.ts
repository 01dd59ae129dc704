import type { LetterId } from '#core/requests/ids.ts';
import type { Database } from '#server/db/database.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import { findLetter, listLetters as select, reviveLetter } from '#server/db/queries/letters.ts';
import { AppError } from '#server/errors.ts';
import type { Post } from '#server/integrations/mail/post.ts';
import { sendLetter } from '#server/queue/definitions.ts';
import { prepareJob } from '#server/queue/prepare-job.ts';
import { actAcross } from '../act/act.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Anonymous } from '../context.ts';

const LOOKS_AFTER = freely('whoever looks after the installation, which the procedure checks');

/** The outbox, the newest first, without what letters say. The caller checks that an administrator asks. */
export async function listLetters(db: Database, page: Page) {
  const rows = await readAcross(db, LOOKS_AFTER, (tx) => select(tx, page));
  return rows.map(({ id, address, kind, createdAt, attempts, sentAt, failedAt, failure }) => ({
    id,
    address,
    kind,
    createdAt,
    attempts,
    sentAt,
    failedAt,
    failure,
  }));
}

/** A letter as it was sent; null where letters leave by SMTP, or the letter waits. The caller checks who asks. */
export async function readLetter({ db, post }: { readonly db: Database; readonly post: Post }, id: LetterId) {
  const row = await readAcross(db, LOOKS_AFTER, (tx) => findLetter(tx, id));
  if (!row) throw new AppError('NOT_FOUND', 'There is no such letter. The outbox forgets letters after 30 days.');
  return post.read(id);
}

/** Tries a letter again that was given up. The caller checks who asks. */
export function retryLetter(caller: Anonymous, id: LetterId): Promise<void> {
  return actAcross(caller, LOOKS_AFTER, async ({ tx, nothingHappened }) => {
    nothingHappened();
    if (!(await reviveLetter(tx, id)))
      throw new AppError('CONFLICT', 'This letter was sent, or is still tried. Load the page anew.');
    await prepareJob(sendLetter, { letterId: id })(tx);
  });
}
