import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import type { Attack } from '../attack.ts';
import { makeBots } from '../bots.ts';

const BOTS = 500;
const bots = makeBots({
  count: BOTS,
  code: 'info(when: close > 0, every: true)\n',
  settings: DEFAULT_SETTINGS,
});

export const attack: Attack = {
  name: `${BOTS} bots with a signal a second each, of one organisation`,
  prepare: async (server, signal) => {
    await bots.make(server);
    await bots.startAll(server, signal);
  },
  run: bots.watch,
  after: bots.pauseAll,
};
