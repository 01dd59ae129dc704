import type { Notice } from '#core/notification/notice.ts';
import type { OrgId } from '#core/requests/ids.ts';
import { notifyAccessChanged } from '#server/auth/access-changed.ts';
import type { Tx } from '#server/db/database.ts';
import { insertAudits } from '#server/db/queries/audit.ts';
import { insertNotifications } from '#server/db/queries/notifications.ts';
import { appendEvents, publishTransient } from '#server/live/append-events.ts';
import type { StoredEvent } from '#server/live/event.ts';
import type { ApiKey, Person, RunningBot, SystemTask } from '#server/policies/principal.ts';
import { type Anonymous, traceOf } from '../context.ts';
import { queueLetters } from '../letter/queue-letters.ts';
import type { EventName } from './catalogue.ts';
import { CHANNELS, type Channel } from './channels.ts';
import type { Audited, Effects } from './effects.ts';

/** Who the audit says it was: a principal, a person who has no session (yet), or nobody who is known. */
export type By =
  | (Pick<Person, 'kind' | 'userId'> & { readonly sessionId?: string })
  | ApiKey
  | RunningBot
  | SystemTask
  | { readonly kind: 'stranger' };

/** One event with what follows from it. */
export interface Happened {
  readonly name: EventName;
  readonly orgId: OrgId | null;
  readonly by: By;
  readonly effects: Effects;
}

/**
 * Writes what follows from events: notifications, jobs, audit rows and live events. One statement a kind, however many
 * events.
 */
export async function record(
  tx: Tx,
  { from, now }: Pick<Anonymous, 'from' | 'now'>,
  happened: readonly Happened[],
  channels: readonly Channel[] = CHANNELS,
) {
  const live = new Map<OrgId, StoredEvent[]>();
  for (const { name, orgId, effects } of happened) {
    const { jobs = [], access = [], transient = [], notices = [], letters = [] } = effects;
    await queueLetters(tx, letters, now);
    const following = await notify(tx, orgId, { name, notices, now, channels });
    for (const add of [...following.flatMap((one) => one.jobs ?? []), ...jobs]) await add(tx);
    for (const userId of access) await notifyAccessChanged(tx, userId);
    if (transient.length > 0) await publishTransient(tx, inOrganisation(name, orgId), transient);
    const events = [...('nothing' in effects.live ? [] : effects.live), ...following.flatMap((one) => one.live ?? [])];
    if (events.length === 0) continue;
    const org = inOrganisation(name, orgId);
    live.set(org, [...(live.get(org) ?? []), ...events]);
  }
  // Both last, since from here to the commit the organisation's other acts wait; and always in this order.
  await insertAudits(
    tx,
    happened.flatMap(({ name, orgId, by, effects: { audit } }) =>
      'nothing' in audit ? [] : [{ ...rowOf(orgId, by, audit, from), action: name }],
    ),
  );
  for (const [orgId, events] of live) await appendEvents(tx, orgId, events.filter(isNews));
}

interface Notifying {
  readonly name: EventName;
  readonly notices: readonly Notice[];
  readonly now: Date;
  readonly channels: readonly Channel[];
}

/** Writes down what people are told, and gives what follows by each channel for those who are told now. */
async function notify(
  tx: Tx,
  orgId: OrgId | null,
  { name, notices, now, channels }: Notifying,
): Promise<readonly ReturnType<Channel>[]> {
  if (notices.length === 0) return [];
  const org = inOrganisation(name, orgId);
  const told = await insertNotifications(tx, org, notices, now);
  return told.length === 0 ? [] : channels.map((channel) => channel(org, told));
}

/** The same news said twice in one transaction is one. */
const isNews = (event: StoredEvent, index: number, all: readonly StoredEvent[]): boolean => {
  const text = JSON.stringify(event);
  return all.findIndex((other) => JSON.stringify(other) === text) === index;
};

function inOrganisation(name: EventName, orgId: OrgId | null): OrgId {
  if (orgId === null) throw new Error(`${name} is written down in an organisation, and happened in none`);
  return orgId;
}

const rowOf = (orgId: OrgId | null, by: By, audit: Audited, from: Anonymous['from']) => ({
  orgId,
  ...actorOf(by),
  ...traceOf({ ...from, ...(by.kind === 'person' && by.sessionId ? { session: by.sessionId } : {}) }),
  ...audit,
});

function actorOf(by: By) {
  switch (by.kind) {
    case 'person':
      return { actorKind: by.kind, actorId: by.userId };
    case 'key':
      return { actorKind: by.kind, actorId: by.madeBy, actorName: by.keyId };
    case 'bot':
      return { actorKind: by.kind, actorName: by.botId };
    case 'system':
      return { actorKind: by.kind, actorName: by.task };
    case 'stranger':
      return { actorKind: by.kind };
  }
}
