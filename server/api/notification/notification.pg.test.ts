import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Notice } from '#core/notification/notice.ts';
import { idOf, type BotId, type FormulaId, type OrgId, type UserId } from '#core/requests/ids.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { listEventsAfter } from '#server/db/queries/events.ts';
import { deleteOldNotifications } from '#server/db/queries/notifications.ts';
import { memberships, notifications } from '#server/db/schema/index.ts';
import { LONG_WAIT } from '#server/policies/notifications.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs, openBrowser } from '#server/testing/api.ts';
import { fillOrganisation } from '#server/testing/organisation.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { actAcross } from '#server/use-cases/act/act.ts';
import type { Channel } from '#server/use-cases/act/channels.ts';
import { record } from '#server/use-cases/act/record.ts';
import { freely } from '#server/use-cases/act/right.ts';
import { NOWHERE } from '#server/use-cases/context.ts';

const api = testApi();
let ada: Person;
let ben: Person;
let formulaId: FormulaId;

beforeEach(async () => {
  const orgId = await createOrganisation(api.db);
  ({ formulaId } = await fillOrganisation(api.db, orgId));
  ada = await createMember(api.db, orgId, 'admin');
  ben = await createMember(api.db, orgId, 'editor');
});

const list = (person: Person) => callAs(api.runtime, person).notification.list();
const NOW = new Date('2026-01-02T03:04:05.678Z');

/** Something happens to a run or a bot, as a worker says it. */
const happen = (say: Parameters<typeof actAcross<void>>[2]) =>
  actAcross({ db: api.db, now: NOW, from: NOWHERE }, freely('a test'), say);

const endRun = (id: string, status: 'succeeded' | 'failed' | 'cancelled', ms: number, userId = ada.userId) =>
  happen(async (wide) => {
    const unit = wide.as({ kind: 'system', task: 'test', orgId: ada.orgId });
    const waited = { userId, ms, failure: status === 'failed' ? 'It has no bars.' : null };
    unit.happened('backtest.finished', { id: idOf('backtest', id), formulaId, status, progress: 1, waited });
  });

const eventsOf = (orgId: OrgId) => withOrg(api.db, orgId, (tx) => listEventsAfter(tx, orgId, 0, 100));

describe('the end of a run', () => {
  it('is told to whoever waited for long, once, with the event behind the one of the run', async () => {
    const id = crypto.randomUUID();
    await endRun(id, 'succeeded', LONG_WAIT + 1);
    await endRun(id, 'succeeded', LONG_WAIT + 1);
    expect(await list(ada)).toMatchObject({
      unread: 1,
      notifications: [{ kind: 'run.finished', noun: 'backtest', runId: id, formulaId, createdAt: NOW.getTime() }],
    });
    expect((await list(ben)).notifications).toEqual([]);
    expect((await eventsOf(ada.orgId)).map(({ kind, payload }) => ({ kind, payload }))).toMatchObject([
      { kind: 'backtest.finished' },
      { kind: 'notification.changed', payload: { userIds: [ada.userId] } },
      { kind: 'backtest.finished' },
    ]);
  });

  it('says why it failed', async () => {
    await endRun(crypto.randomUUID(), 'failed', LONG_WAIT + 1);
    expect((await list(ada)).notifications).toMatchObject([{ kind: 'run.failed', failure: 'It has no bars.' }]);
  });

  it('is not told after a short wait, nor to whoever cancelled', async () => {
    await endRun(crypto.randomUUID(), 'succeeded', LONG_WAIT);
    await endRun(crypto.randomUUID(), 'cancelled', 2 * LONG_WAIT);
    expect((await list(ada)).notifications).toEqual([]);
  });

  it('ends the run all the same when whoever asked has left the organisation', async () => {
    await asSystem(api.db, (tx) => tx.delete(memberships).where(sql`user_id = ${ben.userId}`));
    await endRun(crypto.randomUUID(), 'succeeded', LONG_WAIT + 1, ben.userId);
    expect((await eventsOf(ada.orgId)).map(({ kind }) => kind)).toEqual(['backtest.finished']);
  });

  it('is forgotten with its formula', async () => {
    await endRun(crypto.randomUUID(), 'succeeded', LONG_WAIT + 1);
    await asSystem(api.db, (tx) => tx.execute(sql`delete from bots where org_id = ${ada.orgId}`));
    await asSystem(api.db, (tx) => tx.execute(sql`delete from formulas where id = ${formulaId}`));
    expect(await list(ada)).toEqual({ unread: 0, notifications: [] });
  });
});

