import { eq } from 'drizzle-orm';
import { beforeEach, expect, it } from 'vitest';
import type { BacktestId } from '#core/requests/ids.ts';
import { asSystem } from '#server/db/database.ts';
import { forgetDeletedBacktests } from '#server/db/queries/backtests.ts';
import { backtests } from '#server/db/schema/index.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { fillOrganisation } from '#server/testing/organisation.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();
const DAY = 24 * 60 * 60_000;
let editor: Caller;
let viewer: Caller;
let id: BacktestId;

beforeEach(async () => {
  const orgId = await createOrganisation(api.db);
  editor = callAs(api.runtime, await createMember(api.db, orgId, 'editor'));
  viewer = callAs(api.runtime, await createMember(api.db, orgId, 'viewer'));
  id = (await fillOrganisation(api.db, orgId)).backtestId;
});

const become = (status: 'running' | 'succeeded') =>
  asSystem(api.db, (tx) => tx.update(backtests).set({ status }).where(eq(backtests.id, id)));
const listed = async () => (await viewer.backtest.list({})).map((run) => run.title);

it('a run has the name that an editor gave, and none without', async () => {
  await editor.backtest.rename({ id, title: '  For Ben ' });
  expect(await listed()).toEqual(['For Ben']);
  await editor.backtest.rename({ id, title: '' });
  expect(await listed()).toEqual([null]);
  await expect(viewer.backtest.rename({ id, title: 'mine' })).rejects.toThrow(/editor/);
});

it('a deleted run is in no list, can be seen, and comes back', async () => {
  await become('succeeded');
  await editor.backtest.delete({ id, deleted: true });
  expect(await listed()).toEqual([]);
  expect((await viewer.backtest.get({ id })).deletedAt).not.toBeNull();
  await expect(viewer.backtest.delete({ id, deleted: false })).rejects.toThrow(/editor/);
  await editor.backtest.delete({ id, deleted: false });
  expect(await listed()).toHaveLength(1);
  expect((await viewer.backtest.get({ id })).deletedAt).toBeNull();
});

it('a run that has not ended is not deleted', async () => {
  await become('running');
  await expect(editor.backtest.delete({ id, deleted: true })).rejects.toThrow(/Cancel it first/);
});

it('the house forgets what was deleted before a moment, and nothing else', async () => {
  await become('succeeded');
  const forget = (before: number) => asSystem(api.db, (tx) => forgetDeletedBacktests(tx, new Date(before)));
  await forget(Date.now() + DAY);
  expect(await listed()).toHaveLength(1);
  await editor.backtest.delete({ id, deleted: true });
  await forget(Date.now() - DAY);
  expect((await viewer.backtest.get({ id })).id).toBe(id);
  await forget(Date.now() + DAY);
  await expect(viewer.backtest.get({ id })).rejects.toThrow(/no such backtest/);
});
