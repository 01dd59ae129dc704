import type { Attack } from '../attack.ts';
import { askAs } from '../call.ts';
import { importLarge } from '../large-market.ts';

let marketId = '';

export const attack: Attack = {
  name: 'bars and holes of a market of 2,000,000 bars, twenty at once',
  prepare: async (server, signal) => {
    marketId = (await importLarge(server, `R${crypto.randomUUID().slice(0, 6)}`, signal)) ?? '';
  },
  run: async (server, signal) => {
    await Promise.all(
      Array.from({ length: 20 }, async (_, lane) => {
        while (!signal.aborted)
          await (
            lane % 2 === 0
              ? askAs(server, 'market.bars', { id: marketId, maxPoints: 20_000 })
              : askAs(server, 'market.gaps', { id: marketId })
          ).catch(() => '');
      }),
    );
  },
};
