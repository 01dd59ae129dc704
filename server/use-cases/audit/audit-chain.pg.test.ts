import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserId } from '#core/requests/ids.ts';
import { asSystem, openDatabase, withOrg, type OpenDatabase } from '#server/db/database.ts';
import { insertAudits } from '#server/db/queries/audit.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { noteCheckpoints } from './note-checkpoints.ts';
import { verifyChain } from './verify-audit.ts';

let database: TestDatabase;
/** Another server. */
let other: OpenDatabase;
let ada: Awaited<ReturnType<typeof createMember>>;
beforeAll(async () => {
  database = await createTestDatabase();
  other = openDatabase(database.urls, { max: 4 });
});
afterAll(async () => {
  await other.close();
  await database.close();
});
beforeEach(async () => {
  ada = await createMember(database.db, await createOrganisation(database.db), 'owner');
});

const entry = (text: string, actorId: UserId | null = ada.userId) => ({
  orgId: ada.orgId,
  actorKind: 'person' as const,
  actorId,
  action: 'formula.renamed',
  entity: 'formula',
  entityId: text,
  ip: '192.0.2.1',
  device: 'Firefox on Linux',
  requestId: 'r',
  session: 's',
  difference: { name: ['Über 1:2', text] as const, b: [null, { z: 1, a: [1.5, '"'] }] as const },
});
const write = (count: number, db = database.db): Promise<void> =>
  withOrg(db, ada.orgId, (tx) =>
    insertAudits(
      tx,
      Array.from({ length: count }, (_, n) => entry(`thing ${n}`)),
    ),
  );
const verify = () => verifyChain(database.db, ada.orgId);

/** What a superuser can do who wants nobody to see it. */
async function tamper(statement: string): Promise<void> {
  await database.asOwner('alter table audit_log disable trigger user');
  await database.asOwner(statement);
  await database.asOwner('alter table audit_log enable trigger user');
}

