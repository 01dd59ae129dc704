import { excerptOf, mentionsIn } from '#core/comment/body.ts';
import type { UserId } from '#core/requests/ids.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import {
  countUnread,
  listNotifications as select,
  markRead as update,
  type WhichNotifications,
} from '#server/db/queries/notifications.ts';
import { SOMEONE } from '#server/db/queries/run-columns.ts';
import { listNames } from '#server/db/queries/users.ts';
import { NOTIFICATIONS } from '#server/policies/notifications.ts';
import type { Person } from '#server/policies/principal.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Caller } from '../context.ts';

type Row = Awaited<ReturnType<typeof select>>[number];

/** What the person was told lately, the newest first, and how much of all of it is unread. */
export function listNotifications(caller: Caller<Person>, page: Page) {
  const { principal } = caller;
  return read(caller, 'org.read', async (tx) => {
    const rows = await select(tx, principal, page);
    const people = rows.flatMap(({ actorId, body }) => [
      ...(actorId === null ? [] : [actorId]),
      ...mentionsIn(body ?? ''),
    ]);
    const names = await listNames(tx, [...new Set(people)]);
    const nameOf = (id: UserId): string => names.get(id) ?? SOMEONE;
    return {
      unread: await countUnread(tx, principal),
      notifications: rows.map((row) => ({
        id: row.id,
        createdAt: row.createdAt.getTime(),
        isRead: row.readAt !== null,
        ...presentKind(row, nameOf),
      })),
    };
  });
}

/** What a notification of its kind says. */
function presentKind(row: Row, nameOf: (id: UserId) => string) {
  const { kind, facts, actorId } = row;
  const actor = actorId === null ? null : { id: actorId, name: nameOf(actorId) };
  switch (kind) {
    case 'mention':
    case 'reply': {
      if (row.body === null || row.threadId === null) throw new Error('it goes with its comment');
      return {
        kind,
        actor,
        threadId: row.threadId,
        /** The node that the thread is about; null for the formula as a whole. */
        about: row.aboutLabel,
        excerpt: excerptOf(row.body, nameOf),
        ...formulaOf(row),
      };
    }
    case 'run.finished':
      return { kind, ...NOTIFICATIONS[kind].parse(facts), ...formulaOf(row) };
    case 'run.failed':
      return { kind, ...NOTIFICATIONS[kind].parse(facts), ...formulaOf(row) };
    case 'review.asked':
      return { kind, actor, ...NOTIFICATIONS[kind].parse(facts), ...formulaOf(row) };
    case 'review.answered':
      return { kind, actor, ...NOTIFICATIONS[kind].parse(facts), ...formulaOf(row) };
    case 'review.moved':
      return { kind, actor, ...NOTIFICATIONS[kind].parse(facts), ...formulaOf(row) };
    case 'version.published':
      return { kind, actor, ...NOTIFICATIONS[kind].parse(facts), ...formulaOf(row) };
    case 'bot.upgraded':
      return { kind, ...NOTIFICATIONS[kind].parse(facts), ...formulaOf(row) };
    case 'bot.stopped':
      return { kind, ...NOTIFICATIONS[kind].parse(facts) };
    case 'ownership.received':
    case 'ownership.given':
      return { kind, actor };
    case 'invitation.accepted':
      return { kind, actor, ...NOTIFICATIONS[kind].parse(facts) };
  }
}

function formulaOf({ formulaId, formulaName }: Row) {
  if (formulaId === null || formulaName === null) throw new Error('it goes with its formula');
  return { formulaId, formulaName };
}

/**
 * Marks what the person was told as read, in all of their windows. What is read already, or somebody else's, is left
 * alone.
 */
export function markRead(caller: Caller<Person>, which: WhichNotifications): Promise<void> {
  return act(caller, freely('of one’s own, whatever the role'), async ({ tx, principal, now, ...unit }) => {
    if ((await update(tx, principal, which, now)) > 0) unit.happened('notification.read', { userId: principal.userId });
    else unit.nothingHappened();
  });
}
