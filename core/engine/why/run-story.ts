import type { Formula } from '#core/formula/model/formula.ts';
import { Explainer } from '#core/formula/why/explain-value.ts';
import { summaryOf, type Reason } from '#core/formula/why/reason.ts';
import type { ExitReason, Fill } from '#core/trading/fill.ts';
import type { Span } from '../figures/benchmark.ts';
import type { Signal } from '../outcome/backtest-result.ts';
import type { Action } from '../plan/plan.ts';
import type { BarStory, Decision, DecisionOutcome, Happening } from './decision.ts';
import type { OrderLog, Told } from './order-log.ts';

/** What a run has left that its bars are explained by. */
export interface ToldRun {
  /** As it is written. */
  readonly formula: Formula;
  readonly actions: readonly Action[];
  readonly signals: readonly Signal[];
  readonly log: OrderLog;
  /** The bars that were traded. */
  readonly span: Span;
  /** An output of a node of the expanded formula, one value a bar, or one for all bars. */
  readonly series: (node: string, output: string) => Float64Array | number | undefined;
}

const NUMBER = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });

const EXITS: Readonly<Record<ExitReason, string>> = {
  signal: 'by its exit',
  reversed: 'since an entry turned it round',
  stop: 'by its stop',
  target: 'by its target',
  trail: 'by its trailing stop',
  end: 'at the end of the bars',
  ruin: 'since the equity was used up',
};

const CANCELLED = {
  replaced: 'a newer order took its place',
  withdrawn: 'an exit withdrew it',
  ignored: 'the position was open already when it came to be filled',
  'nothing to close': 'there was nothing left to close',
  'position closed': 'the position was closed',
  ruin: 'the equity was used up',
} as const;

/**
 * Tells of each bar of a run what happened and why: what the decider decided is read from the orders that it placed, so
 * that the rules of the engine stand in the engine alone. Costs nothing until somebody asks.
 */
export class RunStory {
  readonly #run: ToldRun;
  #explainer: Explainer | undefined;

  constructor(run: ToldRun) {
    this.#run = run;
  }

