import type { Signal } from '#core/engine/outcome/backtest-result.ts';
import type { Plan } from '#core/engine/plan/plan.ts';
import { rememberedBars, type BarRunner } from '#core/engine/stream/bar-runner.ts';
import { pushBar, type GivenBars } from '#core/engine/stream/push-bar.ts';
import { createNodePrinter } from '#core/formula/language/print.ts';
import { isRef, type Formula } from '#core/formula/model/formula.ts';
import type { BotId } from '#core/requests/ids.ts';
import type { Unfinished } from '#core/result/outcome.ts';
import {
  barsAhead,
  idsOf,
  planOf,
  prepareRunner,
  restore,
  type BotProgram,
  type Checkpoint,
  type Position,
} from './checkpoint.ts';
import { seenUpTo, type SeenBars } from './seen-bars.ts';

/**
 * A bot's next bar, and what it needs to take it. Bars are in shared memory, so that a thread gets them without a copy.
 */
export interface AdvanceTask {
  readonly botId: BotId;
  /**
   * Stands for all that the bot's runner depends on besides the bars so far: version, settings, markets and their last
   * corrections.
   */
  readonly key: string;
  readonly position: Position;
  readonly bars: GivenBars;
  /** What a runner is made of; null: the bar is for a runner that is kept, or for nobody. */
  readonly origin: { readonly program: BotProgram; readonly checkpoint: Checkpoint | null } | null;
  /** Whether the state behind the bar is wanted whatever its turn: the bars before it took long. */
  readonly save: boolean;
  /** Milliseconds after which it says how far it has come, and is asked again; left out: it goes all the way. */
  readonly pauseAfter?: number;
}

export interface SaidSignal extends Signal {
  /** The condition that held, as the formula says it. */
  readonly reason: string | null;
}

export interface Advanced {
  readonly position: Position;
  /** To be stored; null at most bars of a bot whose state is large. */
  readonly checkpoint: Checkpoint | null;
  readonly signals: readonly SaidSignal[];
  /** At the close of the bar. */
  readonly account: BotAccount;
}

/** What a bot has: money, units (negative when short), and whether orders wait. */
export interface BotAccount {
  readonly equity: number;
  readonly position: number;
  readonly hasOrders: boolean;
}

/** `cold`: the bot has no runner in this thread, and must be asked for again with what a runner is made of. */
export type AdvanceOutcome =
  | ({ readonly type: 'finished' } & Advanced)
  | { readonly type: 'cold' }
  | { readonly type: 'paused'; readonly checkpoint: Checkpoint }
  | Unfinished;

interface Kept {
  readonly key: string;
  readonly plan: Plan;
  readonly feedIds: readonly string[];
  readonly runner: BarRunner;
  readonly seen: SeenBars;
  /** The bar that the runner takes next. */
  next: number;
  /** Numbers in memory. */
  readonly size: number;
  usedAt: number;
}

/** Plans of bots, so that each is compiled once for all that run the same. */
const MOST_PLANS = 64;

/** Numbers that all kept runners have in memory together: 240 MB. */
const MOST_NUMBERS = 30_000_000;
/** Beside what a step remembers, measured. */
const NUMBERS_OF_STEP = 60;

/** A runner that nobody used for so many milliseconds gives way to others: its bot is paused, or has another server. */
const IDLE_AFTER = 120_000;

/**
 * A state is stored so often that a bar stores so many numbers on average; never more bars apart than `FURTHEST_APART`.
 */
const NUMBERS_A_BAR = 500;
const FURTHEST_APART = 400;

/** Bars between two looks whether to stop. */
const LOOK_EVERY = 64;

/**
 * The runners of bots between their bars. A runner that is kept takes its bar alone; any other is made of the newest
 * checkpoint, and runs the bars since then again, without their signals. Both give the same bits.
 */
export class BotRunners {
  readonly #plans = new Map<string, Plan>();
  readonly #kept = new Map<BotId, Kept>();
  readonly #mostNumbers: number;
  #numbers = 0;

  constructor(mostNumbers = MOST_NUMBERS) {
    this.#mostNumbers = mostNumbers;
  }

