import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillOrganisation } from '#server/testing/organisation.ts';
import { createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { asSystem, openDatabase, withOrg, type OpenDatabase, type Tx } from './database.ts';
import { meanwhile } from './no-transaction.ts';
import { findMarket, lockMarket } from './queries/markets.ts';

const api = testApi();
let own: OpenDatabase;
beforeAll(() => {
  // As many connections as the product has.
  own = openDatabase(api.database.urls);
});
afterAll(() => own.close());

it('whoever waits for a lock of their organisation keeps no connection from others', async () => {
  const [orgId, neighbour] = [await createOrganisation(own.db), await createOrganisation(own.db)];
  const { marketId } = await fillOrganisation(own.db, orgId);
  const waiting: Promise<unknown>[] = [];
  await withOrg(api.db, orgId, async (tx) => {
    await lockMarket(tx, orgId, marketId);
    meanwhile(() => {
      for (let asked = 0; asked < 20; asked += 1)
        waiting.push(withOrg(own.db, orgId, (other) => lockMarket(other, orgId, marketId, 'share')));
    });
    // While all of these wait for this transaction.
    const found = await meanwhile(() => withOrg(own.db, neighbour, (other) => findMarket(other, neighbour, marketId)));
    expect(found).toBeNull();
  });
  expect(await Promise.all(waiting)).toHaveLength(20);
});

it('nobody removes a market whose bars are being looked at, and runs may hold it', async () => {
  const orgId = await createOrganisation(own.db);
  const { marketId } = await fillOrganisation(own.db, orgId);
  await withOrg(api.db, orgId, async (tx) => {
    await lockMarket(tx, orgId, marketId, 'key share');
    const held = await meanwhile(() => withOrg(own.db, orgId, (other) => lockMarket(other, orgId, marketId, 'share')));
    expect(held).toMatchObject({ id: marketId });
    const kept = meanwhile(() =>
      withOrg(own.db, orgId, (other) =>
        other.execute(sql`select from markets where id = ${marketId} for update nowait`),
      ),
    );
    await expect(kept).rejects.toMatchObject({ cause: { code: '55P03' } });
  });
});

it('strangers of any number of networks who wait for locks keep no connection of the system from others', async () => {
  const orgId = await createOrganisation(own.db);
  const { userId } = await fillOrganisation(own.db, orgId);
  const waiting: Promise<unknown>[] = [];
  const lock = (tx: Tx) => tx.execute(sql`select from users where id = ${userId} for update`);
  await asSystem(api.db, async (tx) => {
    await lock(tx);
    meanwhile(() => {
      for (let asked = 0; asked < 40; asked += 1)
        waiting.push(asSystem(own.db, lock, 'write', { network: `192.0.2.${asked % 8}` }));
    });
    // While all of these wait for this transaction: a session is looked up, and the house works.
    for (const owner of [{ session: 'of somebody' }, 'house'] as const) {
      const found = await meanwhile(() =>
        asSystem(own.db, (other) => other.execute(sql`select 1 as one`), 'write', owner),
      );
      expect([...found]).toEqual([{ one: 1 }]);
    }
  });
  expect(await Promise.all(waiting)).toHaveLength(40);
});
