import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { idOf, type OrgId } from '#core/requests/ids.ts';
import { askHere } from '#server/compute/formula-threads.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { listEventsAfter } from '#server/db/queries/events.ts';
import { updateRole } from '#server/db/queries/organisations.ts';
import { auditLog, formulas } from '#server/db/schema/index.ts';
import type { Person, Principal } from '#server/policies/principal.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { NOWHERE, type Caller } from '../context.ts';
import { act, actAcross, type Unit } from './act.ts';
import { read, readAcross } from './read.ts';
import { freely, underLock } from './right.ts';

const api = testApi();
const ANY = freely('a test');
let orgId: OrgId;

beforeEach(async () => {
  orgId = await createOrganisation(api.db);
});

const callerOf = <P extends Principal>(principal: P): Caller<P> => ({
  db: api.db,
  now: new Date(0),
  from: NOWHERE,
  principal,
});
const system = () => callerOf({ kind: 'system', task: 'test', orgId });
const rename = ({ tx }: Pick<Unit, 'tx'>) => tx.insert(formulas).values({ orgId, name: 'Made' });
const made = () => asSystem(api.db, (tx) => tx.$count(formulas, sql`org_id = ${orgId}`));
const audits = () =>
  asSystem(api.db, (tx) =>
    tx
      .select()
      .from(auditLog)
      .where(sql`org_id = ${orgId}`),
  );
const events = () => withOrg(api.db, orgId, (tx) => listEventsAfter(tx, orgId, 0, 100));
const id = crypto.randomUUID();

