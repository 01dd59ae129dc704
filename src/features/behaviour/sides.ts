import type { Formula } from '#core/formula/model/formula.ts';

/** One of the two whose behaviour is compared. */
export interface BehaviourSide {
  readonly title: string;
  readonly formula: Formula;
  readonly formulaId: string;
  /** Null of the draft. */
  readonly versionId: string | null;
}

export interface Sides {
  readonly before: BehaviourSide;
  readonly after: BehaviourSide;
}
