import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { idOf, type BotId, type FormulaId, type MarketId, type OrgId, type VersionId } from '#core/requests/ids.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { countUsed } from '#server/db/queries/quotas.ts';
import { backtests, organisations } from '#server/db/schema/index.ts';
import { PERSON_QUOTAS, QUOTAS, type PersonQuota, type Quota } from '#server/policies/entitlements.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { actAcross } from './act/act.ts';
import { freely } from './act/right.ts';
import { NOWHERE } from './context.ts';
import { importMarket } from './market/import-market.ts';
import { addSampleMarket } from './market/sample-market.ts';
import { foundOrganisation } from './team/found-organisation.ts';

const api = testApi();
let orgId: OrgId;
let call: Caller;
let formulaId: FormulaId;
let versionId: VersionId;
let marketId: MarketId;
let botId: BotId;
let invitation: string;

const restrict = (entitlements: Readonly<Record<string, number>> | null) =>
  asSystem(api.db, (tx) => tx.update(organisations).set({ entitlements }).where(eq(organisations.id, orgId)));
const run = () => call.backtest.start({ formulaId, marketId, settings: DEFAULT_SETTINGS });
const sweep = (change: object = {}) =>
  call.sweep.start({
    formulaId,
    marketId,
    settings: DEFAULT_SETTINGS,
    axes: [{ name: 'n', values: [3, 4] }],
    search: { kind: 'grid' },
    rankedBy: 'sharpe',
    ...change,
  });
const id = () => crypto.randomUUID();
const thread = () =>
  call.comment.start({ formulaId, anchor: { kind: 'formula' }, threadId: id(), commentId: id(), body: 'hello' });

async function importBars(): Promise<unknown> {
  const owner = await createMember(api.db, orgId, 'owner');
  const body = (async function* () {
    yield new TextEncoder().encode(
      'time,open,high,low,close,volume\n2024-01-01,1,1,1,1,1\n2024-01-02,1,1,1,1,1\n2024-01-03,1,1,1,1,1\n',
    );
  })();
  return importMarket(
    { ...api.runtime, principal: owner, now: new Date(), from: { ip: null, userAgent: null } },
    { importId: id(), symbol: `S${id()}`, name: 'S', currency: 'USD' },
    body,
  );
}

async function join(): Promise<unknown> {
  const elsewhere = await createOrganisation(api.db);
  return callAs(api.runtime, await createMember(api.db, elsewhere, 'owner')).invitation.accept({ token: invitation });
}

/** For each quota, what adds to it. A quota without an entry does not compile. */
const ADDS: Record<Quota, () => Promise<unknown>> = {
  formulas: () => call.formula.create({ name: 'one more' }),
  versions: () => call.version.create({ formulaId, message: '' }),
  versionBytes: () => call.version.create({ formulaId, message: '' }),
  documentBytes: () => call.formula.create({ name: 'one more' }),
  resultBytes: run,
  reviews: async () => {
    const { userId } = await createMember(api.db, orgId, 'reviewer');
    return call.review.ask({ formulaId, title: 'R', description: '', people: [userId], versionId });
  },
  publications: () => call.publication.publish({ versionId, notes: '' }),
  threads: thread,
  comments: thread,
  markets: importBars,
  bars: importBars,
  members: join,
  invitations: () => call.team.invite({ role: 'viewer' }),
  backtests: run,
  backtestsADay: run,
  backtestsAMonth: run,
  sweeps: sweep,
  sweepsADay: sweep,
  unfinishedRuns: run,
  bots: () => call.bot.create({ name: 'B', versionId, marketId, mode: 'paper', settings: DEFAULT_SETTINGS }),
  runningBots: () => call.bot.start({ id: botId }),
};

/** Not counted when it is added to: the run brings its bytes when it ends. */
const COUNTED_LATER = { resultBytes: 'a result is stored when the run has ended' } as const;

/** What has to be there before something can be added, made before anybody waits. */
const PREPARED: Partial<Record<Quota, () => Promise<() => Promise<unknown>>>> = {
  publications: async () => {
    const { id: fresh } = await call.version.create({ formulaId, message: '' });
    return () => call.publication.publish({ versionId: fresh, notes: '' });
  },
  reviews: async () => {
    const { id: fresh } = await call.version.create({ formulaId, message: '' });
    const { userId } = await createMember(api.db, orgId, 'reviewer');
    return () => call.review.ask({ formulaId, title: 'R', description: '', people: [userId], versionId: fresh });
  },
  runningBots: async () => {
    const made = await call.bot.create({ name: 'B', versionId, marketId, mode: 'paper', settings: DEFAULT_SETTINGS });
    return () => call.bot.start({ id: made.id });
  },
  members: async () => {
    const token = (await call.team.invite({ role: 'viewer' })).path.slice('/join#'.length);
    const outsider = await createMember(api.db, await createOrganisation(api.db), 'owner');
    return () => callAs(api.runtime, outsider).invitation.accept({ token });
  },
};

const isQuota = (name: string): name is Quota => name in ADDS;

beforeAll(async () => {
  orgId = await createOrganisation(api.db);
  call = callAs(api.runtime, await createMember(api.db, orgId, 'owner'));
  formulaId = (await call.formula.create({ name: 'F', code: 'input n = 3\nbuy(when: close > sma(close, n))' })).id;
  versionId = (await call.version.create({ formulaId, message: '' })).id;
  await asSystem(api.db, (tx) => addSampleMarket(tx, orgId));
  marketId = idOf('market', (await call.market.list())[0]?.id ?? '');
  botId = (await call.bot.create({ name: 'A', versionId, marketId, mode: 'paper', settings: DEFAULT_SETTINGS })).id;
  invitation = (await call.team.invite({ role: 'viewer' })).path.slice('/join#'.length);
});

