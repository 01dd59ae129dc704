import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import type { Attack } from '../attack.ts';
import { makeBots } from '../bots.ts';

const BOTS = 200;
/** States near the largest that a plan allows. */
const AVERAGES = Array.from({ length: 18 }, (_, i) => `a${i}`);
const CODE = `${AVERAGES.map((name, i) => `${name} = sma(close, ${9_900 + i})`).join('\n')}\nbuy(when: ${AVERAGES.join(' + ')} > 0)\nsell(when: close > open)\n`;
const bots = makeBots({ count: BOTS, code: CODE, settings: DEFAULT_SETTINGS });

export const attack: Attack = {
  name: `${BOTS} bots with the largest states, all at their first bars`,
  prepare: bots.make,
  run: bots.startAll,
  after: bots.pauseAll,
};
