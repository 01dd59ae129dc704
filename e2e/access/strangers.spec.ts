import WebSocket from 'ws';
import { baseUrl, expect, test } from '../support/test.ts';

const formulaId = '00000000-0000-4000-8000-000000000000';

/** The code and reason with which the server closes a socket. */
function closing(path: string, headers: Record<string, string>): Promise<{ code: number; reason: string }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${baseUrl().replace('http', 'ws')}${path}`, { headers });
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    socket.once('error', reject);
  });
}

test('health is public and names every part', async ({ request }) => {
  const answer = await request.get(`${baseUrl()}/healthz`);
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toEqual({ ok: true, database: 'up', worker: 'up', realtime: 'up', web: 'up' });
});

test('a stranger gets no data from the API', async ({ request }) => {
  for (const procedure of ['formula.list', 'backtest.list', 'signal.list', 'team.get', 'market.list']) {
    const answer = await request.get(`${baseUrl()}/api/trpc/${procedure}`);
    expect(answer.status(), procedure).toBe(401);
    expect(await answer.text()).not.toMatch(/\bat .*\.ts:\d+/);
  }
});

test('a stranger cannot open a document', async () => {
  const { code, reason } = await closing(`/collab/${formulaId}`, { origin: baseUrl() });
  expect(code).toBe(4401);
  expect(reason).not.toBe('');
});

test('a foreign page cannot use a visitor’s session', async ({ request }) => {
  const answer = await request.post(`${baseUrl()}/api/trpc/session.signIn`, {
    headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
    data: { json: { email: 'ada@demo.alphaloom.dev', password: 'x' } },
  });
  expect(answer.status()).toBe(403);
});

test('Stripe’s webhook refuses what is not signed', async ({ request }) => {
  const answer = await request.post(`${baseUrl()}/api/stripe/webhook`, { data: { id: 'evt_1' } });
  // This server has no keys: it says so and stores nothing.
  expect(answer.status()).toBe(503);
});

test('a stranger who opens a page is asked to sign in, and comes back to it', async ({ newPerson }) => {
  const { page } = await newPerson('Mallory');
  await page.goto('/backtests');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fbacktests/);
});
