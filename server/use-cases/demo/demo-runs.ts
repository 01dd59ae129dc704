import { DEFAULT_SETTINGS, type Settings } from '#core/engine/outcome/settings.ts';
import type { Inputs } from '#core/engine/sweep/space.ts';

/** With what a broker takes. */
const WITH_COSTS: Settings = { ...DEFAULT_SETTINGS, commission: 0.001, slippage: 0.0005 };

interface DemoRun {
  readonly formula: string;
  /** What the team calls the run. */
  readonly title: string;
  readonly inputs: Inputs;
  readonly settings: Settings;
}

/** What the demo's team has asked of the past, the oldest first. */
export const DEMO_RUNS: readonly DemoRun[] = [
  { formula: 'Breakout with trail', title: 'As it was thought of', inputs: {}, settings: DEFAULT_SETTINGS },
  { formula: 'RSI pullback', title: 'Deep falls alone', inputs: { oversold: 10 }, settings: DEFAULT_SETTINGS },
  { formula: 'RSI pullback', title: 'With costs', inputs: {}, settings: WITH_COSTS },
  { formula: 'Golden cross', title: 'Faster averages', inputs: { fast: 20, slow: 100 }, settings: DEFAULT_SETTINGS },
  { formula: 'Golden cross', title: 'Textbook, with costs', inputs: {}, settings: WITH_COSTS },
];

const steps = (from: number, to: number, step: number): readonly number[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);

/** 190 pairs of averages: a fraction of a second, and a map that says something. */
export const DEMO_SWEEP = {
  formula: 'Golden cross',
  axes: [
    { name: 'fast', values: steps(10, 100, 10) },
    { name: 'slow', values: steps(80, 350, 15) },
  ],
  rankedBy: 'sharpe',
} as const;

export const DEMO_BOT = {
  formula: 'RSI pullback',
  /**
   * Bars before the last one, where the bot begins: its first signal comes after a few seconds, four within a minute.
   */
  barsBeforeEnd: 62,
} as const;