  at(bar: number): BarStory {
    const { actions, log } = this.#run;
    return {
      bar,
      units: log.heldAt(bar).units,
      happenings: this.#happenings(bar),
      decisions: actions.map((action, index) => this.#decision(action, index, bar)),
    };
  }

  /**
   * The bar at whose close a fill was decided; the bar of the fill itself of what the broker did by itself. Several
   * positions may end within one bar: the reason and the price tell them apart.
   */
  decidingBar({ bar, reason, price }: Pick<Fill, 'bar' | 'reason' | 'price'>): number {
    const { told } = this.#run.log;
    const isAsked = (one: Told): boolean => one.kind === 'filled' && one.bar === bar && one.reason === reason;
    const exact = told.findIndex((one) => isAsked(one) && one.kind === 'filled' && one.price === price);
    // The price of an entry that was added to is an average.
    const index = exact < 0 ? told.findIndex(isAsked) : exact;
    return (told[index]?.action ?? -1) < 0 ? bar : (this.#placedBefore(index) ?? bar);
  }

  #reason(action: Action, bar: number): Reason {
    const { formula, series } = this.#run;
    this.#explainer ??= new Explainer({
      formula,
      valueAt: (node, output, at) => {
        const values = series(node, output);
        return typeof values === 'number' ? values : (values?.[at] ?? Number.NaN);
      },
    });
    return this.#explainer.explain(action.node, 'when', bar);
  }

  #decision(action: Action, index: number, bar: number): Decision {
    const reason = this.#reason(action, bar);
    const told = this.#outcome(action, index, bar, reason.value === 1);
    const why = summaryOf(reason);
    const text =
      told.outcome === 'idle'
        ? `${action.kind} did not happen: ${why}`
        : `${action.kind}${told.words}${told.outcome === 'over' ? '' : `. Its condition was true: ${why}`}`;
    return { node: action.node, kind: action.kind, outcome: told.outcome, text, reason };
  }

  #outcome(action: Action, index: number, bar: number, isTrue: boolean): { outcome: DecisionOutcome; words: string } {
    const { log, signals, span } = this.#run;
    if (bar < span.from || bar >= span.to) return { outcome: 'over', words: ': this bar is not traded' };
    const end = log.told.findLast(({ kind }) => kind === 'ruined');
    if (end && (end.bar < bar || (end.bar === bar && !this.#acted(index, bar))))
      return { outcome: 'over', words: ': the equity is used up, and the run has ended' };
    if (!isTrue) return { outcome: 'idle', words: '' };
    if (action.kind === 'info') {
      const isTold = signals.some((signal) => signal.bar === bar && signal.node === action.node);
      return isTold
        ? { outcome: 'told', words: ' was told' }
        : { outcome: 'toldBefore', words: ' was told before: its condition has been true since' };
    }
    const acted = this.#acted(index, bar);
    if (acted?.kind === 'accepted') return { outcome: 'ordered', words: this.#fate(acted, index, bar) };
    if (acted?.kind === 'refused') return { outcome: 'refused', words: ` was rejected: ${acted.why()}` };
    return this.#idleThough(action, bar);
  }

  /** Why an action placed nothing although its condition was true. */
  #idleThough(action: Action, bar: number): { outcome: DecisionOutcome; words: string } {
    const { units, since } = this.#run.log.heldAt(bar);
    const held = `a position of ${NUMBER.format(Math.abs(units))} ${units < 0 ? 'short' : 'long'} is open since ${ago(bar - since)}`;
    if (action.kind === 'buy' || action.kind === 'short') return { outcome: 'held', words: ` did nothing: ${held}` };
    const side = action.kind === 'sell' ? 1 : -1;
    if (units * side > 0) return { outcome: 'leaving', words: ' did nothing: another exit of this bar was first' };
    return {
      outcome: 'flat',
      words: ` did nothing: ${units === 0 ? 'nothing is held' : held}, so there is nothing to close`,
    };
  }

  /** What the decider told at the close of this bar about an order of the action: it is the last of the bar. */
  #acted(index: number, bar: number): Extract<Told, { kind: 'accepted' | 'refused' }> | undefined {
    const { told } = this.#run.log;
    let acted: Extract<Told, { kind: 'accepted' | 'refused' }> | undefined;
    let isOpen = false;
    for (let at = this.#run.log.indexFrom(bar); at < told.length; at += 1) {
      const one = told[at];
      if (!one || one.bar !== bar) break;
      if (one.action !== index) continue;
      if (one.kind === 'accepted') {
        acted = one;
        isOpen = true;
      } else if (one.kind === 'refused' && !isOpen && !this.#isOfEarlier(at, index)) acted = one;
    }
    return acted;
  }

  /** Whether what was refused had been placed at an earlier close. */
  #isOfEarlier(at: number, index: number): boolean {
    const { told } = this.#run.log;
    for (let before = at - 1; before >= 0; before -= 1) {
      const one = told[before];
      if (one?.action !== index || (one.kind === 'filled' && one.reason === 'reversed')) continue;
      return one.kind === 'accepted';
    }
    return false;
  }

  #fate(placed: Told, index: number, bar: number): string {
    const { told } = this.#run.log;
    let next: Told | undefined;
    for (let at = told.indexOf(placed) + 1; at < told.length; at += 1) {
      const one = told[at];
      if (one?.action !== index) continue;
      next = one;
      if (one.kind !== 'filled' || one.reason !== 'reversed') break;
    }
    switch (next?.kind) {
      case 'filled':
        return ` was ordered, and filled at ${NUMBER.format(next.price)} ${later(next.bar - bar)}`;
      case 'refused':
      case 'expired':
        return ` was ordered, and rejected ${later(next.bar - bar)}: ${next.why()}`;
      case 'cancelled':
        return ` was ordered, and cancelled ${later(next.bar - bar)}: ${CANCELLED[next.why]}`;
      default:
        return ' was ordered, and not filled before the bars ended';
    }
  }

  #happenings(bar: number): Happening[] {
    const { actions, log } = this.#run;
    const found: Happening[] = [];
    for (let at = log.indexFrom(bar); at < log.told.length && log.told[at]?.bar === bar; at += 1) {
      const one = log.told[at];
      if (one?.kind !== 'filled') continue;
      const node = actions[one.action]?.node ?? null;
      const amount = `${NUMBER.format(Math.abs(one.units))} at ${NUMBER.format(one.price)}`;
      found.push({
        node,
        decidedAt: node === null ? null : this.#placedBefore(at),
        text:
          one.reason === 'entry'
            ? `${one.units > 0 ? 'Bought' : 'Sold short'} ${amount}`
            : `${one.units > 0 ? 'Bought back' : 'Sold'} ${amount}, ${EXITS[one.reason]}`,
      });
    }
    return found;
  }

  #placedBefore(index: number): number | null {
    const { told } = this.#run.log;
    const action = told[index]?.action;
    for (let at = index - 1; at >= 0; at -= 1)
      if (told[at]?.action === action && told[at]?.kind === 'accepted') return told[at]?.bar ?? null;
    return null;
  }
}

function later(bars: number): string {
  if (bars === 0) return 'at this close';
  return bars === 1 ? 'on the next bar' : `${NUMBER.format(bars)} bars later`;
}

function ago(bars: number): string {
  if (bars === 0) return 'this bar';
  return bars === 1 ? 'a bar ago' : `${NUMBER.format(bars)} bars ago`;
}