describe('quotas', () => {
  it.each(Object.keys(ADDS).filter(isQuota))(
    '%s: what adds to it is refused when the plan allows no more, with how many and what to do',
    async (quota) => {
      await restrict({ [quota]: 0 });
      await expect(ADDS[quota]()).rejects.toThrow(/and its plan allows 0\. [A-Z]/);
      await restrict(null);
    },
  );

  it('hold when fifty ask at once: on Free exactly one backtest starts', { timeout: 180_000 }, async () => {
    await asSystem(api.db, (tx) => tx.delete(backtests).where(eq(backtests.orgId, orgId)));
    await asSystem(api.db, (tx) => tx.update(organisations).set({ plan: 'free' }).where(eq(organisations.id, orgId)));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        call.backtest.start({ formulaId, marketId, settings: DEFAULT_SETTINGS, inputs: { n: index + 2 } }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await asSystem(api.db, (tx) => tx.update(organisations).set({ plan: null }).where(eq(organisations.id, orgId)));
    await asSystem(api.db, (tx) => tx.delete(backtests).where(eq(backtests.orgId, orgId)));
  });

  it.each(
    Object.keys(ADDS)
      .filter(isQuota)
      .filter((quota) => !(quota in COUNTED_LATER)),
  )('%s: of ten who add at once exactly one may, where there is room for one', { timeout: 120_000 }, async (quota) => {
    call = callAs(api.runtime, await createMember(api.db, orgId, 'owner'));
    const prepare = PREPARED[quota] ?? (() => Promise.resolve(ADDS[quota]));
    const used = () => withOrg(api.db, orgId, (tx) => countUsed(tx, orgId, quota));
    const before = await used();
    await (
      await prepare()
    )();
    const each = (await used()) - before;
    expect(each).toBeGreaterThan(0);
    const adding: (() => Promise<unknown>)[] = [];
    for (let turn = 0; turn < 10; turn += 1) adding.push(await prepare());
    await restrict({ [quota]: (await used()) + each });
    const outcomes = await Promise.allSettled(adding.map((add) => add()));
    await restrict(null);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(String(outcome.reason)).toMatch(/its plan allows/);
  });
});

it('a person owns a few organisations at the most, also when they make many at once', async () => {
  const { userId } = await createMember(api.db, orgId, 'viewer');
  const found = () =>
    actAcross({ db: api.db, now: new Date(), from: NOWHERE }, freely('a test'), (unit) =>
      foundOrganisation(unit, userId, 'Another'),
    );
  const made = await Promise.allSettled(Array.from({ length: PERSON_QUOTAS.organisations + 5 }, () => found()));
  expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(PERSON_QUOTAS.organisations);
  await expect(found()).rejects.toThrow(
    /You own 10 organisations, and a person may own 10. Make somebody else the owner/,
  );
});

describe('a run that would cost too much', () => {
  // Of somebody who has not started fifty runs in the last ten seconds.
  beforeAll(async () => void (call = callAs(api.runtime, await createMember(api.db, orgId, 'owner'))));

  it('is refused before it is queued, with its estimate and the bound', async () => {
    await restrict({ runTime: 10 });
    await expect(
      sweep({ axes: [{ name: 'n', values: Array.from({ length: 1000 }, (_, index) => index + 2) }] }),
    ).rejects.toThrow(
      /1,000 settings over 5,105 bars would compute for about \d+ (seconds?|minutes), and your plan allows 1 second a run: take fewer bars/,
    );
    await restrict(null);
  });

  it('a walk-forward of thousands of windows is', async () => {
    const values = Array.from({ length: 500 }, (_, index) => index + 2);
    const wide = await call.formula.create({
      name: 'W',
      code: 'input n = 3\ninput m = 5\nbuy(when: sma(close, m) > sma(close, n))',
    });
    await restrict({ runBytes: 1e9 });
    await expect(
      sweep({
        formulaId: wide.id,
        axes: [
          { name: 'n', values },
          { name: 'm', values: values.slice(0, 100) },
        ],
        windows: { inSample: 2, outOfSample: 1, anchored: false },
      }),
    ).rejects.toThrow(/window by window.*longer windows out of sample/);
    await restrict(null);
  });

  it('a market under a sweep is not removed, and says so', async () => {
    await sweep();
    await expect(call.market.remove({ id: marketId })).rejects.toThrow(/\d+ sweeps/);
  });
});

it('everybody reads what is used of each quota and what to do, and nothing of another organisation', async () => {
  await restrict({ formulas: 1 });
  const viewer = callAs(api.runtime, await createMember(api.db, orgId, 'viewer'));
  const usage = await viewer.team.usage();
  expect(usage.map(({ quota }) => quota)).toEqual([...QUOTAS, 'organisations']);
  const of = (wanted: Quota | PersonQuota) => usage.find(({ quota }) => quota === wanted);
  expect(of('formulas')).toMatchObject({ what: 'strategies', most: 1, advice: expect.stringMatching(/\w/) as unknown });
  expect(of('formulas')?.used).toBeGreaterThanOrEqual(1);
  expect(of('members')?.used).toBeGreaterThanOrEqual(2);
  const stranger = callAs(api.runtime, await createMember(api.db, await createOrganisation(api.db), 'owner'));
  expect((await stranger.team.usage()).filter(({ used }) => used > 0).map(({ quota }) => quota)).toEqual([
    'members',
    'organisations',
  ]);
  // Of the person and not of the organisation.
  expect(of('organisations')).toMatchObject({ used: 0, most: PERSON_QUOTAS.organisations });
  await restrict(null);
});
