import { z } from 'zod';
import { compile } from '#core/engine/compile.ts';
import type { Plan } from '#core/engine/plan.ts';
import { createRunner, type Runner, type RunnerState } from '#core/engine/runner.ts';
import type { Settings } from '#core/engine/settings.ts';
import { ENGINE_VERSION } from '#core/engine/version.ts';
import { fromJson } from '#core/formula/json.ts';
import type { Bar, Bars } from '#core/market/bars.ts';
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

/** The version's formula, ready to take `ahead` bars. Throws FORMULA_INVALID, in words, when it can't run as a bot. */
export function prepareRunner(json: string, settings: Settings, bars: Pick<Bars, 'symbol' | 'timeframe'>, ahead = 1): Prepared {
  const formula = fromJson(JSON.parse(json));
  const plan = formula.ok ? compile(formula.value) : formula;
  if (!plan.ok) throw new AppError('FORMULA_INVALID', plan.error[0]?.message ?? 'The formula has errors.', { diagnostics: plan.error });
  const runner = createRunner(plan.value, settings, bars.timeframe, { symbol: bars.symbol, ...(ahead > MANY ? { fuse } : {}) });
  if ('refused' in runner) throw new AppError('FORMULA_INVALID', runner.refused);
  return { plan: plan.value, runner };
}

export function barAt(bars: Bars, index: number): Bar {
  const at = (column: Float64Array) => column[index] ?? Number.NaN;
  return { time: at(bars.time), open: at(bars.open), high: at(bars.high), low: at(bars.low), close: at(bars.close), volume: at(bars.volume) };
}

/** A bot's beginning: its warm-up behind it, without a signal, and its first bar before it. */
export function firstCheckpoint(json: string, settings: Settings, bars: Bars): Checkpoint {
  const { plan, runner } = prepareRunner(json, settings, bars);
  const next = Math.min(plan.warmUp + 1, bars.length);
  replay(runner, bars, next);
  return { next, step: 0, runner: runner.save() };
}

/** Bars that a bot has to run for its next one: all so far when its state is that of another engine. */
export const barsAhead = ({ next, runner }: Checkpoint): number => (runner.engine === ENGINE_VERSION ? 1 : next + 1);

/** Goes on from a checkpoint. One of another engine is of no use: then all bars so far are run again, without their signals. */
export function resume(runner: Runner, { runner: state, next }: Checkpoint, bars: Bars): void {
  if (!runner.restore(state)) replay(runner, bars, next);
}

function replay(runner: Runner, bars: Bars, next: number): void {
  for (let index = 0; index < next; index += 1) runner.onBar(barAt(bars, index));
}
