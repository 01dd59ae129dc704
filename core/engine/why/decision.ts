import type { NodeId } from '#core/formula/model/formula.ts';
import type { Reason } from '#core/formula/why/reason.ts';
import type { SignalKind } from '../outcome/backtest-result.ts';

/**
 * What became of an action at the close of a bar. `idle`: its condition was not true. `ordered`: an order was placed.
 * `refused`: an order could not be placed. `held`: an entry into what is open already. `flat`: an exit from what is not
 * held. `leaving`: another exit was first. `told`, `toldBefore`: of an `info`, the first bar of a row, or a later one.
 * `over`: the run had ended, or had not begun.
 */
export type DecisionOutcome =
  'idle' | 'ordered' | 'refused' | 'held' | 'flat' | 'leaving' | 'told' | 'toldBefore' | 'over';

export interface Decision {
  /** The action. */
  readonly node: NodeId;
  readonly kind: SignalKind;
  readonly outcome: DecisionOutcome;
  /** One sentence that says what became of it, and why. */
  readonly text: string;
  /** Why its condition was what it was. */
  readonly reason: Reason;
}

/** What happened while a bar was open, or at its close. */
export interface Happening {
  /** The action that the order came from; null of a stop, a target, or the end. */
  readonly node: NodeId | null;
  /** The bar at whose close the order was decided; null of a stop, a target, or the end. */
  readonly decidedAt: number | null;
  readonly text: string;
}

/** A bar of a run: what happened in it, and what was decided at its close. */
export interface BarStory {
  readonly bar: number;
  /** Units held when it was decided; negative when short. */
  readonly units: number;
  readonly happenings: readonly Happening[];
  readonly decisions: readonly Decision[];
}
