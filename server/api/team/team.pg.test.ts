import { readdir, readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { asSystem } from '#server/db/database.ts';
import { auditLog, invitations, memberships } from '#server/db/schema/index.ts';
import type { Role } from '#server/policies/permissions.ts';
import type { Person } from '#server/policies/principal.ts';
import { signIn } from '#server/realtime/testing/harness.ts';
import { callAs, openBrowser } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();
let owner: Person;
let admin: Person;
let editor: Person;

beforeEach(async () => {
  const orgId = await createOrganisation(api.db);
  owner = await createMember(api.db, orgId, 'owner');
  admin = await createMember(api.db, orgId, 'admin');
  editor = await createMember(api.db, orgId, 'editor');
});

const tokenOf = (path: string): string => path.replace('/join#', '');
const person = () => ({ name: 'New', email: `${crypto.randomUUID()}@test.example`, password: 'correct horse battery' });

/** Connections with which `work` is done right before their first transaction. */
function before<T extends { readonly transaction: (...given: never[]) => Promise<unknown> }>(
  connections: T,
  work: () => Promise<unknown>,
): T {
  let isDone = false;
  return new Proxy(connections, {
    get: (target, name, receiver) => {
      const value: unknown = Reflect.get(target, name, receiver);
      if (name !== 'transaction' || isDone) return value;
      isDone = true;
      return async (...given: never[]) => {
        await work();
        return target.transaction(...given);
      };
    },
  });
}

describe('an invitation', () => {
  it('brings somebody new into the organisation in its role', async () => {
    const { path } = await callAs(api.runtime, admin).team.invite({ role: 'editor' });
    const preview = await callAs(api.runtime, null).invitation.preview({ token: tokenOf(path) });
    expect(preview).toEqual({ organisation: 'Test organisation', role: 'editor', invitedBy: admin.name, email: null });
    const browser = openBrowser(api.runtime);
    await browser.call().session.register({ ...person(), invitation: tokenOf(path) });
    expect(await browser.call().session.me()).toMatchObject({ org: { id: owner.orgId }, role: 'editor' });
  });

  it('lets somebody with an account join, who then works there and can go back', async () => {
    const browser = openBrowser(api.runtime);
    await browser.call().session.register({ ...person(), organisation: 'Own' });
    const own = await browser.call().session.me();
    const { path } = await callAs(api.runtime, owner).team.invite({ role: 'viewer' });
    await browser.call().invitation.accept({ token: tokenOf(path) });
    expect(await browser.call().session.me()).toMatchObject({
      org: { id: owner.orgId },
      role: 'viewer',
      organisations: [{ id: owner.orgId }, { name: 'Own' }],
    });
    await browser.call().session.switch({ orgId: own?.org.id ?? '' });
    expect(await browser.call().session.me()).toMatchObject({ org: { name: 'Own' }, role: 'owner' });
    await expect(browser.call().session.switch({ orgId: await createOrganisation(api.db) })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('is kept as a hash only', async () => {
    const { id, path } = await callAs(api.runtime, owner).team.invite({ role: 'viewer' });
    const rows = await asSystem(api.db, (tx) =>
      tx
        .select()
        .from(invitations)
        .where(sql`id = ${id}`),
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(tokenOf(path));
  });

  it('works once, even when two accept it at the same moment', async () => {
    const { path } = await callAs(api.runtime, owner).team.invite({ role: 'viewer' });
    const register = () =>
      openBrowser(api.runtime)
        .call()
        .session.register({ ...person(), invitation: tokenOf(path) });
    const outcomes = await Promise.allSettled([register(), register(), register()]);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect((await callAs(api.runtime, owner).team.get()).members).toHaveLength(4);
  });

  it('keeps its use when a member opens it', async () => {
    const { path } = await callAs(api.runtime, owner).team.invite({ role: 'admin' });
    await callAs(api.runtime, editor).invitation.accept({ token: tokenOf(path) });
    const { members, invitations: open } = await callAs(api.runtime, owner).team.get();
    expect(members.find((member) => member.userId === editor.userId)?.role).toBe('editor');
    expect(open).toHaveLength(1);
  });

  it('does not work when withdrawn, expired or made up', async () => {
    const invite = () => callAs(api.runtime, owner).team.invite({ role: 'viewer' });
    const preview = (path: string) => callAs(api.runtime, null).invitation.preview({ token: tokenOf(path) });
    const withdrawn = await invite();
    await callAs(api.runtime, admin).team.revokeInvitation({ id: withdrawn.id });
    await expect(preview(withdrawn.path)).rejects.toThrow(/withdrawn/);
    const expired = await invite();
    await asSystem(api.db, (tx) =>
      tx
        .update(invitations)
        .set({ expiresAt: new Date(0) })
        .where(sql`id = ${expired.id}`),
    );
    await expect(preview(expired.path)).rejects.toThrow(/expired/);
    await expect(preview('/join#made-up')).rejects.toThrow(/does not exist/);
    expect((await callAs(api.runtime, owner).team.get()).invitations).toEqual([]);
  });

  it('for one address is for nobody else', async () => {
    const { path } = await callAs(api.runtime, owner).team.invite({ role: 'viewer', email: 'meant@test.example' });
    const register = (email: string) =>
      openBrowser(api.runtime)
        .call()
        .session.register({ ...person(), email, invitation: tokenOf(path) });
    await expect(register('other@test.example')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await register('Meant@test.example');
  });

  it('gives no more than the inviter has', async () => {
    await expect(callAs(api.runtime, admin).team.invite({ role: 'owner' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(callAs(api.runtime, editor).team.invite({ role: 'viewer' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('members', () => {
  it('change role at once, with a record of who did it', async () => {
    await callAs(api.runtime, admin).team.changeRole({ userId: editor.userId, role: 'viewer' });
    const { members } = await callAs(api.runtime, owner).team.get();
    expect(members.find((member) => member.userId === editor.userId)?.role).toBe('viewer');
    const log = await asSystem(api.db, (tx) =>
      tx
        .select()
        .from(auditLog)
        .where(sql`org_id = ${owner.orgId}`),
    );
    expect(log).toMatchObject([
      {
        actorId: admin.userId,
        action: 'member.role_changed',
        difference: { role: ['editor', 'viewer'] },
        ip: '192.0.2.1',
      },
    ]);
  });

  it('can not be raised above, or touched from below', async () => {
    const call = callAs(api.runtime, admin).team;
    await expect(call.changeRole({ userId: editor.userId, role: 'owner' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(call.changeRole({ userId: owner.userId, role: 'viewer' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(call.removeMember({ userId: owner.userId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('always include an owner, even when two owners leave each other at once', async () => {
    await expect(callAs(api.runtime, owner).team.changeRole({ userId: owner.userId, role: 'admin' })).rejects.toThrow(
      /needs an owner/,
    );
    await expect(callAs(api.runtime, owner).team.removeMember({ userId: owner.userId })).rejects.toThrow(
      /needs an owner/,
    );
    const second = await createMember(api.db, owner.orgId, 'owner');
    const outcomes = await Promise.allSettled([
      callAs(api.runtime, owner).team.removeMember({ userId: owner.userId }),
      callAs(api.runtime, second).team.removeMember({ userId: second.userId }),
    ]);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  });

  it('lose their sessions in the organisation when they are removed, and no others', async () => {
    const { path } = await callAs(api.runtime, owner).team.invite({ role: 'editor' });
    const account = person();
    const [inOwn, inTeam] = [openBrowser(api.runtime), openBrowser(api.runtime)];
    await inOwn.call().session.register({ ...account, organisation: 'Own' });
    await inTeam.call().session.signIn({ email: account.email, password: account.password, invitation: tokenOf(path) });
    const me = await inTeam.call().session.me();
    expect(me?.org.id).toBe(owner.orgId);
    await callAs(api.runtime, admin).team.removeMember({ userId: me?.user.id ?? '' });
    expect(await inTeam.call().session.me()).toBeNull();
    expect(await inOwn.call().session.me()).toMatchObject({ org: { name: 'Own' } });
  });

  it('who belong nowhere any more are told so at sign-in', async () => {
    const account = person();
    const browser = openBrowser(api.runtime);
    await browser.call().session.register({ ...account, organisation: 'Own' });
    const me = await browser.call().session.me();
    await asSystem(api.db, (tx) => tx.delete(memberships).where(sql`user_id = ${me?.user.id ?? ''}`));
    await expect(browser.call().session.signIn(account)).rejects.toThrow(/belongs to no organisation/);
  });
});

describe('rights are those of now', () => {
  const codes = (attempts: readonly Promise<unknown>[]) =>
    Promise.all(
      attempts.map((attempt) =>
        attempt.then(
          () => 'OK',
          (error: { code: string }) => error.code,
        ),
      ),
    );

  it('when two owners demote each other', async () => {
    const [second] = [
      await createMember(api.db, owner.orgId, 'owner'),
      await createMember(api.db, owner.orgId, 'owner'),
    ];
    const outcome = await codes([
      callAs(api.runtime, owner).team.changeRole({ userId: second.userId, role: 'viewer' }),
      callAs(api.runtime, second).team.changeRole({ userId: owner.userId, role: 'viewer' }),
    ]);
    expect(outcome.toSorted()).toEqual(['FORBIDDEN', 'OK']);
  });

  it.each([
    ['makes a link', (actor: Person) => callAs(api.runtime, actor).team.invite({ role: 'admin' })],
    [
      'changes a role',
      (actor: Person) => callAs(api.runtime, actor).team.changeRole({ userId: editor.userId, role: 'viewer' }),
    ],
    ['removes somebody', (actor: Person) => callAs(api.runtime, actor).team.removeMember({ userId: editor.userId })],
    [
      'withdraws a link',
      (actor: Person) => callAs(api.runtime, actor).team.revokeInvitation({ id: crypto.randomUUID() }),
    ],
    ['leaves', (actor: Person) => callAs(api.runtime, actor).team.leave()],
  ])('when somebody removed meanwhile %s', async (_what, act) => {
    await callAs(api.runtime, owner).team.removeMember({ userId: admin.userId });
    // `admin` is who they were when their request was let in.
    expect(await codes([act(admin)])).toEqual(['FORBIDDEN']);
  });

  it('in what a tab is told of its person, as of the event behind which its subscription begins', async () => {
    const viewer = await createMember(api.db, owner.orgId, 'viewer');
    const browser = openBrowser({
      ...api.runtime,
      db: { ...api.db, app: before(api.db.app, () => changeRole('editor')) },
    });
    browser.jar.set('alphaloom_session', await signIn(api.db, viewer));
    const changeRole = (role: Role) => callAs(api.runtime, owner).team.changeRole({ userId: viewer.userId, role });
    const me = await browser.call().session.me();
    expect(me).toMatchObject({ lastEventId: '1', role: 'editor', organisations: [{ role: 'editor' }] });
  });

  it('so a link ends with its maker’s membership or role', async () => {
    const link = async (role: 'viewer' | 'admin' = 'admin') =>
      tokenOf((await callAs(api.runtime, admin).team.invite({ role })).path);
    const opens = (token: string) => callAs(api.runtime, null).invitation.preview({ token });
    const demoted = await link();
    await callAs(api.runtime, owner).team.changeRole({ userId: admin.userId, role: 'viewer' });
    await expect(opens(demoted)).rejects.toThrow(/withdrawn/);
    await callAs(api.runtime, owner).team.changeRole({ userId: admin.userId, role: 'admin' });
    await expect(opens(demoted)).rejects.toThrow(/withdrawn/);
    const removed = await link('viewer');
    await callAs(api.runtime, owner).team.removeMember({ userId: admin.userId });
    await expect(
      openBrowser(api.runtime)
        .call()
        .session.register({ ...person(), invitation: removed }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await callAs(api.runtime, owner).team.get()).invitations).toEqual([]);
  });

  it('so a link gives no more than its maker has, even one that nobody withdrew', async () => {
    const second = await createMember(api.db, owner.orgId, 'owner');
    const { path } = await callAs(api.runtime, second).team.invite({ role: 'owner' });
    await asSystem(api.db, (tx) =>
      tx
        .update(memberships)
        .set({ role: 'admin' })
        .where(sql`user_id = ${second.userId}`),
    );
    expect(await callAs(api.runtime, null).invitation.preview({ token: tokenOf(path) })).toMatchObject({
      role: 'admin',
    });
    const browser = openBrowser(api.runtime);
    await browser.call().session.register({ ...person(), invitation: tokenOf(path) });
    expect(await browser.call().session.me()).toMatchObject({ role: 'admin' });
  });

  it('so a member leaves by themselves, and the last owner does not', async () => {
    await callAs(api.runtime, editor).team.leave();
    expect((await callAs(api.runtime, owner).team.get()).members.map(({ userId }) => userId)).not.toContain(
      editor.userId,
    );
    await expect(callAs(api.runtime, owner).team.leave()).rejects.toThrow(/needs an owner/);
  });

  it('so events end at sign-out and when the session ends, with no event before', async () => {
    const browser = openBrowser(api.runtime);
    await browser.call().session.register({ ...person(), organisation: 'Own' });
    const follow = async () => (await browser.call().live.events())[Symbol.asyncIterator]().next();
    const bySignOut = follow();
    const refused = expect(bySignOut).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    await browser.call().session.signOut();
    await refused;
    const account = person();
    await browser.call().session.register({ ...account, organisation: 'Own' });
    await asSystem(api.db, (tx) =>
      tx.execute(
        sql`update sessions set expires_at = now() + interval '900 milliseconds', absolute_expires_at = now() + interval '900 milliseconds'`,
      ),
    );
    await expect(follow()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });
});

describe('the lock of an organisation', () => {
  it('is taken through act, which looks at the role again', async () => {
    const folder = new URL('../../', import.meta.url);
    const files = (await readdir(folder, { recursive: true })).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
    );
    const taking = await Promise.all(
      files.map(async (file) =>
        (await readFile(new URL(file, folder), 'utf8')).includes('lockOrganisation(') ? file : null,
      ),
    );
    // An invitation is accepted by somebody who has no role yet.
    expect(taking.filter((file) => file !== null).toSorted()).toEqual([
      'db/queries/organisations.ts',
      'use-cases/act/act.ts',
      'use-cases/team/invitation.ts',
    ]);
  });
});
