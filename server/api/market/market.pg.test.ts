import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { evaluate } from '#core/engine/evaluate.ts';
import { compile } from '#core/engine/plan/compile.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { Bars } from '#core/market/bars.ts';
import { idOf, type MarketId } from '#core/requests/ids.ts';
import { startSession } from '#server/auth/authenticate.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { loadBars } from '#server/db/queries/bar-chunks.ts';
import { listEventsAfter } from '#server/db/queries/events.ts';
import { findMarket } from '#server/db/queries/markets.ts';
import { barChunks } from '#server/db/schema/index.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { handleBarsToAdd, handleMarketImport } from './import.ts';

const DAY = 86_400_000;
const HEADER = 'date,open,high,low,close,volume\n';
const line = (day: number): string =>
  `${new Date(day * DAY).toISOString().slice(0, 10)},10,12,9,${10 + (day % 2)},100\n`;

const api = testApi();
let editor: Person;
let cookie: string;

beforeEach(async () => {
  editor = await createMember(api.db, await createOrganisation(api.db), 'editor');
  cookie = await signIn(editor);
});

async function signIn(actor: Person): Promise<string> {
  const token = await asSystem(api.db, (tx) =>
    startSession(tx, actor.userId, { orgId: actor.orgId, ip: null, userAgent: null }),
  );
  return `alphaloom_session=${token}`;
}

interface Uploaded {
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly path?: string;
}

