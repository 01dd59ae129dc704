import { once } from 'node:events';
import { WebSocket } from 'ws';
import { startServer } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

test('the realtime server runs alone: it serves documents and its metrics, and no pages', async ({ request }) => {
  const token = 'a secret of many characters';
  const server = await startServer({ ROLES: 'realtime', DEMO: 'false', METRICS_TOKEN: token });
  try {
    expect(await (await request.get(`${server.url}/healthz`)).json()).toEqual({
      ok: true,
      database: 'up',
      realtime: 'up',
    });
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/collab/00000000-0000-4000-8000-000000000000`, {
      headers: { origin: server.url },
    });
    expect((await once(socket, 'close'))[0]).toBe(4401);
    const page = await request.get(server.url);
    expect(page.status()).toBe(404);
    expect(await page.text()).toContain('ROLES=web');
    const metrics = await (
      await request.get(`${server.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
    ).text();
    for (const line of [
      'alphaloom_realtime_sockets 0',
      'alphaloom_realtime_rooms 0',
      'alphaloom_realtime_refused_total{reason="unauthenticated"} 1',
    ])
      expect(metrics).toContain(line);
  } finally {
    await server.remove();
  }
});
