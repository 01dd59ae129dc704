import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { listTables, REFUSED, twoOrganisations, type Table } from '#server/testing/two-organisations.ts';
import { asSystem, type Tx } from '../database.ts';

const two = twoOrganisations();
let tables: readonly Table[];
beforeAll(async () => {
  tables = await listTables(two.database);
});

const name = (text: string) => sql.raw(`"${text}"`);

const read = (org: string | null, { name: table, readable }: Table) =>
  two.attempt(org, async (tx) => [
    ...(await tx.execute<Record<string, unknown>>(
      sql`select ${readable.length === 0 ? sql`1` : sql.join(readable.map(name), sql`, `)} from ${name(table)}`,
    )),
  ]);

describe('the role of the app', () => {
  it.each([
    ['none', null],
    ['an empty one', ''],
    ['the system’s', 'system'],
    ['one that is not there', crypto.randomUUID()],
  ])('reads no row of any table for an organisation such as %s', async (_, org) => {
    const seen: string[] = [];
    for (const table of tables) {
      const rows = await read(org, table);
      if (rows !== REFUSED && rows.length > 0) seen.push(table.name);
    }
    // What the installation has set concerns everybody, and names nobody.
    expect(seen.filter((name) => name !== 'installation')).toEqual([]);
  });

  it('fails with an organisation that is no id', async () => {
    await expect(two.attempt("' or true --", (tx) => tx.execute(sql`select id from formulas`))).rejects.toMatchObject({
      cause: { code: '22P02' },
    });
  });

  it('reads of each table the rows of its organisation, and only them', async () => {
    const leaks: string[] = [];
    const empty: string[] = [];
    for (const table of tables) {
      const rows = await read(two.a.orgId, table);
      if (rows === REFUSED) continue;
      if (rows.length === 0) empty.push(table.name);
      const text = JSON.stringify(rows);
      if (text.includes(two.b.orgId) || text.includes(two.b.mark) || text.includes(two.b.userId))
        leaks.push(table.name);
      if (table.ofOrg !== null && rows.some((row) => row[table.ofOrg ?? ''] !== two.a.orgId)) leaks.push(table.name);
    }
    expect(leaks).toEqual([]);
    // Otherwise nothing was shown.
    expect(empty).toEqual([]);
  });

  it('neither changes nor deletes a row of another organisation, nor gives one away, in any table', async () => {
    const done: string[] = [];
    let tried = 0;
    for (const { name: table, ofOrg, changeable } of tables) {
      const others = ofOrg === null ? sql`true` : sql`${name(ofOrg)} <> ${two.a.orgId}::uuid`;
      const note = async (what: string, work: (tx: Tx) => Promise<{ count: number }>): Promise<void> => {
        tried += 1;
        const result = await two.attempt(two.a.orgId, work);
        if (result !== REFUSED && result.count > 0) done.push(`${what} ${table}`);
      };
      const [column = ofOrg ?? 'id'] = changeable;
      await note('delete from', (tx) => tx.execute(sql`delete from ${name(table)} where ${others}`));
      if (changeable.length > 0)
        await note('update', (tx) =>
          tx.execute(sql`update ${name(table)} set ${name(column)} = ${name(column)} where ${others}`),
        );
      if (ofOrg !== null)
        await note('give away', (tx) =>
          tx.execute(
            sql`update ${name(table)} set ${name(ofOrg)} = ${two.b.orgId}::uuid where ${name(ofOrg)} = ${two.a.orgId}::uuid`,
          ),
        );
    }
    expect(done).toEqual([]);
    expect(tried).toBeGreaterThan(2 * tables.length);
  });

  it('writes no row for another organisation, in any table', async () => {
    const planted: string[] = [];
    for (const { name: table, ofOrg } of tables) {
      if (ofOrg === null) continue;
      // The other's own row, as the system sees it: only whose it is can be wrong with it.
      const [row] = await asSystem(two.database.db, (tx) =>
        tx.execute<{ row: unknown }>(
          sql`select row_to_json(t) as row from ${name(table)} t where ${name(ofOrg)} = ${two.b.orgId}::uuid limit 1`,
        ),
      );
      expect({ table, row }).toMatchObject({ row: { row: expect.anything() } });
      const insert = await two.attempt(two.a.orgId, (tx) =>
        tx.execute(
          sql`insert into ${name(table)} select * from json_populate_record(null::${name(table)}, ${JSON.stringify(row?.row)}::json)`,
        ),
      );
      if (insert !== REFUSED) planted.push(table);
    }
    expect(planted).toEqual([]);
  });
});

it('keeps the names of people who have left, for those who read what they made', async () => {
  await asSystem(two.database.db, (tx) =>
    tx.execute(sql`delete from memberships where user_id = ${two.a.userId}::uuid`),
  );
  const names = await two.attempt(two.a.orgId, (tx) =>
    tx.execute<{ name: string }>(sql`select u.name from versions v join users u on u.id = v.author_id`),
  );
  expect(names === REFUSED ? [] : names.map((row) => row.name)).toEqual([expect.stringMatching(/^editor /)]);
});
