import type { SignalKind } from '#core/engine/outcome/backtest-result.ts';
import type {
  BacktestId,
  BotId,
  FormulaId,
  MarketId,
  ReviewId,
  SignalId,
  SweepId,
  ThreadId,
  UserId,
  VersionId,
} from '#core/requests/ids.ts';

interface RunEvent {
  readonly formulaId: FormulaId;
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  readonly progress: number;
}

/** A signal as browsers get it; times are UTC milliseconds. */
export interface LiveSignal {
  readonly id: SignalId;
  readonly botId: BotId;
  readonly botName: string;
  readonly versionId: VersionId;
  readonly versionNumber: number;
  readonly symbol: string;
  readonly timeframe: string;
  readonly barTime: number;
  readonly nodeId: string;
  readonly ordinal: number;
  readonly kind: SignalKind;
  readonly price: number;
  readonly note: string | null;
  readonly reason: string | null;
  readonly emittedAt: number;
}

/**
 * What became of a market; of bars that were added behind the last one, or corrected, times of the first and the last
 * one.
 */
export type MarketChange =
  | { readonly kind: 'imported' | 'removed' | 'described' }
  | { readonly kind: 'appended' | 'corrected'; readonly from: number; readonly to: number };

/**
 * How far something is. Nobody stores it: whoever was away asks for the run itself, and the next event says more than
 * the one before.
 */
export type TransientEvent =
  | { readonly kind: 'backtest.progress'; readonly payload: RunEvent & { readonly backtestId: BacktestId } }
  | { readonly kind: 'sweep.progress'; readonly payload: RunEvent & { readonly sweepId: SweepId } }
  | {
      readonly kind: 'market.import';
      readonly payload: { readonly importId: string; readonly bytes: number; readonly bars: number };
    };

/** Events that a browser should have received are gone: the browser reads everything again. */
export interface MissedEvents {
  readonly kind: 'events.missed';
  readonly payload: Readonly<Record<string, never>>;
}

/** What open browsers of an organisation are told. */
export type LiveEvent = StoredEvent | TransientEvent | MissedEvents;

/** What is kept for a while, so that no browser misses it. */
export type StoredEvent =
  | {
      readonly kind: 'backtest.queued' | 'backtest.finished';
      readonly payload: RunEvent & { readonly backtestId: BacktestId };
    }
  /** Renamed, deleted or brought back. */
  | { readonly kind: 'backtest.changed'; readonly payload: { readonly backtestId: string; readonly formulaId: string } }
  | {
      readonly kind: 'sweep.queued' | 'sweep.finished';
      readonly payload: RunEvent & { readonly sweepId: SweepId };
    }
  | { readonly kind: 'signal.emitted'; readonly payload: { readonly signal: LiveSignal } }
  | {
      readonly kind: 'bot.changed';
      readonly payload: {
        readonly botId: BotId;
        readonly status: 'draft' | 'running' | 'paused' | 'halted' | 'removed';
      };
    }
  | {
      readonly kind: 'version.created';
      readonly payload: { readonly formulaId: FormulaId; readonly versionId: VersionId; readonly number: number };
    }
  | { readonly kind: 'formula.changed'; readonly payload: { readonly formulaId: FormulaId } }
  | {
      readonly kind: 'comment.changed';
      readonly payload: { readonly formulaId: FormulaId; readonly threadId: ThreadId };
    }
  | {
      readonly kind: 'review.changed';
      readonly payload: { readonly formulaId: FormulaId; readonly reviewId: ReviewId };
    }
  /** What is published of a strategy is another version, or none. */
  | { readonly kind: 'publication.changed'; readonly payload: { readonly formulaId: FormulaId } }
  | { readonly kind: 'policy.changed'; readonly payload: Readonly<Record<string, never>> }
  /** Only for those whom it names. */
  | { readonly kind: 'notification.changed'; readonly payload: { readonly userIds: readonly UserId[] } }
  | {
      readonly kind: 'market.changed';
      readonly payload: { readonly marketId: MarketId; readonly change: MarketChange };
    }
  /** Another plan, or other bots are frozen. */
  | { readonly kind: 'plan.changed'; readonly payload: Readonly<Record<string, never>> }
  | { readonly kind: 'team.changed'; readonly payload: Readonly<Record<string, never>> };
