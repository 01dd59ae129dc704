import { expect, it } from 'vitest';
import { handleBarsToAdd, handleMarketImport } from '#server/api/market/import.ts';
import { startSession } from '#server/auth/authenticate.ts';
import { asSystem } from '#server/db/database.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();
const BEGIN = Date.UTC(2020, 0, 1);
const csv = (from: number, count: number): string =>
  `time,open,high,low,close,volume\n${Array.from({ length: count }, (_, bar) => `${BEGIN + (from + bar) * 60_000},10,12,9,10.5,100`).join('\n')}\n`;

it('a short market takes its long history', { timeout: 120_000 }, async () => {
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
  const { answer } = await post('import', 'symbol=ABC&name=Abc&timeframe=1m', csv(200_000, 50));
  const asked = await post('add-bars', `marketId=${String(answer['marketId'])}`, csv(0, 200_000));
  expect(asked).toMatchObject({ status: 200, answer: { kind: 'asked', correction: { added: 200_000 } } });
});
