import type { LetterId } from '#core/requests/ids.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import type { Post } from '#server/integrations/mail/post.ts';
import type { Person } from '#server/policies/principal.ts';
import type { Caller } from '../context.ts';
import { listLetters, readLetter, retryLetter } from '../mail/look-after-letters.ts';
import { actAsAdmin, requireAdmin } from './as-admin.ts';

interface Which {
  readonly id: LetterId;
}

/** The outbox, the newest first, without what letters say. */
export async function listInstallationLetters(caller: Caller<Person>, page: Page) {
  await requireAdmin(caller);
  const rows = await listLetters(caller.db, page);
  return rows.map(({ createdAt, sentAt, failedAt, ...row }) => ({
    ...row,
    at: createdAt.getTime(),
    sentAt: sentAt?.getTime() ?? null,
    failedAt: failedAt?.getTime() ?? null,
  }));
}

/** What a letter says, where letters are kept in a folder; who reads one is in the audit. */
export async function readInstallationLetter(caller: Caller<Person> & { readonly post: Post }, { id }: Which) {
  await actAsAdmin(caller, async (unit) => unit.happenedIn(null, caller.principal, 'admin.letter_read', { id }));
  return { text: await readLetter(caller, id) };
}

export async function retryInstallationLetter(caller: Caller<Person>, { id }: Which): Promise<void> {
  await requireAdmin(caller);
  await retryLetter(caller, id);
  await actAsAdmin(caller, async (unit) => unit.happenedIn(null, caller.principal, 'admin.letter_retried', { id }));
}
