import { TRPCError } from '@trpc/server';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OrgId, UserId } from '#core/requests/ids.ts';
import { asSystem } from '#server/db/database.ts';
import { PERMISSIONS, roleMay, ROLES, type Permission } from '#server/policies/permissions.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs, openBrowser, type Caller } from '#server/testing/api.ts';
import { fillNewest } from '#server/testing/fill-rest.ts';
import { fillOrganisation, inputsAbout, type Filled } from '#server/testing/organisation.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { appRouter } from './router.ts';

const procedures = Object.entries(appRouter._def.procedures).map(([path, procedure]) => ({
  path,
  access: accessOf(procedure),
  type: typeOf(procedure),
}));
const ofOrganisation = procedures.filter((procedure): procedure is typeof procedure & { access: Permission } =>
  isPermission(procedure.access),
);

function isPermission(access: unknown): access is Permission {
  return PERMISSIONS.some((permission) => permission === access);
}

function accessOf(procedure: unknown): unknown {
  const { _def } = procedure as { _def: { meta?: { access?: unknown } } };
  return _def.meta?.access;
}

function typeOf(procedure: unknown): unknown {
  return (procedure as { _def: { type: unknown } })._def.type;
}

const api = testApi();
let filled: Filled;
const members = new Map<string, Person>();
let foreignOwner: Person;
/** Looks after the installation, and is a viewer of the organisation. */
let platformAdmin: Person;
const ofPlatform = procedures.filter(({ access }) => access === 'platform');
const ofAnybody = procedures.filter(({ access }) => access !== 'public');

beforeAll(async () => {
  const orgId = await createOrganisation(api.db);
  for (const role of ROLES) members.set(role, await createMember(api.db, orgId, role));
  filled = await fillOrganisation(api.db, orgId);
  await fillNewest(api.db, filled);
  platformAdmin = { ...(await createMember(api.db, orgId, 'viewer')), isPlatformAdmin: true };
  foreignOwner = await createMember(api.db, await createOrganisation(api.db, 'Another'), 'owner');
});

/** Calls a procedure by its path. The input is checked after the permission, so `undefined` does to see a refusal. */
const call = (actor: Person | null, path: string, input?: unknown): Promise<unknown> =>
  callBy(callAs(api.runtime, actor), path, input);

async function callBy(caller: Caller, path: string, input?: unknown): Promise<unknown> {
  const step = (target: unknown, key: string): unknown => Reflect.get(Object(target), key);
  const procedure = path.split('.').reduce(step, caller as unknown) as (input: unknown) => Promise<unknown>;
  const result = await procedure(input);
  // A subscription checks before it gives its first event.
  if (result !== null && typeof result === 'object' && Symbol.asyncIterator in result) {
    const iterator = (result as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    await iterator.return?.();
  }
  return result;
}

const codeOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'OK',
    (error: unknown) => (error instanceof TRPCError ? error.code : `not coded: ${String(error)}`),
  );

/** Everything an organisation has, to see that nothing changed. */
const dump = (orgId: OrgId) =>
  asSystem(api.db, async (tx) => {
    const tables = [
      'memberships',
      'invitations',
      'formulas',
      'formula_snapshots',
      'formula_updates',
      'versions',
      'markets',
      'bar_chunks',
      'backtests',
      'bots',
      'signals',
      'comment_threads',
      'comments',
      'notifications',
      'reviews',
      'reviewers',
      'review_verdicts',
      'publications',
      'publication_policies',
    ];
    const rows = await Promise.all(
      tables.map((table) => tx.execute(`select * from ${table} where org_id = '${orgId}' order by 1, 2`)),
    );
    return JSON.stringify(rows);
  });

