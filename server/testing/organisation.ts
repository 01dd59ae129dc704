import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import {
  idOf,
  type BacktestId,
  type BotId,
  type CommentId,
  type FormulaId,
  type InvitationId,
  type MarketId,
  type OrgId,
  type ReviewId,
  type SweepId,
  type ThreadId,
  type UserId,
  type VersionId,
} from '#core/requests/ids.ts';
import { packBars } from '#server/db/bar-chunk.ts';
import { asSystem, type Database } from '#server/db/database.ts';
import * as schema from '#server/db/schema/index.ts';
import { createMember } from './people.ts';

/** An organisation with one of everything, each named with `mark`. */
export interface Filled {
  readonly orgId: OrgId;
  readonly mark: string;
  readonly userId: UserId;
  readonly invitationId: InvitationId;
  readonly formulaId: FormulaId;
  readonly versionId: VersionId;
  readonly marketId: MarketId;
  readonly backtestId: BacktestId;
  readonly sweepId: SweepId;
  readonly botId: BotId;
  readonly threadId: ThreadId;
  readonly commentId: CommentId;
  readonly reviewId: ReviewId;
}

export async function fillOrganisation(db: Database, orgId: OrgId): Promise<Filled> {
  const mark = `secret-${crypto.randomUUID()}`;
  const author = await createMember(db, orgId, 'editor');
  const ids = {
    invitationId: idOf('invitation', crypto.randomUUID()),
    formulaId: idOf('formula', crypto.randomUUID()),
    versionId: idOf('version', crypto.randomUUID()),
    marketId: idOf('market', crypto.randomUUID()),
    backtestId: idOf('backtest', crypto.randomUUID()),
    sweepId: idOf('sweep', crypto.randomUUID()),
    botId: idOf('bot', crypto.randomUUID()),
    threadId: idOf('thread', crypto.randomUUID()),
    commentId: idOf('comment', crypto.randomUUID()),
    reviewId: idOf('review', crypto.randomUUID()),
  };
  const { invitationId, formulaId, versionId, marketId, backtestId, sweepId, botId, threadId, commentId } = ids;
  const common = { orgId, formulaId, versionId, marketId, settings: DEFAULT_SETTINGS };
  const prices = Float64Array.of(1, 2);
  const bars = {
    time: Float64Array.of(0, 86_400_000),
    open: prices,
    high: prices,
    low: prices,
    close: prices,
    volume: prices,
  };
  await asSystem(db, async (tx) => {
    const inAWeek = new Date(Date.now() + 604_800_000);
    await tx.insert(schema.invitations).values({
      id: invitationId,
      orgId,
      tokenHash: mark,
      role: 'viewer',
      createdBy: author.userId,
      expiresAt: inAWeek,
    });
    await tx.insert(schema.formulas).values({ id: formulaId, orgId, name: mark, createdBy: author.userId });
    await tx.insert(schema.formulaSnapshots).values({ formulaId, orgId, sequence: 0, state: new Uint8Array([0, 0]) });
    await tx.insert(schema.versions).values({
      id: versionId,
      orgId,
      formulaId,
      number: 1,
      message: mark,
      authorId: author.userId,
      code: mark,
      json: '{}',
      contentHash: mark,
      errorCount: 0,
      documentState: new Uint8Array([0, 0]),
    });
    await tx.insert(schema.instruments).values({ orgId, symbol: mark, name: mark, currency: 'USD' });
    await tx.insert(schema.markets).values({
      id: marketId,
      orgId,
      symbol: mark,
      timeframe: '1d',
      source: mark,
      barCount: 2,
      firstTime: 0,
      lastTime: 86_400_000,
    });
    for (const chunk of packBars(bars, 2)) await tx.insert(schema.barChunks).values({ orgId, marketId, ...chunk });
    await tx.insert(schema.backtests).values({ id: backtestId, ...common, status: 'queued', failure: mark });
    await tx.insert(schema.sweeps).values({
      id: sweepId,
      ...common,
      axes: [{ name: mark, values: [1] }],
      search: { kind: 'grid' },
      candidateCount: 1,
      rankedBy: 'sharpe',
      failure: mark,
    });
    await tx.insert(schema.bots).values({ id: botId, ...common, name: mark });
    await tx.insert(schema.signals).values({
      orgId,
      botId,
      versionId,
      symbol: mark,
      timeframe: '1d',
      barTime: 0,
      nodeId: 'n',
      kind: 'buy',
      price: 1,
      note: mark,
    });
    const said = { orgId, threadId, createdAt: new Date() };
    await tx.insert(schema.commentThreads).values({
      id: threadId,
      orgId,
      formulaId,
      anchor: 'formula',
      createdAt: said.createdAt,
      updatedAt: said.createdAt,
    });
    await tx.insert(schema.comments).values({ id: commentId, ...said, authorId: author.userId, body: mark });
    await tx.insert(schema.notifications).values({
      orgId,
      userId: author.userId,
      kind: 'reply',
      once: `comment ${commentId}`,
      commentId,
      formulaId,
      createdAt: said.createdAt,
    });
  });
  return { orgId, mark, userId: author.userId, ...ids };
}

/**
 * For each procedure of an organisation, an otherwise right input that names something of this one; null where the
 * input names nothing of any organisation. A procedure that is missing here fails the test of access.
 */
