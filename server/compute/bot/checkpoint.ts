import { z } from 'zod';
import type { Settings } from '#core/engine/outcome/settings.ts';
import { ENGINE_VERSION } from '#core/engine/outcome/version.ts';
import { compile } from '#core/engine/plan/compile.ts';
import type { Plan } from '#core/engine/plan/plan.ts';
import { giveBar, type GivenBars } from '#core/engine/stream/give-bar.ts';
import { createRunner, whyNoRunner, type Runner, type RunnerState } from '#core/engine/stream/runner.ts';
import { fromJson } from '#core/formula/json/json.ts';
import type { Bars } from '#core/market/bars.ts';
import { AppError } from '#server/errors.ts';
import { fuse } from './fuse.ts';

/** How far a bot has come in its market's bars. Written by the bot's own ticks alone. */
export interface Checkpoint {
  /** Index of the bar that is next. */
  readonly next: number;
  /** Ticks done; a job for another one is a repeat. */
  readonly step: number;
  /** Ids of the markets of other symbols that the state was made of; null: not known. */
  readonly feeds: readonly string[] | null;
  readonly runner: RunnerState;
}

const shape = z.object({
  next: z.int().min(0),
  step: z.int().min(0),
  feeds: z.array(z.string()).nullable().default(null),
  runner: z.object({
    engine: z.string().default(''),
    simulator: z.string(),
    kernels: z.array(z.string()),
    positionKernels: z.string(),
    columns: z.string(),
    clocks: z.array(z.object({ pending: z.string().nullable() })),
  }),
});

export const readCheckpoint = (stored: unknown): Checkpoint | null => shape.nullable().parse(stored);

/** What a bot runs: the version's formula, with which settings, on which markets. */
export interface BotProgram {
  /** The formula. */
  readonly json: string;
  readonly settings: Settings;
  readonly own: Market;
  readonly feeds: readonly Market[];
}

type Market = Pick<Bars, 'symbol' | 'timeframe'>;

const marketsOf = ({ own, feeds }: BotProgram) => ({
  symbol: own.symbol,
  feeds: new Map(feeds.map(({ symbol, timeframe }) => [symbol, timeframe])),
});

/** A bot's formula, compiled. Throws FORMULA_INVALID, in words, when it can't run. Makes nothing that is as large as its windows. */
export function planOf(program: BotProgram): Plan {
  const formula = fromJson(JSON.parse(program.json));
  const plan = formula.ok ? compile(formula.value) : formula;
  if (!plan.ok)
    throw new AppError('FORMULA_INVALID', plan.error[0]?.message ?? 'The formula has errors.', {
      diagnostics: plan.error,
    });
  const refused = whyNoRunner(plan.value, program.own.timeframe, marketsOf(program));
  if (refused !== null) throw new AppError('FORMULA_INVALID', refused);
  return plan.value;
}

/** With so many bars ahead it pays to fuse the kernels first. */
const MANY = 10_000;

/** What runs a bot's plan, ready to take `ahead` bars. */
export function prepareRunner(plan: Plan, program: BotProgram, ahead = 1): Runner {
  const runner = createRunner(plan, program.settings, program.own.timeframe, {
    ...marketsOf(program),
    ...(ahead > MANY ? { fuse } : {}),
  });
  if ('refused' in runner) throw new AppError('FORMULA_INVALID', runner.refused);
  return runner;
}

/** The state of no engine: whoever goes on from here runs the bars so far. */
const NOTHING_RUN: RunnerState = {
  engine: '',
  simulator: '',
  kernels: [],
  positionKernels: '',
  columns: '',
  clocks: [],
};

/** A bot's beginning: its warm-up behind it, without a signal, and its first bar before it. The bars of the warm-up are run at its first tick. */
export const firstCheckpoint = ({ warmUp }: Plan, barCount: number): Checkpoint => ({
  next: Math.min(warmUp + 1, barCount),
  step: 0,
  feeds: null,
  runner: NOTHING_RUN,
});

/**
 * A checkpoint that goes on with these markets as feeds. A state that was made of others is of no use: a market with shorter bars of the symbol has come,
 * or one was taken away and imported anew.
 */
export function withFeeds(checkpoint: Checkpoint, feeds: readonly string[]): Checkpoint {
  const { feeds: before, runner } = checkpoint;
  const isSame = before === null || (before.length === feeds.length && before.every((id) => feeds.includes(id)));
  return { ...checkpoint, feeds, runner: isSame ? runner : NOTHING_RUN };
}

/** Bars that a bot has to run for its next one: all so far when its state is that of another engine. */
export const barsAhead = ({ next, runner }: Checkpoint): number => (runner.engine === ENGINE_VERSION ? 1 : next + 1);

/** Goes on from a checkpoint. One of another engine is of no use: then all bars so far are run again, without their signals. */
export function resume(runner: Runner, { runner: state, next }: Checkpoint, bars: GivenBars): void {
  if (runner.restore(state)) return;
  for (let index = 0; index < next; index += 1) giveBar(runner, bars, index);
}
