declare const kindOf: unique symbol;

/**
 * A text that names one thing of a kind. A plain text is no id, and an id of one kind is none of another: two ids that
 * are swapped do not compile. The mark exists in types alone; an id is a text wherever it is kept or sent.
 */
type Id<Kind extends string> = string & { readonly [kindOf]: Kind };

export type OrgId = Id<'organisation'>;
export type UserId = Id<'user'>;
export type InvitationId = Id<'invitation'>;
export type FormulaId = Id<'formula'>;
export type VersionId = Id<'version'>;
export type MarketId = Id<'market'>;
export type BacktestId = Id<'backtest'>;
export type SweepId = Id<'sweep'>;
export type BotId = Id<'bot'>;
export type ThreadId = Id<'thread'>;
export type CommentId = Id<'comment'>;
export type NotificationId = Id<'notification'>;
export type SignalId = Id<'signal'>;
export type ReviewId = Id<'review'>;
export type PublicationId = Id<'publication'>;
export type LetterId = Id<'letter'>;

/** A run of either kind. */
export type RunId = BacktestId | SweepId;

interface Ids {
  readonly organisation: OrgId;
  readonly user: UserId;
  readonly invitation: InvitationId;
  readonly formula: FormulaId;
  readonly version: VersionId;
  readonly market: MarketId;
  readonly backtest: BacktestId;
  readonly sweep: SweepId;
  readonly bot: BotId;
  readonly thread: ThreadId;
  readonly comment: CommentId;
  readonly notification: NotificationId;
  readonly signal: SignalId;
  readonly review: ReviewId;
  readonly publication: PublicationId;
  readonly letter: LetterId;
}

export type IdKind = keyof Ids;
export type IdOf<Kind extends IdKind> = Ids[Kind];

/**
 * The text, as an id of a kind. Only for the rim, where ids come as texts: from a request, a job, a row, an address.
 * Everywhere else an id is handed on as what it is.
 */
export const idOf = <Kind extends IdKind>(_kind: Kind, text: string): IdOf<Kind> => text as IdOf<Kind>;
