import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { REFUSED, twoOrganisations } from '#server/testing/two-organisations.ts';
import type { Tx } from '../database.ts';

const two = twoOrganisations();

describe('a job', () => {
  const add = (
    org: string | null,
    payload: string,
    job = 'tick-bot',
    more: (tx: Tx) => Promise<unknown> = async () => undefined,
  ) =>
    two.attempt(org, async (tx) => {
      await more(tx);
      await tx.execute(sql`select public.add_job(${job}, ${payload}::json, null, 1, 0, null, array[]::text[])`);
      return 'added';
    });

  it('is added by the app for its own organisation', async () => {
    expect(await add(two.a.orgId, JSON.stringify({ orgId: two.a.orgId, botId: two.a.botId, step: 0 }))).toBe('added');
  });

  it('is refused for another organisation, for none, and of the system', async () => {
    expect(await add(two.a.orgId, JSON.stringify({ orgId: two.b.orgId, botId: two.b.botId, step: 0 }))).toBe(REFUSED);
    // As JSON allows: the last one counts for whoever reads it.
    expect(await add(two.a.orgId, `{"orgId": "${two.a.orgId}", "orgId": "${two.b.orgId}"}`)).toBe(REFUSED);
    expect(await add(two.a.orgId, '{}', 'prune-sessions')).toBe(REFUSED);
    expect(await add(two.a.orgId, '{"orgId": null}')).toBe(REFUSED);
    expect(await add(null, JSON.stringify({ orgId: two.a.orgId }))).toBe(REFUSED);
    expect(await add(null, '{}')).toBe(REFUSED);
    expect(await add('', '{}')).toBe(REFUSED);
    expect(await add('system', '{}')).toBe(REFUSED);
  });

  it('is not changed by what lies in the way of names', async () => {
    const inTheWay = async (tx: Tx): Promise<void> => {
      await tx.execute(sql`create temp table jobs (id int)`);
      await tx.execute(
        sql.raw(
          `create function pg_temp.current_setting(text, bool) returns text language sql as $$ select '${two.b.orgId}' $$`,
        ),
      );
      await tx.execute(sql`set local search_path = pg_temp, public, pg_catalog`);
    };
    expect(await add(two.a.orgId, JSON.stringify({ orgId: two.b.orgId }), 'tick-bot', inTheWay)).toBe(REFUSED);
  });

  it('has every function with the rights of its owner pinned to a path', async () => {
    const loose = await two.database.sql`
      select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname not in ('pg_catalog', 'information_schema') and p.prosecdef and not coalesce(p.proconfig::text like '%search_path=pg_catalog, pg_temp%', false)`;
    expect([...loose]).toEqual([]);
  });
});