export function inputsAbout(filled: Filled): Readonly<Record<string, unknown>> {
  const { formulaId, versionId, marketId, backtestId, sweepId, botId } = filled;
  return {
    'team.get': null,
    'team.invite': null,
    'team.revokeInvitation': { id: filled.invitationId },
    'team.changeRole': { userId: filled.userId, role: 'viewer' },
    'team.removeMember': { userId: filled.userId },
    'formula.list': null,
    'formula.get': { id: formulaId },
    'formula.create': null,
    'formula.import': null,
    'formula.export': { id: formulaId },
    'formula.rename': { id: formulaId, name: 'taken' },
    'formula.tag': { id: formulaId, tags: ['taken'] },
    'formula.archive': { id: formulaId },
    'formula.duplicate': { id: formulaId },
    'version.list': { formulaId },
    'version.create': { formulaId, message: 'taken' },
    'version.get': { id: versionId },
    'version.restore': { id: versionId },
    'version.takeBack': { before: versionId, after: versionId },
    'version.label': { id: versionId, name: 'taken', tags: ['taken'] },
    'history.list': { formulaId },
    'history.about': { formulaId },
    'history.export': { formulaId },
    'history.import': null,
    'branch.list': { formulaId },
    'branch.create': { versionId, name: 'taken' },
    'branch.pair': { into: formulaId, from: formulaId },
    'branch.merge': { into: formulaId, from: formulaId, base: versionId, theirs: 'taken', chosen: [], undone: [] },
    'document.list': null,
    'document.compact': { formulaId },
    'document.rebase': { formulaId },
    'document.damage': { formulaId },
    'document.recover': { formulaId, from: 'readable' },
    'market.list': null,
    'market.bars': { id: marketId },
    'market.gaps': { id: marketId },
    'market.removeBars': { id: marketId, from: 0, to: 0 },
    'market.remove': { id: marketId },
    'market.describe': { marketId, kind: 'index' },
    'backtest.runAgain': { id: backtestId },
    'backtest.start': { formulaId, marketId, settings: DEFAULT_SETTINGS },
    'backtest.list': null,
    'backtest.get': { id: backtestId },
    'backtest.result': { id: backtestId },
    'backtest.curve': { id: backtestId, from: 0, to: 1 },
    'backtest.cancel': { id: backtestId },
    'backtest.rename': { id: backtestId, title: 'taken' },
    'backtest.delete': { id: backtestId, deleted: false },
    'behaviour.start': {
      before: { formulaId, versionId },
      after: { formulaId },
      marketIds: [marketId],
      settings: DEFAULT_SETTINGS,
    },
    'behaviour.get': { before: backtestId, after: backtestId },
    'run.allowance': null,
    'run.turn': { kind: 'backtest', id: backtestId },
    'sweep.list': null,
    'sweep.start': {
      formulaId,
      marketId,
      settings: DEFAULT_SETTINGS,
      axes: [{ name: 'fast', values: [1, 2] }],
      search: { kind: 'grid' },
      rankedBy: 'sharpe',
    },
    'sweep.get': { id: sweepId },
    'sweep.result': { id: sweepId },
    'sweep.forward': { id: sweepId },
    'sweep.runAgain': { id: sweepId },
    'sweep.cancel': { id: sweepId },
    'sweep.openCandidate': { id: sweepId, inputs: { [filled.mark]: 1 } },
    'bot.list': null,
    'bot.get': { id: botId },
    'bot.create': { name: 'taken', versionId, marketId, mode: 'paper', settings: DEFAULT_SETTINGS },
    'bot.start': { id: botId },
    'bot.pause': { id: botId },
    'bot.remove': { id: botId },
    'signal.list': null,
    'team.usage': null,
    'billing.get': null,
    'billing.bots': null,
    'billing.keepBots': { botIds: [botId] },
    'billing.checkout': null,
    'billing.portal': null,
    'billing.refresh': null,
    'billing.invoices': null,
    'search.find': null,
    'comment.list': { formulaId },
    'comment.start': {
      formulaId,
      anchor: { kind: 'formula' },
      threadId: crypto.randomUUID(),
      commentId: crypto.randomUUID(),
      body: 'taken',
    },
    'comment.reply': { threadId: filled.threadId, commentId: crypto.randomUUID(), body: 'taken' },
    'comment.edit': { id: filled.commentId, body: 'taken' },
    'comment.remove': { id: filled.commentId },
    'comment.resolve': { threadId: filled.threadId, resolved: true },
    'review.list': { formulaId },
    'review.counts': null,
    'review.get': { id: filled.reviewId },
    'review.ask': { formulaId, title: 'taken', description: '', people: [filled.userId] },
    'review.request': { id: filled.reviewId, people: [filled.userId] },
    'review.answer': { id: filled.reviewId, verdict: 'approved', contentHash: filled.mark, note: '' },
    'review.move': { id: filled.reviewId },
    'review.describe': { id: filled.reviewId, title: 'taken', description: '' },
    'review.end': { id: filled.reviewId, state: 'closed' },
    'publication.list': { formulaId },
    'publication.preview': { versionId },
    'publication.publish': { versionId, notes: 'taken', bots: [] },
    'publication.end': { formulaId },
    'publication.upgradeBot': { id: botId, choice: 'flat' },
    'policy.get': null,
    'policy.set': null,
    'policy.access': null,
    'policy.setAccess': null,
    'organisation.rename': null,
    'organisation.transfer': { userId: filled.userId },
    'organisation.delete': null,
    'organisation.keep': null,
    'audit.list': null,
    'audit.verify': null,
    'notification.list': null,
    'live.events': null,
  };
}
