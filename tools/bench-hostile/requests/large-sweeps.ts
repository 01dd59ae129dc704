import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import type { Search } from '#core/engine/sweep/space.ts';
import type { Attack, AttackedServer } from '../attack.ts';
import { askAs, callAs, idIn } from '../call.ts';

const CODE = `${['a', 'b', 'c', 'd'].map((name, i) => `input ${name} = ${i + 3}`).join('\n')}\nbuy(when: sma(close, a) > sma(close, b))\nsell(when: sma(close, c) < sma(close, d))\n`;
const values = Array.from({ length: 100 }, (_, i) => i + 2);
let formulaId = '';

export const attack: Attack = {
  name: 'random searches of 990,000, 50,000 and a walk-forward, ten at once',
  prepare: async (server) => {
    formulaId = idIn(await callAs(server, 'formula.create', { name: 'Swept', code: CODE }));
  },
  run: async (server, signal) => {
    const search = (samples: number): Search => ({ kind: 'random', samples, seed: 7 });
    const wanted = (samples: number, more: object = {}): object => ({
      formulaId,
      marketId: server.marketId,
      settings: DEFAULT_SETTINGS,
      axes: ['a', 'b', 'c', 'd'].map((name) => ({ name, values })),
      search: search(samples),
      rankedBy: 'sharpe',
      ...more,
    });
    const windows = { inSample: 100, outOfSample: 1, anchored: false };
    const asked = [wanted(990_000), wanted(50_000), wanted(1_000, { windows })];
    await Promise.all(
      Array.from({ length: 10 }, async (_, lane) => {
        while (!signal.aborted) await callAs(server, 'sweep.start', asked[lane % asked.length]).catch(() => '');
      }),
    );
  },
  after: async (server) => {
    let cancelled = 0;
    for (let ids = await unfinishedSweeps(server); ids.length > 0; ids = await unfinishedSweeps(server)) {
      for (const id of ids) await callAs(server, 'sweep.cancel', { id });
      cancelled += ids.length;
    }
    return `${cancelled} sweeps were queued or running`;
  },
};

const unfinishedSweeps = async (server: AttackedServer): Promise<string[]> =>
  [
    ...(await askAs(server, 'sweep.list', { formulaId, limit: 200 })).matchAll(
      /"id":"([^"]+)"[^{}]*?"status":"(?:queued|running)"/g,
    ),
  ].map(([, id = '']) => id);
