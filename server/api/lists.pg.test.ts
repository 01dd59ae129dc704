import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { asSystem } from '#server/db/database.ts';
import * as schema from '#server/db/schema/index.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { fillOrganisation } from '#server/testing/organisation.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();
const COUNT = 7;
/** Of all rows: a page can end between two rows of the same time. */
const AT = new Date('2026-01-02T03:04:05.678Z');
const many = <T>(make: (index: number) => T): T[] => Array.from({ length: COUNT }, (_, index) => make(index));
let call: Caller;
let ofThreads: string;

beforeAll(async () => {
  const orgId = await createOrganisation(api.db);
  const owner = await createMember(api.db, orgId, 'owner');
  const { formulaId, versionId, marketId, botId, threadId } = await fillOrganisation(api.db, orgId);
  call = callAs(api.runtime, owner);
  const common = { orgId, formulaId, versionId, marketId, settings: DEFAULT_SETTINGS };
  const { id: _, ...run } = { ...common, id: '', queuedAt: AT };
  ofThreads = formulaId;
  await asSystem(api.db, async (tx) => {
    await tx
      .insert(schema.commentThreads)
      .values(many(() => ({ orgId, formulaId, anchor: 'formula' as const, createdAt: AT, updatedAt: AT })));
    await tx.insert(schema.formulas).values(many((index) => ({ orgId, name: `F${index}`, updatedAt: AT })));
    await tx.insert(schema.backtests).values(many(() => run));
    await tx.insert(schema.sweeps).values(
      many(() => ({
        ...run,
        axes: [],
        search: { kind: 'grid' as const },
        candidateCount: 1,
        rankedBy: 'sharpe' as const,
      })),
    );
    await tx.insert(schema.bots).values(many((index) => ({ ...common, name: `B${index}`, createdAt: AT })));
    await tx.insert(schema.signals).values(
      many((index) => ({
        orgId,
        botId,
        versionId,
        symbol: 'S',
        timeframe: '1d',
        barTime: Math.floor(index / 3),
        ordinal: index % 3,
        nodeId: 'n',
        kind: 'buy' as const,
        price: 1,
        emittedAt: AT,
      })),
    );
    const comments = await tx
      .insert(schema.comments)
      .values(many(() => ({ orgId, threadId, authorId: owner.userId, body: 'x', createdAt: AT })))
      .returning({ id: schema.comments.id });
    await tx.insert(schema.notifications).values(
      comments.map(({ id }) => ({
        orgId,
        userId: owner.userId,
        kind: 'reply' as const,
        once: `comment ${id}`,
        commentId: id,
        formulaId,
        createdAt: AT,
      })),
    );
  });
});

interface Row {
  readonly id: string;
  readonly at: number;
}
interface Page {
  readonly limit: number;
  readonly cursor?: Row;
}

const LISTS: Readonly<Record<string, (page: Page) => Promise<readonly Row[]>>> = {
  'formula.list': async (page) => (await call.formula.list(page)).map(({ id, updatedAt: at }) => ({ id, at })),
  'backtest.list': async (page) => (await call.backtest.list(page)).map(({ id, queuedAt: at }) => ({ id, at })),
  'sweep.list': async (page) => (await call.sweep.list(page)).map(({ id, queuedAt: at }) => ({ id, at })),
  'bot.list': async (page) => (await call.bot.list(page)).map(({ id, createdAt: at }) => ({ id, at })),
  'signal.list': async (page) => (await call.signal.list(page)).map(({ id, emittedAt: at }) => ({ id, at })),
  'comment.list': async (page) =>
    (await call.comment.list({ formulaId: ofThreads, ...page })).threads.map(({ id, updatedAt: at }) => ({ id, at })),
  'notification.list': async (page) =>
    (await call.notification.list(page)).notifications.map(({ id, createdAt: at }) => ({ id, at })),
};

describe.each(Object.entries(LISTS))('%s in pages', (_path, list) => {
  it.each([1, 2, 3, 5, COUNT + 1])('of %i gives each row once, in the order of the whole', async (limit) => {
    const whole = await list({ limit: 50 });
    expect(whole.length).toBeGreaterThanOrEqual(COUNT);
    const rows: Row[] = [];
    for (let page = await list({ limit }); page.length > 0;) {
      expect(page.length).toBeLessThanOrEqual(limit);
      rows.push(...page);
      const cursor = page.at(-1);
      page = cursor ? await list({ limit, cursor }) : [];
    }
    expect(rows).toEqual(whole);
  });
});

it('the versions of a formula come in pages, too', async () => {
  const { id: formulaId } = await call.formula.create({ name: 'Paged', code: '' });
  for (let count = 0; count < 4; count += 1) await call.version.create({ formulaId, message: `${count}` });
  const first = await call.version.list({ formulaId, limit: 3 });
  const rest = await call.version.list({ formulaId, limit: 3, cursor: first.at(-1)?.number });
  expect([first, rest].map((page) => page.map(({ number }) => number))).toEqual([[4, 3, 2], [1]]);
});