  /** Gives a bot its next bar. `cold`: it has no runner here, and must be asked for again with its origin. */
  advance(task: AdvanceTask, shouldStop: () => boolean = () => false): AdvanceOutcome {
    const { position, bars, save, pauseAfter = Number.POSITIVE_INFINITY } = task;
    const kept = this.#take(task) ?? this.#make(task);
    if (!kept) return { type: 'cold' };
    const until = performance.now() + pauseAfter;
    for (let run = 0; kept.next < position.next; run += 1) {
      if (kept.next % LOOK_EVERY === 0 && shouldStop()) return { type: 'stopped' };
      if (run > 0 && run % LOOK_EVERY === 0 && performance.now() >= until) {
        kept.seen.look(bars, kept.next);
        return { type: 'paused', checkpoint: stateOf(kept, { next: kept.next, step: position.step }) };
      }
      pushBar(kept.runner, bars, kept.next);
      kept.next += 1;
    }
    const { signals, equity, position: units, hasOrders } = pushBar(kept.runner, bars, position.next);
    const after = { next: position.next + 1, step: position.step + 1 };
    kept.next = after.next;
    kept.seen.look(bars, after.next);
    const isDue = save || (after.step + offsetOf(task.botId)) % barsApart(kept.plan) === 0;
    this.#keep(task.botId, kept);
    return {
      type: 'finished',
      position: after,
      checkpoint: isDue ? stateOf(kept, after) : null,
      signals: signals.length === 0 ? [] : explained(signals, kept.plan.formula),
      account: { equity, position: units, hasOrders },
    };
  }

  /**
   * A runner that is kept and not beyond the bar. Out of the map until the bar is done: whatever fails leaves no half
   * of a bar behind.
   */
  #take({ botId, key, position, bars }: AdvanceTask): Kept | null {
    const kept = this.#kept.get(botId);
    if (!kept) return null;
    this.#forget(botId, kept);
    // Far behind, since another server has had the bot meanwhile: a checkpoint is nearer.
    const behind = position.next - kept.next;
    return kept.key === key && behind >= 0 && behind <= FURTHEST_APART && kept.seen.holds(bars) ? kept : null;
  }

  #make({ key, position, bars, origin }: AdvanceTask): Kept | null {
    if (!origin) return null;
    const { program, checkpoint } = origin;
    const plan = this.#planOf(program);
    const runner = prepareRunner(plan, program, barsAhead(checkpoint, position));
    const next = restore(runner, checkpoint, position);
    const size = rememberedBars(plan) + NUMBERS_OF_STEP * (plan.steps.length + plan.positionSteps.length);
    return { key, plan, feedIds: idsOf(program), runner, seen: seenUpTo(bars, next), next, size, usedAt: 0 };
  }

  /**
   * Whoever has a place keeps it while it is used: forgetting the least recently used would help none of more bots than
   * there is room for.
   */
  #keep(botId: BotId, kept: Kept): void {
    kept.usedAt = performance.now();
    for (const [id, other] of this.#kept) {
      if (this.#numbers + kept.size <= this.#mostNumbers || kept.usedAt - other.usedAt < IDLE_AFTER) break;
      this.#forget(id, other);
    }
    if (this.#numbers + kept.size > this.#mostNumbers) return;
    this.#kept.set(botId, kept);
    this.#numbers += kept.size;
  }

  #forget(botId: BotId, { size }: Kept): void {
    this.#kept.delete(botId);
    this.#numbers -= size;
  }

  #planOf(program: BotProgram): Plan {
    const key = JSON.stringify([
      program.json,
      program.own.symbol,
      program.own.timeframe,
      program.feeds.map(({ symbol, timeframe }) => [symbol, timeframe]),
    ]);
    const known = this.#plans.get(key);
    const plan = known ?? planOf(program);
    // Set again, so that the first key of the map is the key that was unused for longest.
    this.#plans.delete(key);
    this.#plans.set(key, plan);
    for (const [oldest] of this.#plans) {
      if (this.#plans.size <= MOST_PLANS) break;
      this.#plans.delete(oldest);
    }
    return plan;
  }
}

const stateOf = ({ feedIds, seen, runner }: Kept, position: Position): Checkpoint => ({
  ...position,
  feeds: feedIds,
  seen: seen.digest(),
  runner: runner.save(),
});

/** Bars from one stored state to the next. */
const barsApart = (plan: Plan): number =>
  Math.min(FURTHEST_APART, Math.max(1, Math.ceil((rememberedBars(plan) + plan.columnCount) / NUMBERS_A_BAR)));

/** Bots that were started together do not all store their states at the same bar. */
const offsetOf = (botId: BotId): number => Number.parseInt(botId.slice(0, 4), 16);

function explained(signals: readonly Signal[], formula: Formula): SaidSignal[] {
  const says = createNodePrinter(formula);
  return signals.map((signal) => {
    const when = formula.nodes[signal.node]?.args['when'];
    return { ...signal, reason: isRef(when) ? (formula.nodes[when.from]?.name ?? says(when.from)) : null };
  });
}