describe('the chain of the audit', () => {
  it('is whole, whatever the texts are, over more rows than are read at once', async () => {
    await write(1_203);
    expect(await verify()).toMatchObject({ rows: 1_203, erased: 0, older: 0, broken: null, head: { sequence: 1_203 } });
  });

  it('has each place once and none empty when two servers write at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => write(3, n % 2 === 0 ? database.db : other.db)));
    expect(await verify()).toMatchObject({ rows: 60, broken: null, head: { sequence: 60 } });
  });

  it('gives no place to an act that was taken back', async () => {
    await write(1);
    await withOrg(database.db, ada.orgId, async (tx) => {
      await insertAudits(tx, [entry('never')]);
      throw new Error('taken back');
    }).catch(() => undefined);
    await write(1);
    expect(await verify()).toMatchObject({ rows: 2, broken: null });
  });

  it('can be read and changed by no role but its owner', async () => {
    await write(1);
    const statements = [
      'select * from audit_chains',
      "update audit_chains set hash = ''",
      'delete from audit_checkpoints',
    ];
    for (const statement of statements)
      await expect(withOrg(database.db, ada.orgId, (tx) => tx.execute(statement))).rejects.toMatchObject({
        cause: { code: '42501' },
      });
    for (const statement of statements.slice(1))
      await expect(asSystem(database.db, (tx) => tx.execute(statement))).rejects.toMatchObject({
        cause: { code: '42501' },
      });
  });

  it.each([
    ['an action', "update audit_log set action = 'formula.archived'", /not what was written/],
    ['a time', "update audit_log set at = at - interval '1 day'", /not what was written/],
    ['a hash', "update audit_log set hash = repeat('0', 64)", /not what was written/],
    ['the actor', 'update audit_log set actor_id = null', /who did it/],
    ['an address', "update audit_log set ip = '192.0.2.9'", /who did it/],
    ['a difference', `update audit_log set difference = '{"name": ["a", "b"]}'`, /what changed/],
    ['an erased difference', `update audit_log set what_salt = null`, /what changed/],
    ['a place', 'update audit_log set sequence = null', /missing/],
    ['a row', 'delete from audit_log', /missing/],
  ])('names the first row where a superuser changed %s', async (_what, statement, why) => {
    await write(5);
    await tamper(`${statement} where org_id = '${ada.orgId}' and sequence in (3, 4)`);
    const { rows, broken } = await verify();
    expect([rows, broken?.sequence, broken?.why]).toEqual([2, 3, expect.stringMatching(why)]);
  });

  it('tells that its last rows are gone', async () => {
    await write(5);
    await tamper(`delete from audit_log where org_id = '${ada.orgId}' and sequence > 3`);
    expect((await verify()).broken).toMatchObject({ sequence: 4, why: 'a row is missing here' });
  });

  it('is compared with checkpoints: a superuser who writes all hashes anew is found by what was noted before', async () => {
    await write(3);
    const noted = (await verify()).head;
    await noteCheckpoints(database.db, new Date(), () => undefined);
    await database.asOwner('delete from audit_checkpoints');
    // Everything written once more, by the house's own trigger.
    await tamper(`delete from audit_log where org_id = '${ada.orgId}'`);
    await database.asOwner(`delete from audit_chains where id = '${ada.orgId}'`);
    await write(3);
    expect((await verify()).broken).toBeNull();
    expect((await verifyChain(database.db, ada.orgId, noted ? [noted] : [])).broken).toMatchObject({
      sequence: 3,
      why: expect.stringMatching(/noted/),
    });
  });

  it('begins at a checkpoint where the oldest rows were taken away by their retention', async () => {
    await write(3);
    await noteCheckpoints(database.db, new Date(), () => undefined);
    await write(2);
    await tamper(`delete from audit_log where org_id = '${ada.orgId}' and sequence <= 3`);
    expect(await verify()).toMatchObject({ rows: 2, broken: null });
    await tamper(`delete from audit_log where org_id = '${ada.orgId}' and sequence <= 4`);
    expect((await verify()).broken).toMatchObject({ sequence: 1 });
  });

  it('notes each place once, and tells it', async () => {
    await write(2);
    const told: string[] = [];
    const note = () =>
      noteCheckpoints(database.db, new Date(), ({ chain, sequence }) => void told.push(`${chain} ${sequence}`));
    await note();
    await note();
    await write(1);
    await note();
    expect(told.filter((one) => one.startsWith(ada.orgId))).toEqual([`${ada.orgId} 2`, `${ada.orgId} 3`]);
  });

  it('counts rows that are older than it, of which nothing can be said', async () => {
    await tamper(
      `insert into audit_log (org_id, action, entity, entity_id) values ('${ada.orgId}', 'old', 'old', 'old')`,
    );
    await write(2);
    expect(await verify()).toMatchObject({ rows: 2, older: 1, broken: null });
  });

  it('holds when a person is erased, and keeps nothing that names them', async () => {
    const ben = await createMember(database.db, ada.orgId, 'editor');
    await withOrg(database.db, ada.orgId, (tx) =>
      insertAudits(tx, [
        entry('by Ada'),
        entry('by Ben', ben.userId),
        { ...entry('invitation'), difference: { email: [null, ben.email.toUpperCase()] } },
        { ...entry(ben.userId), entity: 'member', difference: { name: ['x', 'y'] } },
        entry('by Ada again'),
      ]),
    );
    await asSystem(database.db, (tx) => tx.execute(sql`delete from users where id = ${ben.userId}`));
    expect(await verify()).toMatchObject({ rows: 5, erased: 3, broken: null });
    const kept = await asSystem(database.db, (tx) =>
      tx.execute<{ row: string }>(
        sql`select (to_jsonb(a) - 'entity_id')::text as row from audit_log a where org_id = ${ada.orgId} order by sequence`,
      ),
    );
    const texts = [...kept].map(({ row }) => row.toLowerCase());
    expect(texts.filter((row) => row.includes(ben.userId) || row.includes(ben.email))).toEqual([]);
    expect(texts.filter((row) => row.includes('192.0.2.1'))).toHaveLength(4);
  });

  it('goes with its organisation', async () => {
    await write(2);
    await asSystem(database.db, (tx) => tx.execute(sql`delete from organisations where id = ${ada.orgId}`));
    expect(await verify()).toMatchObject({ rows: 0, head: null, broken: null });
  });
});
