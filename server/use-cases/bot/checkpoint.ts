import { z } from 'zod';
import { compile } from '#core/engine/compile.ts';
import { giveBar, type GivenBars } from '#core/engine/give-bar.ts';
import type { Plan } from '#core/engine/plan.ts';
import { createRunner, type Runner, type RunnerState } from '#core/engine/runner.ts';
import type { Settings } from '#core/engine/settings.ts';
import { ENGINE_VERSION } from '#core/engine/version.ts';
import { fromJson } from '#core/formula/json.ts';
import type { Bars } from '#core/market/bars.ts';
import { AppError } from '#server/errors.ts';
import { fuse } from './fuse.ts';

/** How far a bot has come in its market's bars. Written by the bot's own ticks alone. */
export interface Checkpoint {
  /** Index of the bar that is next. */
  readonly next: number;
  /** Ticks done; a job for another one is a repeat. */
  readonly step: number;
  readonly runner: RunnerState;
}

const shape = z.object({
  next: z.int().min(0),
  step: z.int().min(0),
  runner: z.object({ engine: z.string().default(''), simulator: z.string(), kernels: z.array(z.string()), positionKernels: z.string(), columns: z.string(), clocks: z.array(z.object({ pending: z.string().nullable() })) }),
});

export const readCheckpoint = (stored: unknown): Checkpoint | null => shape.nullable().parse(stored);

export interface Prepared {
  readonly plan: Plan;
  readonly runner: Runner;
}

/** With so many bars ahead it pays to fuse the kernels first. */
const MANY = 10_000;

type Market = Pick<Bars, 'symbol' | 'timeframe'>;

/** What a bot runs: the version's formula, with which settings, on which markets. */
export interface BotProgram {
  /** The formula. */
  readonly json: string;
  readonly settings: Settings;
  readonly own: Market;
  readonly feeds: readonly Market[];
}

/** A bot's program, ready to take `ahead` bars. Throws FORMULA_INVALID, in words, when it can't run. */
export function prepareRunner({ json, settings, own, feeds }: BotProgram, ahead = 1): Prepared {
  const formula = fromJson(JSON.parse(json));
  const plan = formula.ok ? compile(formula.value) : formula;
  if (!plan.ok) throw new AppError('FORMULA_INVALID', plan.error[0]?.message ?? 'The formula has errors.', { diagnostics: plan.error });
  const runner = createRunner(plan.value, settings, own.timeframe, { symbol: own.symbol, feeds: new Map(feeds.map(({ symbol, timeframe }) => [symbol, timeframe])), ...(ahead > MANY ? { fuse } : {}) });
  if ('refused' in runner) throw new AppError('FORMULA_INVALID', runner.refused);
  return { plan: plan.value, runner };
}

/** A bot's beginning: its warm-up behind it, without a signal, and its first bar before it. */
export function firstCheckpoint(program: BotProgram, bars: GivenBars): Checkpoint {
  const { plan, runner } = prepareRunner(program);
  const next = Math.min(plan.warmUp + 1, bars.own.length);
  replay(runner, bars, next);
  return { next, step: 0, runner: runner.save() };
}

/** Bars that a bot has to run for its next one: all so far when its state is that of another engine. */
export const barsAhead = ({ next, runner }: Checkpoint): number => (runner.engine === ENGINE_VERSION ? 1 : next + 1);

/** Goes on from a checkpoint. One of another engine is of no use: then all bars so far are run again, without their signals. */
export function resume(runner: Runner, { runner: state, next }: Checkpoint, bars: GivenBars): void {
  if (!runner.restore(state)) replay(runner, bars, next);
}

function replay(runner: Runner, bars: GivenBars, next: number): void {
  for (let index = 0; index < next; index += 1) giveBar(runner, bars, index);
}