describe('an act', () => {
  it('is taken back when it ends without a word of what happened', async () => {
    await expect(act(system(), ANY, rename)).rejects.toThrow(/without a word/);
    await expect(actAcross(system(), ANY, rename)).rejects.toThrow(/without a word/);
    expect(await made()).toBe(0);
  });

  it('writes what follows with the change, and nothing of it when the change fails', async () => {
    const work = async (unit: Unit) => {
      await rename(unit);
      unit.happened('formula.created', { formulaId: idOf('formula', id), name: 'Made' });
    };
    await expect(
      act(system(), ANY, async (unit) => {
        await work(unit);
        throw new Error('later');
      }),
    ).rejects.toThrow('later');
    expect([await made(), await audits(), await events()]).toEqual([0, [], []]);
    await act(system(), ANY, work);
    expect(await made()).toBe(1);
    expect(await audits()).toMatchObject([{ action: 'formula.created', entityId: id }]);
    expect(await events()).toMatchObject([{ sequence: 1, kind: 'formula.changed', payload: { formulaId: id } }]);
  });

  it('holds the lock of the organisation’s events for its last statement alone', async () => {
    const [said, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const meanwhile = act(system(), ANY, async (unit) => {
      unit.happened('market.removed', { marketId: idOf('market', id), symbol: 'A' });
      said.resolve();
      await done.promise;
    });
    await said.promise;
    // Another act begins and ends while this one is at work: it would wait for ever if the event were appended when it
    // is said.
    await act(system(), ANY, async ({ happened }) =>
      happened('market.removed', { marketId: idOf('market', id), symbol: 'B' }),
    );
    done.resolve();
    await meanwhile;
    expect((await events()).map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('begins no other act, and waits for no thread, with its connection in hand', async () => {
    const within = (work: () => Promise<unknown>) => act(system(), ANY, work);
    await expect(within(() => act(system(), ANY, async ({ nothingHappened }) => nothingHappened()))).rejects.toThrow(
      'a connection of an organisation is waited for within a transaction',
    );
    await expect(within(() => askHere(orgId, 'feeds', { json: '{}' }))).rejects.toThrow(
      'the thread of formulas is waited for within a transaction',
    );
  });

  it('gives its events sequences without a gap, and says the same news once', async () => {
    await act(system(), ANY, async ({ happened }) => {
      happened('invitation.revoked', { id: idOf('invitation', id) });
      happened('invitation.revoked', { id: idOf('invitation', crypto.randomUUID()) });
      happened('market.removed', { marketId: idOf('market', id), symbol: 'A' });
    });
    await act(system(), ANY, async ({ happened }) => happened('invitation.revoked', { id: idOf('invitation', id) }));
    expect((await events()).map(({ sequence, kind }) => [sequence, kind])).toEqual([
      [1, 'team.changed'],
      [2, 'market.changed'],
      [3, 'team.changed'],
    ]);
    expect(await audits()).toHaveLength(4);
  });

  it('is refused before its work begins', async () => {
    const viewer = await createMember(api.db, orgId, 'viewer');
    let began = false;
    const attempt = act(callerOf(viewer), 'formula.edit', async () => {
      began = true;
    });
    await expect(attempt).rejects.toThrow(/takes editor/);
    expect(began).toBe(false);
  });

  it('of managing the team has the role of now, under the lock under which roles change', async () => {
    const admin = await createMember(api.db, orgId, 'admin');
    await withOrg(api.db, orgId, (tx) => updateRole(tx, orgId, admin.userId, 'viewer'));
    const work = async ({ nothingHappened }: Unit) => nothingHappened();
    await expect(act(callerOf(admin), 'team.manage', work)).rejects.toThrow(/viewer/);
    await expect(act(callerOf(admin), underLock('formula.edit'), work)).rejects.toThrow(/viewer/);
  });
});

describe('the audit', () => {
  it('says which kind of principal acted, and which one', async () => {
    const ada = await createMember(api.db, orgId, 'editor');
    const principals: readonly Principal[] = [
      ada,
      { kind: 'key', keyId: 'key-1', orgId, madeBy: ada.userId, permissions: ['org.read'] },
      { kind: 'bot', botId: idOf('bot', 'bot-1'), orgId },
      { kind: 'system', task: 'prune', orgId },
    ];
    for (const principal of principals)
      await act(callerOf(principal), 'org.read', async ({ happened }) =>
        happened('formula.downloaded', { formulaId: idOf('formula', id) }),
      );
    await actAcross(system(), ANY, async (unit) => {
      unit.happenedIn(orgId, { kind: 'stranger' }, 'session.failed', { userId: ada.userId });
    });
    expect((await audits()).map(({ actorKind, actorId, actorName }) => [actorKind, actorId, actorName])).toEqual([
      ['person', ada.userId, null],
      ['key', ada.userId, 'key-1'],
      ['bot', null, 'bot-1'],
      ['system', null, 'prune'],
      ['stranger', null, null],
    ]);
  });
});

describe('a read', () => {
  it('can change nothing, whatever its code does', async () => {
    await expect(read(system(), 'org.read', (tx) => rename({ tx }))).rejects.toThrow();
    await expect(readAcross(api.db, ANY, (tx) => rename({ tx }))).rejects.toThrow();
    expect(await made()).toBe(0);
    // The connection goes back to the pool as it was.
    await act(system(), ANY, async (unit) => {
      await rename(unit);
      unit.nothingHappened();
    });
    expect(await made()).toBe(1);
  });
});

describe('who asked by a request', () => {
  const asking = async (looks: (now: Person) => readonly (Person | null)[]) => {
    const principal = await createMember(api.db, orgId, 'editor');
    const left = [...looks(principal)];
    return { ...callerOf(principal), current: async () => left.shift() ?? null };
  };
  const create = async (unit: Unit): Promise<void> => {
    await rename(unit);
    unit.happened('formula.created', { formulaId: idOf('formula', id), name: 'Made' });
  };

  it('acts while their session lasts', async () => {
    await act(await asking((now) => [now, now]), 'formula.edit', create);
    expect(await made()).toBe(1);
  });

  it('does nothing once their session has ended, their role is another, or they work elsewhere', async () => {
    const work = vi.fn(create);
    await expect(act(await asking(() => []), 'formula.edit', work)).rejects.toThrow(/session has ended/);
    const lesser = await asking((now) => [{ ...now, role: 'viewer' }]);
    await expect(act(lesser, 'formula.edit', work)).rejects.toThrow(/role \(viewer\)/);
    const elsewhere = await asking((now) => [{ ...now, orgId: idOf('organisation', id) }]);
    await expect(act(elsewhere, 'formula.edit', work)).rejects.toThrow(/another organisation/);
    expect(work).not.toHaveBeenCalled();
    await expect(read(await asking(() => []), 'org.read', async () => 'seen')).rejects.toThrow(/session has ended/);
  });

  it('has what they did taken back when they lost the right before the commit', async () => {
    const lesser = await asking((now) => [now, { ...now, role: 'viewer' }]);
    await expect(act(lesser, 'formula.edit', create)).rejects.toThrow(/role \(viewer\)/);
    await expect(act(await asking((now) => [now]), ANY, create)).rejects.toThrow(/session has ended/);
    expect(await made()).toBe(0);
  });
});
