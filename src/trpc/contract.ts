import type { TRPCBuiltRouter, TRPCMutationProcedure, TRPCQueryProcedure, TRPCSubscriptionProcedure, TRPCDefaultErrorShape } from '@trpc/server';
import type { Metrics, RejectedOrder, Signal, Trade } from '#core/engine/result.ts';
import type { Settings } from '#core/engine/settings.ts';
import type { Timeframe } from '#core/market/bars.ts';

type Query<I, O> = TRPCQueryProcedure<{ input: I; output: O; meta: unknown }>;
type Mutation<I, O> = TRPCMutationProcedure<{ input: I; output: O; meta: unknown }>;

export type Role = 'owner' | 'admin' | 'editor' | 'reviewer' | 'viewer';
export type BacktestStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

export interface Me {
  user: { id: string; name: string; email: string };
  org: { id: string; name: string };
  role: Role;
  permissions: readonly string[];
}
export interface BacktestRow {
  id: string; formulaId: string; formulaName: string; versionId: string; versionNumber: number; marketId: string; symbol: string; timeframe: Timeframe; currency: string;
  settings: Settings; from: number | null; to: number | null; status: BacktestStatus; progress: number; failure: string | null; requestedBy: string;
  queuedAt: number; startedAt: number | null; finishedAt: number | null; metrics: Metrics | null;
}
export interface SignalRow {
  id: string; botId: string; botName: string; versionNumber: number; symbol: string; timeframe: Timeframe; barTime: number; nodeId: string; kind: Signal['kind']; price: number;
  note: string | null; reason: string | null; emittedAt: number; sequence: number;
}
export interface MarketRow { id: string; symbol: string; name: string; timeframe: Timeframe; currency: string; barCount: number; firstTime: number; lastTime: number; source: string }
export interface BotRow {
  id: string; name: string; formulaId: string; formulaName: string; versionId: string; versionNumber: number; marketId: string; symbol: string; timeframe: Timeframe;
  mode: 'paper' | 'live'; status: 'draft' | 'running' | 'paused' | 'halted'; createdAt: number; signalCount: number; lastSignalAt: number | null;
}
export type LiveEvent =
  | { kind: 'backtest.queued' | 'backtest.progress' | 'backtest.finished'; payload: { backtestId: string; formulaId: string; status: BacktestStatus; progress: number } }
  | { kind: 'signal.emitted'; payload: { signal: SignalRow } }
  | { kind: 'bot.changed'; payload: { botId: string; status: BotRow['status'] } }
  | { kind: 'version.created'; payload: { formulaId: string; versionId: string; number: number } }
  | { kind: 'formula.changed'; payload: { formulaId: string } }
  | { kind: 'market.changed'; payload: { marketId: string } }
  | { kind: 'market.import'; payload: { importId: string; bytes: number; bars: number } }
  | { kind: 'team.changed'; payload: Record<string, never> };

type Routes = {
  session: {
    me: Query<void, Me | null>;
    register: Mutation<{ name: string; email: string; password: string; organisation: string } | { name: string; email: string; password: string; invitation: string }, unknown>;
    signIn: Mutation<{ email: string; password: string }, unknown>;
    signOut: Mutation<void, unknown>;
  };
  team: {
    get: Query<void, { members: { userId: string; name: string; email: string; role: Role; joinedAt: number }[]; invitations: { id: string; role: Role; email: string | null; expiresAt: number; createdBy: string }[] }>;
    invite: Mutation<{ role: Role; email?: string }, { id: string; link: string }>;
    revokeInvitation: Mutation<{ id: string }, unknown>;
    changeRole: Mutation<{ userId: string; role: Role }, unknown>;
    removeMember: Mutation<{ userId: string }, unknown>;
  };
  invitation: {
    preview: Query<{ token: string }, { organisation: string; role: Role; invitedBy: string; email?: string }>;
    accept: Mutation<{ token: string }, unknown>;
  };
  formula: {
    list: Query<void, { id: string; name: string; updatedAt: number; createdBy: string; versionCount: number; lastBacktest?: { id: string; status: BacktestStatus; metrics: Metrics | null } | null }[]>;
    get: Query<{ id: string }, { id: string; name: string }>;
    create: Mutation<{ name: string; code?: string }, { id: string }>;
    rename: Mutation<{ id: string; name: string }, unknown>;
    archive: Mutation<{ id: string }, unknown>;
    duplicate: Mutation<{ id: string }, { id: string }>;
  };
  version: {
    list: Query<{ formulaId: string }, { id: string; number: number; message: string; author: string; contentHash: string; createdAt: number }[]>;
    get: Query<{ id: string }, { id: string; number: number; code: string }>;
    create: Mutation<{ formulaId: string; message: string }, { id: string; number: number }>;
  };
  market: {
    list: Query<void, MarketRow[]>;
    bars: Query<{ id: string; from?: number; to?: number; maxPoints?: number }, { time: number[]; open: number[]; high: number[]; low: number[]; close: number[]; volume: number[]; reducedBy: number }>;
    remove: Mutation<{ id: string }, unknown>;
  };
  backtest: {
    start: Mutation<{ formulaId: string; marketId: string; from?: number; to?: number; settings: Settings; inputs?: Record<string, number | boolean | string> }, { backtestId: string }>;
    list: Query<{ formulaId?: string }, BacktestRow[]>;
    get: Query<{ id: string }, BacktestRow & { code: string }>;
    result: Query<{ id: string }, { time: number[]; equity: number[]; drawdown: number[]; benchmark: number[]; trades: readonly Trade[]; rejected: readonly RejectedOrder[]; signals: readonly Signal[]; metrics: Metrics }>;
    cancel: Mutation<{ id: string }, unknown>;
  };
  bot: {
    list: Query<void, BotRow[]>;
    get: Query<{ id: string }, BotRow>;
    create: Mutation<{ name: string; versionId: string; marketId: string; mode: 'paper'; settings: Settings }, { id: string }>;
    start: Mutation<{ id: string }, unknown>;
    pause: Mutation<{ id: string }, unknown>;
    remove: Mutation<{ id: string }, unknown>;
  };
  signal: { list: Query<{ botId?: string; before?: number; limit: number }, SignalRow[]> };
  live: { events: TRPCSubscriptionProcedure<{ input: { lastEventId?: string } | undefined; output: AsyncIterable<{ id: string; data: LiveEvent }>; meta: unknown }> };
};

export type AppRouter = TRPCBuiltRouter<{ ctx: object; meta: object; errorShape: TRPCDefaultErrorShape & { data: { appCode?: string; details?: unknown } }; transformer: true }, Routes>;
