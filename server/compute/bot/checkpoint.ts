import { z } from 'zod';
import type { Settings } from '#core/engine/outcome/settings.ts';
import { ENGINE_VERSION } from '#core/engine/outcome/version.ts';
import { compile } from '#core/engine/plan/compile.ts';
import type { Plan } from '#core/engine/plan/plan.ts';
import {
  createBarRunner,
  whyNoBarRunner,
  type BarRunner,
  type BarRunnerState,
} from '#core/engine/stream/bar-runner.ts';
import { fromJson } from '#core/formula/json/json.ts';
import type { Bars } from '#core/market/bars.ts';
import type { MarketId } from '#core/requests/ids.ts';
import { AppError } from '#server/errors.ts';
import { fuse } from './fuse.ts';

/** How far a bot has come in its market's bars. */
export interface Position {
  /** Index of the bar that is next. */
  readonly next: number;
  /** Ticks done; a job for another one is a repeat. */
  readonly step: number;
}

/** What a bot's runner knew at a position. Written by the bot's own ticks alone. */
export interface Checkpoint extends Position {
  /** Ids of the markets of other symbols that the state was made of; null: not known. */
  readonly feeds: readonly string[] | null;
  /** What the bars hash to that the state was made of, as `SeenBars` says it; null: not known. */
  readonly seen: string | null;
  readonly runner: BarRunnerState;
}

const shape = z.object({
  next: z.int().min(0),
  step: z.int().min(0),
  feeds: z.array(z.string()).nullable().default(null),
  seen: z.string().nullable().default(null),
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
  readonly feeds: readonly (Market & { readonly id: MarketId })[];
}

type Market = Pick<Bars, 'symbol' | 'timeframe'>;

/** Of the markets that a bot reads as feeds. */
export const idsOf = ({ feeds }: Pick<BotProgram, 'feeds'>): MarketId[] => feeds.map(({ id }) => id);

const marketsOf = ({ own, feeds }: BotProgram) => ({
  symbol: own.symbol,
  feeds: new Map(feeds.map(({ symbol, timeframe }) => [symbol, timeframe])),
});

/**
 * A bot's formula, compiled. Throws FORMULA_INVALID, in words, when it can't run. Makes nothing that is as large as its
 * windows.
 */
export function planOf(program: BotProgram): Plan {
  const formula = fromJson(JSON.parse(program.json));
  const plan = formula.ok ? compile(formula.value) : formula;
  if (!plan.ok)
    throw new AppError('FORMULA_INVALID', plan.error[0]?.message ?? 'The strategy has errors.', {
      diagnostics: plan.error,
    });
  const refused = whyNoBarRunner(plan.value, program.own.timeframe, marketsOf(program));
  if (refused !== null) throw new AppError('FORMULA_INVALID', refused);
  return plan.value;
}

/** With so many bars ahead it pays to fuse the kernels first. */
const MANY = 10_000;

/** What runs a bot's plan, ready to take `ahead` bars. */
export function prepareRunner(plan: Plan, program: BotProgram, ahead = 1): BarRunner {
  const runner = createBarRunner(plan, program.settings, program.own.timeframe, {
    ...marketsOf(program),
    ...(ahead > MANY ? { fuse } : {}),
  });
  if (!runner.ok) throw new AppError('FORMULA_INVALID', runner.error);
  return runner.value;
}

/**
 * A bot's beginning: its warm-up behind it, without a signal, and its first bar before it. The bars of the warm-up are
 * run at its first tick.
 */
export const firstPosition = ({ warmUp }: Pick<Plan, 'warmUp'>, barCount: number): Position => ({
  next: Math.min(warmUp + 1, barCount),
  step: 0,
});

/**
 * A checkpoint that goes on with these markets as feeds. A state that was made of others is of no use: a market with
 * shorter bars of the symbol has come, or one was taken away and imported anew. Null then, as without a checkpoint.
 */
export const withFeeds = (checkpoint: Checkpoint | null, feeds: readonly string[]): Checkpoint | null => {
  const before = checkpoint?.feeds ?? feeds;
  return before.length === feeds.length && before.every((id) => feeds.includes(id)) ? checkpoint : null;
};

/**
 * Where a runner that goes on from a checkpoint begins: at the first bar when there is none, or when the state is that
 * of another engine.
 */
const firstBarOf = (checkpoint: Checkpoint | null, { next }: Position): number =>
  checkpoint?.runner.engine === ENGINE_VERSION && checkpoint.next <= next ? checkpoint.next : 0;

/** Bars that a bot has to run for its next one: all since the checkpoint. */
export const barsAhead = (checkpoint: Checkpoint | null, position: Position): number =>
  position.next - firstBarOf(checkpoint, position) + 1;

/** Puts a checkpoint's state into a new runner: the bar with which the runner goes on. */
export const restore = (runner: BarRunner, checkpoint: Checkpoint | null, position: Position): number =>
  checkpoint && firstBarOf(checkpoint, position) > 0 && runner.restore(checkpoint.runner) ? checkpoint.next : 0;
