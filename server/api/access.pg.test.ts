import { TRPCError } from '@trpc/server';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OrgId } from '#core/requests/ids.ts';
import { asSystem } from '#server/db/database.ts';
import { PERMISSIONS, roleMay, ROLES, type Permission } from '#server/policies/permissions.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs } from '#server/testing/api.ts';
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

beforeAll(async () => {
  const orgId = await createOrganisation(api.db);
  for (const role of ROLES) members.set(role, await createMember(api.db, orgId, role));
  filled = await fillOrganisation(api.db, orgId);
  await fillNewest(api.db, filled);
  foreignOwner = await createMember(api.db, await createOrganisation(api.db, 'Another'), 'owner');
});

/** Calls a procedure by its path. The input is checked after the permission, so `undefined` does to see a refusal. */
async function call(actor: Person | null, path: string, input?: unknown): Promise<unknown> {
  const step = (target: unknown, key: string): unknown => Reflect.get(Object(target), key);
  const procedure = path.split('.').reduce(step, callAs(api.runtime, actor) as unknown) as (
    input: unknown,
  ) => Promise<unknown>;
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
      ({ access }) => access !== 'public' && access !== 'signed-in' && !isPermission(access),
    );
    expect(undeclared).toEqual([]);
    expect(ofOrganisation.length).toBeGreaterThan(10);
  });

  it('is public only where somebody signs in or is invited', () => {
    expect(
      procedures
        .filter(({ access }) => access === 'public')
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual([
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
});
