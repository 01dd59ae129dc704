import { once } from 'node:events';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import type { Attack, AttackedServer } from '../attack.ts';

const BOTS = 200;
/** States near the largest that a plan allows. */
const CODE = `${Array.from({ length: 18 }, (_, i) => `a${i} = sma(close, ${9_900 + i})`).join('\n')}\nbuy(when: ${Array.from({ length: 18 }, (_, i) => `a${i}`).join(' + ')} > 0)\nsell(when: close > open)\n`;

const callOf =
  ({ origin, cookie }: AttackedServer) =>
  async (path: string, input: unknown): Promise<string> => {
    const answer = await fetch(`${origin}/api/trpc/${path}`, {
      method: 'POST',
      headers: { cookie, origin, 'content-type': 'application/json' },
      body: JSON.stringify({ json: input }),
    });
    const said = await answer.text();
    return /"id":"([^"]+)"/.exec(said)?.[1] ?? said;
  };

const bots: string[] = [];

export const attack: Attack = {
  name: `${BOTS} bots with the largest states, all at their first bars`,
  prepare: async (server) => {
    const call = callOf(server);
    const formulaId = await call('formula.create', { name: 'Heavy', code: CODE });
    const versionId = await call('version.create', { formulaId, message: '' });
    const wanted = { versionId, marketId: server.marketId, mode: 'paper', settings: DEFAULT_SETTINGS };
    for (let i = 0; i < BOTS; i += 1) bots.push(await call('bot.create', { ...wanted, name: `Bot ${i}` }));
  },
  run: async (server, signal) => {
    const call = callOf(server);
    await Promise.all(
      [0, 1, 2, 3].map(async (lane) => {
        for (let i = lane; i < bots.length && !signal.aborted; i += 4)
          await call('bot.start', { id: bots[i] }).catch(() => '');
      }),
    );
    if (!signal.aborted) await once(signal, 'abort');
    for (const id of bots) await call('bot.pause', { id }).catch(() => '');
  },
};
