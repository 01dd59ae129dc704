import type { Attack } from '../attack.ts';
import { importLarge } from '../large-market.ts';

export const attack: Attack = {
  name: 'imports of 2,000,000 bars, one behind the other',
  run: async (server, signal) => {
    for (let index = 0; !signal.aborted; index += 1) await importLarge(server, `L${index}`, signal).catch(() => null);
  },
};
