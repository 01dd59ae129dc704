import { expect, it } from 'vitest';
import { handleBarsToAdd, handleMarketImport } from '#server/api/market/import.ts';
import { startSession } from '#server/auth/authenticate.ts';
import { asSystem } from '#server/db/database.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();
const BEGIN = Date.UTC(2020, 0, 1);
const MINUTE = 60_000;
const timesOf = (begin: number, count: number, step: number): number[] =>
  Array.from({ length: count }, (_, bar) => begin + bar * step);
const csv = (times: readonly number[]): string =>
  `time,open,high,low,close,volume\n${times.map((time) => `${time},10,12,9,10.5,5`).join('\n')}\n`;

it.each([
  ['a second apart', timesOf(BEGIN + 300 * MINUTE, 60, 1_000)],
  ['half a minute off', timesOf(BEGIN + 300 * MINUTE + 30_000, 300, MINUTE)],
  ['few of them half a minute off', timesOf(BEGIN + 300 * MINUTE + 30_000, 20, MINUTE)],
])('bars that are %s are none of a market of 1m', async (_name, times) => {
  const owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  const token = await asSystem(api.db, (tx) =>
    startSession(tx, owner.userId, { orgId: owner.orgId, ip: null, userAgent: null }),
  );
  const post = async (path: string, query: string, body: string) => {
    const request = new Request(`http://localhost/api/markets/${path}?${query}`, {
      method: 'POST',
      headers: { host: 'localhost', cookie: `alphaloom_session=${token}` },
      body,
    });
    const response = await (path === 'import' ? handleMarketImport : handleBarsToAdd)(api.runtime, request);
    return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
  };
  const { answer } = await post('import', 'symbol=ABC&name=Abc&timeframe=1m', csv(timesOf(BEGIN, 300, MINUTE)));
  expect(await post('add-bars', `marketId=${String(answer['marketId'])}`, csv(times))).toMatchObject({
    status: 400,
    answer: { code: 'INVALID' },
  });
});
