import type { Signal } from '#core/engine/outcome/result.ts';
import type { Plan } from '#core/engine/plan/plan.ts';
import { giveBar, type GivenBars } from '#core/engine/stream/give-bar.ts';
import { createNodePrinter } from '#core/formula/language/print.ts';
import { isRef, type Formula } from '#core/formula/model/formula.ts';
import { barsAhead, planOf, prepareRunner, resume, type BotProgram, type Checkpoint } from './checkpoint.ts';

/** A bot's next bar, and what it needs to take it. Bars are in shared memory, so that a thread gets them without a copy. */
export interface AdvanceTask {
  readonly program: BotProgram;
  readonly checkpoint: Checkpoint;
  readonly bars: GivenBars;
}

export interface SaidSignal extends Signal {
  /** The condition that held, as the formula says it. */
  readonly reason: string | null;
}

export interface Advanced {
  readonly checkpoint: Checkpoint;
  readonly signals: readonly SaidSignal[];
}

/** Gives a bot its next bar, after those that its checkpoint does not stand for. Takes as long as windows and bars make it take: a thread does this. */
export function advanceBot({ program, checkpoint, bars }: AdvanceTask): Advanced {
  const plan = compiled(program);
  const runner = prepareRunner(plan, program, barsAhead(checkpoint));
  resume(runner, checkpoint, bars);
  const { signals } = giveBar(runner, bars, checkpoint.next);
  return {
    checkpoint: { ...checkpoint, next: checkpoint.next + 1, step: checkpoint.step + 1, runner: runner.save() },
    signals: signals.length === 0 ? [] : explained(signals, plan.formula),
  };
}

function explained(signals: readonly Signal[], formula: Formula): SaidSignal[] {
  const says = createNodePrinter(formula);
  return signals.map((signal) => {
    const when = formula.nodes[signal.node]?.args['when'];
    return { ...signal, reason: isRef(when) ? (formula.nodes[when.from]?.name ?? says(when.from)) : null };
  });
}

/** Plans of bots that tick every second, so that each is compiled once. */
const KEPT = 64;
const plans = new Map<string, Plan>();

function compiled(program: BotProgram): Plan {
  const key = JSON.stringify([
    program.json,
    program.own.symbol,
    program.own.timeframe,
    program.feeds.map(({ symbol, timeframe }) => [symbol, timeframe]),
  ]);
  const known = plans.get(key);
  const plan = known ?? planOf(program);
  // Set anew, so that the first key is the one unused for longest.
  plans.delete(key);
  plans.set(key, plan);
  for (const [oldest] of plans) {
    if (plans.size <= KEPT) break;
    plans.delete(oldest);
  }
  return plan;
}
