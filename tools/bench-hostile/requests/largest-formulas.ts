import { setTimeout as after } from 'node:timers/promises';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import type { Attack } from '../attack.ts';

/** Of as many nodes as a formula may have, nearly. */
const CODE = `${Array.from({ length: 2_400 }, (_, i) => `a${i} = sma(close, ${(i % 50) + 2}) > ${i}`).join('\n')}\nbuy(when: a0)\n`;

export const attack: Attack = {
  name: 'runs, versions and exports of a formula of 4,800 nodes, four at once',
  run: async ({ origin, cookie, marketId }, signal) => {
    const call = async (path: string, input: unknown, isQuery = false): Promise<string> => {
      const json = JSON.stringify({ json: input });
      const answer = await fetch(`${origin}/api/trpc/${path}${isQuery ? `?input=${encodeURIComponent(json)}` : ''}`, {
        method: isQuery ? 'GET' : 'POST',
        headers: { cookie, origin, 'content-type': 'application/json' },
        signal,
        ...(isQuery ? {} : { body: json }),
      });
      return answer.text();
    };
    const made = await call('formula.create', { name: 'Largest', code: CODE });
    const id = /"id":"([^"]+)"/.exec(made)?.[1] ?? '';
    await Promise.all(
      Array.from({ length: 4 }, async (_, index) => {
        while (!signal.aborted) {
          const asked =
            index < 2
              ? call('backtest.start', { formulaId: id, marketId, settings: DEFAULT_SETTINGS })
              : index === 2
                ? call('formula.export', { id }, true)
                : call('version.create', { formulaId: id, message: '' });
          const said = await asked.catch(() => '');
          // Whoever is told to wait costs nothing; an attacker asks again at once, and this process should not be what
          // is slow.
          if (said.includes('RATE_LIMITED')) await after(20);
        }
      }),
    );
  },
};
