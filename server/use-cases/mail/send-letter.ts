import { randomInt } from 'node:crypto';
import { idOf, type LetterId } from '#core/requests/ids.ts';
import { createToken, hashToken } from '#server/auth/token.ts';
import type { Database } from '#server/db/database.ts';
import { insertLink, type LinkPurpose } from '#server/db/queries/account-links.ts';
import { setLetterToken } from '#server/db/queries/invitations.ts';
import { markFailed, markSent, takeLetter } from '#server/db/queries/letters.ts';
import type { Post } from '#server/integrations/mail/post.ts';
import { actAcross, type WideUnit } from '../act/act.ts';
import { freely } from '../act/right.ts';
import { NOWHERE } from '../context.ts';
import { isLetterKind, LETTERS } from '../letter/letters.ts';
import { htmlOf, textOf } from './render-letter.ts';

const SENDS = freely('the house sends what is in its outbox');
const MINUTE = 60_000;

/** Which kinds have a link, and for how long it works. */
const LINKS: Readonly<Record<LinkPurpose, { readonly lastsMs: number; readonly hasCode: boolean }>> = {
  verify: { lastsMs: 24 * 60 * MINUTE, hasCode: true },
  reset: { lastsMs: 30 * MINUTE, hasCode: false },
  'leave-address': { lastsMs: 30 * MINUTE, hasCode: false },
  'take-address': { lastsMs: 30 * MINUTE, hasCode: false },
};

const isLink = (kind: string): kind is LinkPurpose => Object.hasOwn(LINKS, kind);

interface Sending {
  readonly db: Database;
  readonly now: Date;
  readonly post: Post;
  readonly address: string;
}

/**
 * Sends a letter of the outbox unless it was sent. At least once: a process that dies between the post and the database
 * sends the letter again, under the same id. The secret of a link is made here, stands in the letter, and is kept as
 * a hash.
 */
export async function sendLetter({ db, now, post, address }: Sending, id: LetterId): Promise<void> {
  const context = { db, now, from: NOWHERE };
  const prepared = await actAcross(context, SENDS, async (unit) => {
    unit.nothingHappened();
    const row = await takeLetter(unit.tx, id);
    if (!row) return null;
    return { row, link: await makeLink(unit, row) };
  });
  if (!prepared) return;
  const { row, link } = prepared;
  if (!isLetterKind(row.kind)) throw new Error(`there is no letter of the kind ${row.kind}`);
  const content = LETTERS[row.kind]({ facts: row.facts, address, link });
  try {
    await post.send({ id, to: row.address, subject: content.subject, text: textOf(content), html: htmlOf(content) });
  } catch (error) {
    await actAcross(context, SENDS, async (unit) => {
      unit.nothingHappened();
      await markFailed(unit.tx, id, reasonOf(error), null);
    });
    throw error;
  }
  await actAcross(context, SENDS, async (unit) => {
    unit.nothingHappened();
    await markSent(unit.tx, id, now);
  });
}

/** The letter was tried for the last time: whoever looks after the server sees why. */
export async function giveUpLetter({ tx, now, nothingHappened }: WideUnit, id: LetterId): Promise<void> {
  nothingHappened();
  await markFailed(tx, id, 'It was tried for hours. Look at SMTP_URL and at the log of the mail server.', now);
}

async function makeLink({ tx, now }: WideUnit, row: NonNullable<Awaited<ReturnType<typeof takeLetter>>>) {
  const { kind, userId, facts } = row;
  if (kind === 'invitation') {
    const invited = createToken();
    await setLetterToken(tx, idOf('invitation', facts['invitationId'] ?? ''), hashToken(invited));
    return { token: invited, code: '' };
  }
  if (!isLink(kind) || userId === null) return null;
  const { lastsMs, hasCode } = LINKS[kind];
  const id = crypto.randomUUID();
  const token = createToken();
  const code = hasCode ? String(randomInt(1_000_000)).padStart(6, '0') : '';
  await insertLink(tx, {
    id,
    userId,
    purpose: kind,
    tokenHash: hashToken(token),
    codeHash: hasCode ? hashToken(`${id} ${code}`) : null,
    email: facts['email'] ?? row.address,
    expiresAt: new Date(now.getTime() + lastsMs),
    createdAt: now,
  });
  return { token, code };
}

/** What the mail server said, without what was sent. */
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300);
