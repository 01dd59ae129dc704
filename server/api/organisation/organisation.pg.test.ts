import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { asSystem } from '#server/db/database.ts';
import { callAs, openBrowser } from '#server/testing/api.ts';
import { listOwed } from '#server/testing/letters.ts';
import { createMember } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { deleteDueOrganisations } from '#server/use-cases/team/delete-organisation.ts';

const api = testApi();
const PASSWORD = 'a long enough phrase of words';

const register = async (name: string) => {
  const browser = openBrowser(api.runtime);
  const email = `${crypto.randomUUID()}@test.example`;
  await browser.call().session.register({ name, email, password: PASSWORD, organisation: `${name} Capital` });
  return { browser, email, me: () => browser.call().session.me() };
};
let ada: Awaited<ReturnType<typeof register>>;
let first: NonNullable<Awaited<ReturnType<typeof ada.me>>>;
beforeEach(async () => {
  ada = await register('Ada');
  first = (await ada.me()) ?? expect.fail('signed in');
});

const ben = async () => {
  const member = await createMember(api.db, first.org.id, 'editor');
  return { ...member, call: () => callAs(api.runtime, member) };
};
const audit = async () => (await ada.browser.call().audit.list()).map(({ action }) => action);

describe('a person with several organisations', () => {
  it('makes one, works in it, and finds things of the other by their links', async () => {
    const { id } = await ada.browser.call().formula.create({ name: 'Momentum' });
    const { orgId } = await ada.browser.call().organisation.create({ name: 'Ada Private' });
    const me = await ada.me();
    expect(me).toMatchObject({ org: { id: orgId, name: 'Ada Private' }, role: 'owner' });
    expect(me?.organisations.map(({ name }) => name).toSorted()).toEqual(['Ada Capital', 'Ada Private']);
    await expect(ada.browser.call().formula.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await ada.browser.call().session.locate({ kind: 'formulas', id })).toEqual({ orgId: first.org.id });
    await ada.browser.call().session.switch({ orgId: first.org.id });
    expect(await ada.browser.call().formula.get({ id })).toMatchObject({ name: 'Momentum' });
  });

  it('is told nothing of things in organisations of others', async () => {
    const { id } = await ada.browser.call().formula.create({ name: 'Momentum' });
    const grace = await register('Grace');
    expect(await grace.browser.call().session.locate({ kind: 'formulas', id })).toEqual({ orgId: null });
    await expect(grace.browser.call().session.switch({ orgId: first.org.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('can own no more than a person may', async () => {
    for (let n = 1; n < 10; n++) await ada.browser.call().organisation.create({ name: `Number ${n}` });
    await expect(ada.browser.call().organisation.create({ name: 'One more' })).rejects.toThrow('may own 10');
  });
});

describe('an owner', () => {
  it('renames the organisation', async () => {
    await ada.browser.call().organisation.rename({ name: 'Lovelace' });
    expect((await ada.me())?.org.name).toBe('Lovelace');
    expect(await audit()).toContain('organisation.renamed');
  });

  it('hands it over, and both are told, also by letter', async () => {
    const member = await ben();
    const { organisation } = ada.browser.call();
    await organisation.transfer({ userId: member.userId });
    expect((await ada.me())?.role).toBe('admin');
    const roles = (await ada.browser.call().team.get()).members.map(({ userId, role }) => [userId, role]);
    expect(roles).toContainEqual([member.userId, 'owner']);
    expect((await ada.browser.call().notification.list()).notifications).toMatchObject([
      { kind: 'ownership.given', actor: { id: member.userId } },
    ]);
    const told = await callAs(api.runtime, { ...member, role: 'owner' }).notification.list();
    expect(told.notifications).toMatchObject([{ kind: 'ownership.received', actor: { id: first.user.id } }]);
    await expect(ada.browser.call().organisation.transfer({ userId: member.userId })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await audit()).toContain('organisation.transferred');
    const sent = await asSystem(api.db, (tx) =>
      tx.execute(sql`select kind, address from letters where org_id = ${first.org.id} order by kind`),
    );
    expect([...sent]).toEqual([
      { kind: 'ownership-given', address: ada.email },
      { kind: 'ownership-received', address: member.email },
    ]);
  });

  it('hands it over to members alone, and only once of two times at once', async () => {
    const [one, two] = [await ben(), await ben()];
    const stranger = await register('Grace');
    const graceId = (await stranger.me())?.user.id ?? expect.fail('signed in');
    const { organisation } = ada.browser.call();
    await expect(organisation.transfer({ userId: graceId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const done = await Promise.allSettled(
      [one, two].map(({ userId }) => ada.browser.call().organisation.transfer({ userId })),
    );
    expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const { members } = await ada.browser.call().team.get();
    expect(members.filter(({ role }) => role === 'owner')).toHaveLength(1);
  });

  it('has it deleted after a time in which it can be kept', async () => {
    const { organisation } = ada.browser.call();
    await expect(organisation.delete({ name: 'Ada Capitol' })).rejects.toThrow('not the name');
    const { deleteAfter } = await organisation.delete({ name: 'Ada Capital' });
    expect(deleteAfter - Date.now()).toBeGreaterThan(13 * 86_400_000);
    expect((await ada.me())?.deleteAfter).toBe(deleteAfter);
    await ada.browser.call().organisation.keep();
    expect((await ada.me())?.deleteAfter).toBeNull();
    await deleteDueOrganisations(api.db, new Date(deleteAfter));
    expect((await ada.me())?.org.id).toBe(first.org.id);
    expect((await audit()).filter((action) => action === 'organisation.deletion')).toHaveLength(2);
  });

  it('finds it gone when its time has come, with all that it had and nobody inside', async () => {
    await ada.browser.call().formula.create({ name: 'Momentum' });
    const { deleteAfter } = await ada.browser.call().organisation.delete({ name: 'Ada Capital' });
    await deleteDueOrganisations(api.db, new Date(deleteAfter - 1));
    expect(await ada.me()).not.toBeNull();
    await deleteDueOrganisations(api.db, new Date(deleteAfter));
    expect(await ada.me()).toBeNull();
    const left = await asSystem(api.db, (tx) =>
      tx.execute(sql`select from formulas where org_id = ${first.org.id}
        union all select from audit_log where org_id = ${first.org.id}
        union all select from audit_chains where id = ${first.org.id}`),
    );
    expect(left).toHaveLength(0);
    const [kept] = await asSystem(api.db, (tx) =>
      tx.execute(
        sql`select actor_name, entity_id from audit_log where org_id is null and action = 'organisation.deleted'`,
      ),
    );
    expect(kept).toMatchObject({ actor_name: 'delete-organisations', entity_id: first.org.id });
  });
});

describe('what can not be undone', () => {
  it('asks anew who it is after some minutes', async () => {
    await asSystem(api.db, (tx) => tx.execute(sql`update sessions set stepped_up_at = now() - interval '6 minutes'`));
    const member = await ben();
    const { organisation } = ada.browser.call();
    const refused = { cause: expect.objectContaining({ code: 'STEP_UP' }) };
    await expect(organisation.transfer({ userId: member.userId })).rejects.toMatchObject(refused);
    await expect(organisation.delete({ name: 'Ada Capital' })).rejects.toMatchObject(refused);
  });
});

describe('an invitation by letter', () => {
  it('has a link of its own, which works once, for its address alone', async () => {
    const email = `${crypto.randomUUID()}@test.example`;
    const { team } = ada.browser.call();
    await expect(team.invite({ role: 'editor', letter: true })).rejects.toThrow('Give the address');
    await team.invite({ role: 'editor', email, letter: true });
    const [letter] = await listOwed(api, email);
    expect(letter?.text).toContain('Ada invites you');
    const token = letter?.token ?? '';
    expect(token).toHaveLength(43);
    const grace = openBrowser(api.runtime);
    const account = { name: 'Grace', password: PASSWORD, invitation: token };
    await expect(grace.call().session.register({ ...account, email: `x${email}` })).rejects.toThrow('another address');
    await grace.call().session.register({ ...account, email });
    expect(await grace.call().session.me()).toMatchObject({ org: { name: 'Ada Capital' }, role: 'editor' });
    await expect(grace.call().invitation.preview({ token })).rejects.toThrow('used already');
  });
});

describe('the length of sessions', () => {
  it('ends what is open for longer, and leaves the others', async () => {
    const elsewhere = openBrowser(api.runtime);
    await elsewhere.call().session.signIn({ email: ada.email, password: PASSWORD });
    const old = sql`update sessions set created_at = now() - interval '2 hours'
      where user_id = ${first.user.id} and created_at = (select min(created_at) from sessions where user_id = ${first.user.id})`;
    await asSystem(api.db, (tx) => tx.execute(old));
    expect(await ada.me()).not.toBeNull();
    await elsewhere.call().policy.setAccess({ sessionHours: 1 });
    expect(await ada.me()).toBeNull();
    expect(await elsewhere.call().session.me()).toMatchObject({ org: { id: first.org.id } });
    expect(await elsewhere.call().policy.access()).toEqual({ sessionHours: 1 });
  });

  it('is set by admins', async () => {
    const member = await ben();
    await expect(member.call().policy.setAccess({ sessionHours: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(ada.browser.call().policy.setAccess({ sessionHours: 0 })).rejects.toThrow('an hour');
  });
});
