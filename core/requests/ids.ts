/**
 * A text that names one thing of a kind. A plain text is taken as any id, since ids come as texts from requests, jobs
 * and tests; an id of one kind is not taken as an id of another kind, so that two ids that are swapped do not compile.
 * The property exists in types alone.
 */
type Id<Kind extends string> = string & { readonly __idOf?: Kind };

export type OrgId = Id<'organisation'>;
export type UserId = Id<'user'>;
export type FormulaId = Id<'formula'>;
export type VersionId = Id<'version'>;
export type MarketId = Id<'market'>;
export type BacktestId = Id<'backtest'>;
export type SweepId = Id<'sweep'>;
export type BotId = Id<'bot'>;
export type ThreadId = Id<'thread'>;
export type CommentId = Id<'comment'>;
