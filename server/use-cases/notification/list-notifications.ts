import { excerptOf, mentionsIn } from '#core/comment/body.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import { countUnread, listNotifications as select } from '#server/db/queries/notifications.ts';
import { listNames } from '#server/db/queries/users.ts';
import type { Person } from '#server/policies/principal.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

const SOMEONE = 'someone who has left';

/** What the person was told lately, the newest first, and how much of all of it is unread. */
export function listNotifications(caller: Caller<Person>, page: Page) {
  const { principal } = caller;
  return read(caller, 'org.read', async (tx) => {
    const rows = await select(tx, principal, page);
    const people = rows.flatMap(({ actorId, body }) => [...(actorId === null ? [] : [actorId]), ...mentionsIn(body)]);
    const names = await listNames(tx, [...new Set(people)]);
    const nameOf = (id: string): string => names.get(id) ?? SOMEONE;
    return {
      unread: await countUnread(tx, principal),
      notifications: rows.map(({ actorId, body, aboutLabel, createdAt, readAt, ...row }) => ({
        ...row,
        actor: actorId === null ? null : { id: actorId, name: nameOf(actorId) },
        /** The node that the thread is about; null for the formula as a whole. */
        about: aboutLabel,
        excerpt: excerptOf(body, nameOf),
        createdAt: createdAt.getTime(),
        isRead: readAt !== null,
      })),
    };
  });
}