it('whoever made a bot is told that an error has stopped it, and not that its bars have ended', async () => {
  const halt = (botId: BotId, error: { userId: UserId; name: string; failure: string } | null) =>
    happen(async (wide) =>
      wide.as({ kind: 'bot', orgId: ada.orgId, botId }).happened('bot.halted', { botId, before: 'running', error }),
    );
  const botId = crypto.randomUUID();
  await halt(idOf('bot', crypto.randomUUID()), null);
  await halt(idOf('bot', botId), { userId: ada.userId, name: 'Nightly', failure: 'The feed is gone.' });
  expect((await list(ada)).notifications).toMatchObject([
    { kind: 'bot.stopped', botId, name: 'Nightly', failure: 'The feed is gone.' },
  ]);
});

it('whoever invited somebody is told that they have come', async () => {
  const { path } = await callAs(api.runtime, ada).team.invite({ role: 'viewer' });
  await openBrowser(api.runtime)
    .call()
    .session.register({
      name: 'Grace',
      email: `${crypto.randomUUID()}@test.example`,
      password: 'correct horse battery',
      invitation: path.replace('/join#', ''),
    });
  expect(await list(ada)).toMatchObject({
    unread: 1,
    notifications: [{ kind: 'invitation.accepted', role: 'viewer', actor: { name: 'Grace' } }],
  });
  await callAs(api.runtime, ada).notification.markRead('all');
  expect((await list(ada)).unread).toBe(0);
});

describe('channels', () => {
  it('get whoever is told just now, and add their jobs to the act, without a use-case that knows of them', async () => {
    const mailed: Notice[] = [];
    const added: string[] = [];
    const mail: Channel = (_orgId, told) => {
      mailed.push(...told);
      return { jobs: [async () => void added.push('mail')] };
    };
    const notice = (userId: UserId): Notice => ({
      kind: 'bot.stopped',
      userId,
      once: 'bot x stopped',
      facts: { botId: idOf('bot', 'x'), name: 'X', failure: 'Boom.' },
    });
    const tell = (...people: Person[]) =>
      withOrg(api.db, ada.orgId, (tx) =>
        record(
          tx,
          { from: NOWHERE, now: NOW },
          [
            {
              name: 'bot.halted',
              orgId: ada.orgId,
              by: { kind: 'stranger' },
              effects: {
                audit: { nothing: 'a test' },
                live: { nothing: 'a test' },
                notices: people.map(({ userId }) => notice(userId)),
              },
            },
          ],
          [mail],
        ),
      );
    const outside = await createMember(api.db, await createOrganisation(api.db), 'owner');
    await tell(ada, outside);
    await tell(ada, ben);
    await tell(ben);
    expect(mailed).toEqual([notice(ada.userId), notice(ben.userId)]);
    expect(added).toEqual(['mail', 'mail']);
  });
});

it('what is old is forgotten', async () => {
  const made = async (days: number) => {
    await endRun(crypto.randomUUID(), 'succeeded', LONG_WAIT + 1);
    await asSystem(api.db, (tx) =>
      tx.execute(
        sql`update ${notifications} set created_at = now() - ${days} * interval '1 day' where user_id = ${ada.userId}`,
      ),
    );
  };
  await made(179);
  await asSystem(api.db, (tx) => deleteOldNotifications(tx, 180));
  expect((await list(ada)).notifications).toHaveLength(1);
  await asSystem(api.db, async (tx) => {
    await tx.execute(
      sql`update ${notifications} set created_at = now() - interval '181 days' where user_id = ${ada.userId}`,
    );
    await deleteOldNotifications(tx, 180);
  });
  expect((await list(ada)).notifications).toEqual([]);
});