async function upload(pieces: Iterable<string>, options: Uploaded = {}) {
  const encoder = new TextEncoder();
  const rest = pieces[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const { done, value } = rest.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
  const { path = 'import', query = 'symbol=ABC&name=Abc&timeframe=1d' } = options;
  const address = `http://localhost/api/markets/${path}?${query}`;
  const headers = { host: 'localhost', cookie, ...options.headers };
  const request = new Request(address, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
  const response = await (path === 'import' ? handleMarketImport : handleBarsToAdd)(api.runtime, request);
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

const events = () => withOrg(api.db, editor.orgId, (tx) => listEventsAfter(tx, editor.orgId, 0, 1000));
const chunks = () => withOrg(api.db, editor.orgId, (tx) => tx.select({ count: barChunks.count }).from(barChunks));

describe('the import of a CSV', () => {
  it('asks what the times of weeks named by Sundays are, and takes what somebody says', async () => {
    const weeks = Array.from({ length: 30 }, (_, week) => line(3 + 7 * week));
    const query = 'symbol=ABC&name=Abc';
    expect(await upload([HEADER, ...weeks], { query })).toMatchObject({
      status: 400,
      answer: { problems: [{ line: 2, message: expect.stringContaining('Its weeks are named by Sundays') }] },
    });
    expect(await upload([HEADER, ...weeks], { query: `${query}&times=closes` })).toMatchObject({
      status: 200,
      answer: { timeframe: '1w', notes: [expect.stringContaining('Its times are those at which bars close')] },
    });
    // The Monday before the first Sunday of 1970.
    expect(await callAs(api.runtime, editor).market.list()).toMatchObject([{ firstTime: -3 * DAY }]);
  });

  it('makes a market of its bars', async () => {
    const { status, answer } = await upload([HEADER, line(0), line(1), line(2)]);
    expect({ status, answer }).toMatchObject({ status: 200, answer: { bars: 3 } });
    const id = String(answer['marketId']);
    expect(await callAs(api.runtime, editor).market.list()).toMatchObject([
      {
        id,
        symbol: 'ABC',
        name: 'Abc',
        timeframe: '1d',
        currency: 'USD',
        barCount: 3,
        firstTime: 0,
        lastTime: 2 * DAY,
      },
    ]);
    expect(await callAs(api.runtime, editor).market.bars({ id, from: DAY })).toMatchObject({
      time: [DAY, 2 * DAY],
      close: [11, 10],
      reducedBy: 1,
    });
  });

  it('tells where bars are missing, at the import and later for any range', async () => {
    const { status, answer } = await upload([HEADER, line(0), line(1), line(30), line(31), line(60)]);
    const messages = [
      'Between 1970-01-02 00:00 and 1970-01-31 00:00 there are no bars.',
      'Between 1970-02-01 00:00 and 1970-03-02 00:00 there are no bars.',
    ];
    expect({ status, answer }).toMatchObject({ status: 200, answer: { bars: 5, gaps: { count: 2, messages } } });
    const call = callAs(api.runtime, editor);
    const id = String(answer['marketId']);
    expect(await call.market.gaps({ id })).toEqual({ count: 2, messages });
    expect(await call.market.gaps({ id, from: 30 * DAY })).toEqual({ count: 1, messages: messages.slice(1) });
    expect(await call.market.gaps({ id, from: 2 * DAY, to: 40 * DAY })).toEqual({ count: 0, messages: [] });
  });

  it('refuses bars that are shorter than somebody says, in words', async () => {
    const { status, answer } = await upload([HEADER, line(0), line(1), line(2)], {
      query: 'symbol=ABC&name=Abc&timeframe=1w',
    });
    expect({ status, answer }).toMatchObject({
      status: 400,
      answer: {
        message: 'These are no bars of 1w; nothing was imported.',
        problems: [
          {
            line: 3,
            message: 'Bars of 1w would overlap: all of 2 open before the one before is over. They are bars of 1d.',
          },
        ],
      },
    });
    const halves = Array.from({ length: 8 }, (_, bar) => `${new Date((bar * DAY) / 2).toISOString()},10,12,9,11,100\n`);
    expect(
      (await upload([HEADER, ...halves], { query: 'symbol=T12H&name=T12H&timeframe=1d' })).answer['problems'],
    ).toMatchObject([
      { message: 'Bars of 1d would overlap: all of 7 open before the one before is over. They are bars of 12h.' },
    ]);
    expect(await callAs(api.runtime, editor).market.list()).toEqual([]);
  });

  it('reads the length of bars off all of them, and asks where they do not say it', async () => {
    const halves = Array.from({ length: 8 }, (_, bar) => `${new Date((bar * DAY) / 2).toISOString()},10,12,9,11,100\n`);
    expect(await upload([HEADER, ...halves], { query: 'symbol=T12H&name=T12H' })).toMatchObject({
      status: 200,
      answer: { timeframe: '12h' },
    });
    const mixed = [
      ...Array.from({ length: 300 }, (_, day) => line(day)),
      ...Array.from(
        { length: 300 },
        (_, hour) => `${new Date(300 * DAY + hour * 3_600_000).toISOString()},10,12,9,11,100\n`,
      ),
    ];
    expect(await upload([HEADER, ...mixed], { query: 'symbol=MIX&name=Mixed' })).toMatchObject({
      status: 400,
      answer: {
        message: 'Say how long a bar lasts; nothing was imported.',
        problems: [{ message: expect.stringMatching(/^The bars do not say how long they last: /) }],
      },
    });
    for (const timeframe of ['1d', '1h', '7x'])
      expect(await upload([HEADER, ...mixed], { query: `symbol=MIX&name=Mixed&timeframe=${timeframe}` })).toMatchObject(
        { status: 400 },
      );
  });

  it('says how a file was read, and keeps a missing volume missing', async () => {
    const { answer } = await upload([
      'Date;Open;High;Low;Close\n',
      '03.01.2020;71,5;72,5;71,2;72,4\n',
      '02.01.2020;71,5;72,5;71,2;72,4\n',
    ]);
    expect(answer).toMatchObject({
      bars: 2,
      notes: [
        'The newest bar stands first in the file: it is read from its end.',
        'The file has no column for a volume: it is missing (na) at every bar.',
      ],
    });
    const call = callAs(api.runtime, editor);
    expect(await call.market.list()).toMatchObject([{ hasVolume: false, firstTime: Date.UTC(2020, 0, 2) }]);
    expect(await call.market.bars({ id: String(answer['marketId']) })).toMatchObject({
      close: [72.4, 72.4],
      volume: [Number.NaN, Number.NaN],
    });
  });

  it('stores bars of any length so that a strategy on them sees what has closed, and nothing else', async () => {
    const hour = 3_600_000;
    const begin = Date.UTC(2021, 0, 4);
    const rows = (count: number, length: number) =>
      Array.from(
        { length: count },
        (_, bar) =>
          `${new Date(begin + bar * length).toISOString()},1000,9999,1,${1000 + ((bar + 1) * length) / hour},1\n`,
      );
    const stored = async (symbol: string, length: number): Promise<Bars> => {
      const { answer } = await upload([HEADER, ...rows(Math.ceil((30 * DAY) / length), length)], {
        query: `symbol=${symbol}&name=${symbol}`,
      });
      const market = await withOrg(api.db, editor.orgId, (tx) =>
        findMarket(tx, editor.orgId, idOf('market', String(answer['marketId']))),
      );
      if (!market) return expect.fail('it was not imported');
      return withOrg(api.db, editor.orgId, (tx) => loadBars(tx, market));
    };
    const plan = compile(parse('seen = feed("OTHER").close').formula, {}, { keepNamed: true });
    const other = await stored('OTHER', 0.75 * hour);
    for (const length of [0.25, 0.75, 2, 5, 12, 36, 72]) {
      const own = await stored(`OWN${length * 60}`, length * hour);
      const series = plan.ok ? evaluate(plan.value, own, new Map([['OTHER', other]])) : plan;
      // Its close is 1000 and the hours since the beginning: as of the last three quarters that are over when the own
      // bar is.
      const expected = Array.from(
        { length: own.length },
        (_, bar) => 1000 + Math.floor(((bar + 1) * length) / 0.75) * 0.75,
      ).map((value) => (value === 1000 ? Number.NaN : value));
      expect(series.ok ? Array.from(series.value.get('seen') ?? []) : series).toEqual(expected);
    }
  });

  it('takes a large file in pieces that end anywhere, telling how far it is', async () => {
    const importId = crypto.randomUUID();
    const minute = (bar: number): string => `${new Date(bar * 60_000).toISOString()},10,12,9,11,100\n`;
    const text = HEADER + Array.from({ length: 40_000 }, (_, bar) => minute(bar)).join('');
    const pieces = function* () {
      for (let at = 0; at < text.length; at += 60_001) yield text.slice(at, at + 60_001);
    };
    const follower = api.runtime.live.follow(editor.orgId, editor.userId, null);
    await follower.next(new AbortController().signal);
    const { answer } = await upload(pieces(), { query: `symbol=BIG&name=Big&timeframe=1m&importId=${importId}` });
    expect(answer['bars']).toBe(40_000);
    const counts = (await chunks()).map((chunk) => chunk.count);
    expect(counts).toHaveLength(3);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40_000);
    // That the market is there may have come in the same breath.
    const [progress] = await follower.next(new AbortController().signal);
    expect(progress).toMatchObject({ type: 'transient', event: { kind: 'market.import', payload: { importId } } });
    api.runtime.live.unfollow(follower);
    expect((await events()).map(({ kind }) => kind)).toEqual(['market.changed']);
  });

  it('reports every kind of bad line with the number of the first and imports nothing', async () => {
    const bad = Array.from({ length: 150 }, () => 'yesterday,1,2\n');
    const { status, answer } = await upload([HEADER, line(0), ...bad, line(1)]);
    expect(status).toBe(400);
    expect(answer['problemCount']).toBe(150);
    expect(answer['problems']).toEqual([
      { line: 3, message: 'The line has 3 fields where the file has 6 columns.', count: 150 },
    ]);
    expect(await callAs(api.runtime, editor).market.list()).toEqual([]);
    expect(await chunks()).toEqual([]);
  });

  it('refuses bars out of order, an empty file, and a symbol twice', async () => {
    expect(await upload([HEADER, line(1), line(2), line(4), line(3)])).toMatchObject({
      status: 400,
      answer: { problems: [{ line: 5 }] },
    });
    expect(await upload([HEADER])).toMatchObject({ status: 400, answer: { problemCount: 1 } });
    expect(await upload([HEADER, line(0)])).toMatchObject({ status: 200 });
    expect(await upload([HEADER, line(0)])).toMatchObject({ status: 409, answer: { code: 'CONFLICT' } });
  });

  it('leaves nothing of an upload that breaks off', async () => {
    const pieces = function* () {
      yield HEADER + line(0);
      throw new Error('connection lost');
    };
    expect(await upload(pieces())).toMatchObject({
      status: 500,
      answer: { code: 'INTERNAL', message: expect.stringMatching(/on our side/) },
    });
    expect(await callAs(api.runtime, editor).market.list()).toEqual([]);
  });

  it('is for editors of the organisation, from our own pages, with a proper address', async () => {
    const file = [HEADER, line(0)];
    expect(await upload(file, { headers: { cookie: '' } })).toMatchObject({ status: 401 });
    expect(
      await upload(file, { headers: { cookie: await signIn(await createMember(api.db, editor.orgId, 'viewer')) } }),
    ).toMatchObject({ status: 403 });
    expect(await upload(file, { headers: { origin: 'https://evil.example' } })).toMatchObject({ status: 403 });
    expect(await upload(file, { query: 'symbol=ABC&name=Abc&timeframe=2y' })).toMatchObject({
      status: 400,
      answer: { message: expect.stringMatching(/timeframe/) },
    });
  });
});

describe('bars that are added', () => {
  const add = (marketId: MarketId, rows: readonly string[], more = '', headers = {}) =>
    upload([HEADER, ...rows], { path: 'add-bars', query: `marketId=${marketId}${more}`, headers });
  const changes = async () =>
    (await events()).flatMap(({ kind, payload }) => (kind === 'market.changed' ? [payload] : []));

  it('come behind the last one; those that differ are told first, and replaced when that is wanted', async () => {
    const id = idOf('market', String((await upload([HEADER, line(0), line(1), line(2)])).answer['marketId']));
    const call = callAs(api.runtime, editor);
    // A single bar says nothing of its length: it is that of the market.
    expect(await add(id, [line(3)])).toEqual({
      status: 200,
      answer: { kind: 'taken', changed: 0, added: 0, appended: 1, agreeing: 0, doubts: [] },
    });
    expect(await add(id, [line(2), line(3), line(4)])).toMatchObject({ answer: { appended: 1, agreeing: 2 } });
    const wrong = line(1).replace(',11,', ',11.5,');
    const asked = await add(id, [line(0), wrong, line(4), line(5)]);
    expect(asked).toMatchObject({
      status: 200,
      answer: {
        kind: 'asked',
        correction: { changed: 1, added: 0, from: DAY, to: DAY, largest: { column: 'close', known: 11, given: 11.5 } },
        appended: 1,
        agreeing: 2,
      },
    });
    expect(await call.market.list()).toMatchObject([{ barCount: 5, revision: 2 }]);
    const { seen } = Object(asked.answer['correction']) as { seen: string };
    expect(await add(id, [line(0), wrong, line(4), line(5)], `&seen=${seen}`)).toMatchObject({
      answer: { kind: 'taken', changed: 1, appended: 1 },
    });
    expect(await call.market.list()).toMatchObject([{ barCount: 6, lastTime: 5 * DAY, revision: 3 }]);
    expect(await call.market.bars({ id })).toMatchObject({ close: [10, 11.5, 10, 11, 10, 11] });
    expect((await changes()).slice(1)).toEqual([
      { marketId: id, change: { kind: 'appended', from: 3 * DAY, to: 3 * DAY } },
      { marketId: id, change: { kind: 'appended', from: 4 * DAY, to: 4 * DAY } },
      { marketId: id, change: { kind: 'corrected', from: DAY, to: DAY } },
      { marketId: id, change: { kind: 'appended', from: 5 * DAY, to: 5 * DAY } },
    ]);
    // All there already: nobody is told of it.
    expect(await add(id, [line(4), line(5)])).toMatchObject({ answer: { kind: 'taken', appended: 0, agreeing: 2 } });
    expect((await changes()).length).toBe(5);
  });

  it('are refused in words: of a market that is not there, with bad lines, of another length, by those who may not', async () => {
    const id = idOf('market', String((await upload([HEADER, line(0), line(1), line(2)])).answer['marketId']));
    expect(await add(idOf('market', crypto.randomUUID()), [line(3)])).toMatchObject({ status: 404 });
    expect(await add(id, ['yesterday,1,2\n'])).toMatchObject({
      status: 400,
      answer: { message: 'One line is not right; nothing was added.', problems: [{ line: 2 }] },
    });
    const hours = Array.from(
      { length: 30 },
      (_, hour) => `${new Date(3 * DAY + hour * 3_600_000).toISOString()},10,12,9,11,100\n`,
    );
    expect(await add(id, hours)).toMatchObject({ status: 400, answer: { message: /do not fit to those of ABC 1d/ } });
    const viewer = await signIn(await createMember(api.db, editor.orgId, 'viewer'));
    expect(await add(id, [line(3)], '', { cookie: viewer })).toMatchObject({ status: 403 });
    const stranger = await signIn(await createMember(api.db, await createOrganisation(api.db), 'owner'));
    expect(await add(id, [line(3)], '', { cookie: stranger })).toMatchObject({ status: 404 });
    expect(await callAs(api.runtime, editor).market.list()).toMatchObject([{ barCount: 3, revision: 0 }]);
  });

  it('count against the quota of bars', async () => {
    const id = idOf('market', String((await upload([HEADER, line(0), line(1), line(2)])).answer['marketId']));
    await asSystem(api.db, (tx) =>
      tx.execute(sql`update organisations set entitlements = '{"bars": 4}' where id = ${editor.orgId}`),
    );
    expect(await add(id, [line(3), line(4)])).toMatchObject({ answer: { code: 'PLAN_LIMIT' } });
    expect(await add(id, [line(3)])).toMatchObject({ answer: { kind: 'taken' } });
  });
});

describe('an instrument', () => {
  it('is described once for all its markets, in one currency', async () => {
    const call = callAs(api.runtime, editor);
    const id = idOf('market', String((await upload([HEADER, line(0), line(1), line(2)])).answer['marketId']));
    const session = { opens: '09:30', closes: '16:00', days: [1, 2, 3, 4, 5] };
    await call.market.describe({ marketId: id, kind: 'share', tick: 0.01, timeZone: 'America/New_York', session });
    const hours = Array.from(
      { length: 8 },
      (_, hour) => `${new Date(hour * 3_600_000).toISOString()},10,12,9,11,100\n`,
    );
    expect(await upload([HEADER, ...hours], { query: 'symbol=ABC&name=Abc&currency=EUR' })).toMatchObject({
      status: 409,
      answer: { message: 'ABC is in USD already: choose that currency, or another symbol.' },
    });
    await upload([HEADER, ...hours], { query: 'symbol=ABC&name=Abc' });
    const described = { kind: 'share', venue: null, tick: 0.01, lot: null, timeZone: 'America/New_York', session };
    expect((await call.market.list()).map(({ timeframe, instrument }) => [timeframe, instrument])).toEqual([
      ['1d', described],
      ['1h', described],
    ]);
    await call.market.describe({ marketId: id, venue: 'XNYS', forgets: ['tick', 'session'] });
    expect((await call.market.list())[0]?.instrument).toEqual({
      ...described,
      venue: 'XNYS',
      tick: null,
      session: null,
    });
    const audited = await asSystem(api.db, (tx) =>
      tx.execute(sql`select difference from audit_log
        where action = 'instrument.changed' and org_id = ${editor.orgId} order by at desc limit 1`),
    );
    expect(audited[0]).toEqual({
      difference: { venue: [null, 'XNYS'], tick: [0.01, null], session: [session, null] },
    });
    await expect(call.market.describe({ marketId: id, timeZone: 'Mars/Base' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    for (const market of await call.market.list()) await call.market.remove({ id: market.id });
    const left = await withOrg(api.db, editor.orgId, (tx) => tx.execute(sql`select 1 from instruments`));
    expect(left).toHaveLength(0);
  });
});

describe('a market', () => {
  it('is removed with its bars, unless a backtest stands on it', async () => {
    const { answer } = await upload([HEADER, line(0)]);
    const id = String(answer['marketId']);
    await callAs(api.runtime, editor).market.remove({ id });
    expect(await chunks()).toEqual([]);
    await expect(callAs(api.runtime, editor).market.remove({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });

    const again = String((await upload([HEADER, line(0)])).answer['marketId']);
    const { formulaId, versionId } = await withVersion();
    await asSystem(api.db, (tx) =>
      tx.execute(
        sql`insert into backtests (org_id, formula_id, version_id, market_id, settings) values (${editor.orgId}, ${formulaId}, ${versionId}, ${again}, '{}')`,
      ),
    );
    await expect(callAs(api.runtime, editor).market.remove({ id: again })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: /1 backtest/,
    });
  });

  it('is not removed under a sweep, and says so', async () => {
    const id = String((await upload([HEADER, line(0)])).answer['marketId']);
    const { formulaId, versionId } = await withVersion();
    await asSystem(api.db, (tx) =>
      tx.execute(
        sql`insert into sweeps (org_id, formula_id, version_id, market_id, settings, axes, search, candidate_count, ranked_by) values (${editor.orgId}, ${formulaId}, ${versionId}, ${id}, '{}', '[]', '{"kind":"grid"}', 1, 'sharpe')`,
      ),
    );
    await expect(callAs(api.runtime, editor).market.remove({ id })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: /1 sweeps/,
    });
  });

  async function withVersion() {
    const call = callAs(api.runtime, editor);
    const { id: formulaId } = await call.formula.create({ name: 'Any' });
    return { formulaId, versionId: (await call.version.create({ formulaId, message: '' })).id };
  }
});