describe('access', () => {
  it('is declared by every procedure', () => {
    const undeclared = procedures.filter(
      ({ access }) => access !== 'public' && access !== 'signed-in' && access !== 'platform' && !isPermission(access),
    );
    expect(undeclared).toEqual([]);
    expect(ofOrganisation.length).toBeGreaterThan(10);
  });

  it('is public only where somebody signs in, is invited or looks at prices', () => {
    expect(
      procedures
        .filter(({ access }) => access === 'public')
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual([
      'billing.plans',
      'invitation.preview',
      'session.agreeToAddress',
      'session.checkReset',
      'session.demo',
      'session.forgot',
      'session.me',
      'session.passkey',
      'session.register',
      'session.reset',
      'session.secondFactor',
      'session.signIn',
      'session.signInByPasskey',
      'session.verify',
    ]);
  });

  it('needs more than reading for everything that changes something', () => {
    const lax = procedures.filter(({ type, access }) => type === 'mutation' && access === 'org.read');
    expect(lax).toEqual([]);
  });

  it.each(procedures.filter(({ access }) => access !== 'public'))(
    'to $path is refused to strangers',
    async ({ path }) => {
      expect(await codeOf(call(null, path))).toBe('UNAUTHORIZED');
    },
  );

  it.each(ofOrganisation)('to $path takes the permission $access', async ({ path, access }) => {
    for (const role of ROLES) {
      const code = codeOf(call(members.get(role) ?? null, path));
      if (roleMay(role, access)) expect(await code, role).not.toBe('FORBIDDEN');
      else expect(await code, role).toBe('FORBIDDEN');
    }
  });

  it.each(ofOrganisation)('to $path is of no use to the owner of another organisation', async ({ path }) => {
    const about = inputsAbout(filled)[path];
    if (about === undefined)
      throw new Error(
        `Say in server/testing/organisation.ts what ${path} needs to reach the other organisation, or that it names nothing there (null).`,
      );
    const before = await dump(filled.orgId);
    if (about === null) {
      const result = await call(foreignOwner, path, undefined).catch((error: unknown) => error);
      expect(JSON.stringify(result) ?? '').not.toContain(filled.mark);
    } else {
      expect(await codeOf(call(foreignOwner, path, about))).toBe('NOT_FOUND');
    }
    expect(await dump(filled.orgId)).toBe(before);
  });

  it.each(ofPlatform)('to $path takes who looks after the installation, whatever their role', async ({ path }) => {
    for (const role of ROLES) expect(await codeOf(call(members.get(role) ?? null, path)), role).toBe('FORBIDDEN');
    expect(await codeOf(call(platformAdmin, path))).not.toMatch('FORBIDDEN');
  });

  it.each(ofOrganisation)('to $path is no other for who looks after the installation', async ({ path, access }) => {
    const code = await codeOf(call(platformAdmin, path));
    if (roleMay('viewer', access)) expect(code).not.toBe('FORBIDDEN');
    else expect(code).toBe('FORBIDDEN');
  });
});

describe('access by a session', () => {
  const PASSWORD = 'a long enough phrase of words';
  const openSession = async () => {
    const browser = openBrowser(api.runtime);
    const email = `${crypto.randomUUID()}@test.example`;
    await browser.call().session.register({ name: 'Ida', email, password: PASSWORD, organisation: 'Ida Capital' });
    return { browser, me: (await browser.call().session.me()) ?? expect.fail('signed in') };
  };

  it.each([
    ['of a suspended person', (userId: UserId) => sql`update users set suspended_at = now() where id = ${userId}`],
    ['that has ended', (userId: UserId) => sql`delete from sessions where user_id = ${userId}`],
    ['of a removed member', (userId: UserId) => sql`delete from memberships where user_id = ${userId}`],
    [
      'that is older than the organisation allows',
      (userId: UserId) => sql`with aged as (
          update sessions set created_at = now() - interval '2 hours' where user_id = ${userId} returning org_id)
        insert into access_policies (org_id, session_hours, updated_at) select org_id, 1, now() from aged`,
    ],
  ])('%s opens nothing', async (_how, end) => {
    const { browser, me } = await openSession();
    await asSystem(api.db, (tx) => tx.execute(end(me.user.id)));
    for (const { path } of ofAnybody) expect(await codeOf(callBy(browser.call(), path)), path).toBe('UNAUTHORIZED');
  });

  it('of a member who works in their other organisation reaches nothing of the first', async () => {
    const { browser, me } = await openSession();
    await asSystem(api.db, (tx) =>
      tx.execute(sql`insert into memberships (org_id, user_id, role) values (${filled.orgId}, ${me.user.id}, 'owner')`),
    );
    const before = await dump(filled.orgId);
    for (const [path, about] of Object.entries(inputsAbout(filled))) {
      if (about === null) continue;
      expect(await codeOf(callBy(browser.call(), path, about)), path).toBe('NOT_FOUND');
    }
    expect(await dump(filled.orgId)).toBe(before);
    await browser.call().session.switch({ orgId: filled.orgId });
    expect(await browser.call().formula.get({ id: filled.formulaId })).toMatchObject({ name: filled.mark });
  });
});
