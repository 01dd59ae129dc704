import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import type { Settings } from '#core/engine/outcome/settings.ts';
import type { AttackedServer } from './attack.ts';
import { askAs, callAs, idIn } from './call.ts';

interface Wanted {
  readonly count: number;
  readonly code: string;
  readonly settings: Settings;
}

const AT_ONCE = 4;

/** So many bots of the attacker, which run one formula. */
export function makeBots({ count, code, settings }: Wanted) {
  const bots: string[] = [];
  const each = async (path: string, server: AttackedServer, isOver: () => boolean): Promise<void> => {
    const left = [...bots];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let id = left.shift(); id !== undefined && !isOver(); id = left.shift()) {
          // Who is told to wait asks again: an attacker has time.
          while (/RATE_LIMITED/.test(await callAs(server, path, { id }).catch(() => 'RATE_LIMITED')) && !isOver())
            await after(100);
        }
      }),
    );
  };
  /** Signals that all bots have had. */
  const signals = async (server: AttackedServer): Promise<number[]> => {
    const counts = new Map<string, number>();
    for (const [, id = '', count_ = '0'] of (await askAs(server, 'bot.list', { limit: 1000 })).matchAll(
      /"id":"([^"]+)","name":"Bot \d+"[^}]*?"signalCount":(\d+)/g,
    ))
      counts.set(id, Number(count_));
    return bots.map((id) => counts.get(id) ?? 0);
  };
  let began = { at: 0, counts: [] as readonly number[] };
  const look = async (server: AttackedServer): Promise<void> => {
    began = { at: performance.now(), counts: await signals(server) };
  };
  return {
    make: async (server: AttackedServer): Promise<void> => {
      const formulaId = idIn(await callAs(server, 'formula.create', { name: `Of ${count} bots`, code }));
      const versionId = idIn(await callAs(server, 'version.create', { formulaId, message: '' }));
      const wanted = { versionId, marketId: server.marketId, mode: 'paper', settings };
      let left = count;
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          while (left > 0) {
            left -= 1;
            const id = idIn(await callAs(server, 'bot.create', { ...wanted, name: `Bot ${left}` }));
            if (id) bots.push(id);
            else {
              left += 1;
              await after(200);
            }
          }
        }),
      );
    },
    startAll: async (server: AttackedServer, signal: AbortSignal): Promise<void> => {
      await look(server);
      await each('bot.start', server, () => signal.aborted);
    },
    watch: async (server: AttackedServer, signal: AbortSignal): Promise<void> => {
      await look(server);
      if (!signal.aborted) await once(signal, 'abort');
    },
    /** How often each had a bar meanwhile, as its signals tell. */
    pauseAll: async (server: AttackedServer): Promise<string> => {
      const seconds = (performance.now() - began.at) / 1000;
      const now = await signals(server);
      const rates = now
        .map((signalCount, at) => (signalCount - (began.counts[at] ?? 0)) / seconds)
        .toSorted((a, b) => a - b);
      await each('bot.pause', server, () => false);
      const rate = (share: number): string => (rates[Math.floor(share * (rates.length - 1))] ?? 0).toFixed(2);
      return `${now.filter((signalCount, at) => signalCount > (began.counts[at] ?? 0)).length} of ${count} bots had a signal; signals a second and bot: slowest ${rate(0)}, median ${rate(0.5)}, fastest ${rate(1)}`;
    },
  };
}
