import { asSystem, type Database } from '#server/db/database.ts';
import * as schema from '#server/db/schema/index.ts';
import type { Filled } from './organisation.ts';

/** A row of the organisation in each table that is younger than the roles of the database. */
export async function fillNewest(
  db: Database,
  { orgId, mark, userId, formulaId, versionId, reviewId, marketId }: Filled,
): Promise<void> {
  const bytes = new Uint8Array(8);
  await asSystem(db, async (tx) => {
    await tx.insert(schema.damagedDocuments).values({ orgId, formulaId, epoch: 1, sequence: 1, bytes });
    const ofReview = { orgId, reviewId, userId, versionId };
    const now = new Date();
    await tx.insert(schema.reviews).values({
      id: reviewId,
      orgId,
      formulaId,
      versionId,
      title: mark,
      description: mark,
      authorId: userId,
      createdAt: now,
      updatedAt: now,
    });
    await tx.insert(schema.reviewers).values({ orgId, reviewId, userId, askedAt: now });
    await tx
      .insert(schema.reviewVerdicts)
      .values({ ...ofReview, contentHash: mark, verdict: 'changes', note: mark, at: now });
    await tx.insert(schema.publicationPolicies).values({ orgId, approvals: 0, roles: ['reviewer'], updatedAt: now });
    await tx.insert(schema.publications).values({
      orgId,
      formulaId,
      versionId,
      notes: mark,
      validation: 'open',
      approvedBy: [],
      publishedBy: userId,
      publishedAt: now,
    });
    await tx.insert(schema.barCorrections).values({ orgId, marketId, revision: 1, changed: bytes, added: bytes });
    await tx
      .insert(schema.contributions)
      .values({ orgId, formulaId, userId, afterVersion: 0, startedAt: now, endedAt: now, changes: 1 });
    await tx.insert(schema.letters).values({ orgId, userId, address: mark, kind: 'verify', facts: {} });
    await tx
      .insert(schema.accountLinks)
      .values({ userId, purpose: 'verify', tokenHash: mark, email: mark, expiresAt: now });
    await tx.insert(schema.ceremonies).values({ id: mark, kind: 'second-factor', userId, facts: {} });
    const passkey = { publicKey: bytes, counter: 0, transports: [], isBackedUp: false };
    await tx.insert(schema.passkeys).values({ id: mark, userId, name: mark, ...passkey });
    await tx.insert(schema.recoveryCodes).values({ userId, hash: mark });
    await tx.insert(schema.totpSeeds).values({ userId, sealed: bytes, keyId: mark });
    await tx.insert(schema.userPictures).values({ userId, type: 'image/png', bytes });
    await tx.insert(schema.accessPolicies).values({ orgId, sessionHours: 24, updatedAt: now });
    await tx.insert(schema.auditCheckpoints).values({ chain: orgId, sequence: 1, hash: mark });
    await tx.insert(schema.billingAccounts).values({ orgId, customerId: mark });
    await tx.insert(schema.installation).values({ plan: 'enterprise' }).onConflictDoNothing();
    await tx.insert(schema.versionLabels).values({ versionId, orgId, name: 'Named' });
    await tx.insert(schema.branches).values({ formulaId, orgId, originId: formulaId, originVersionId: versionId });
    await tx.insert(schema.merges).values({
      orgId,
      branchId: formulaId,
      intoId: formulaId,
      sourceVersionId: versionId,
      beforeVersionId: versionId,
      afterVersionId: versionId,
      nextBaseId: versionId,
      mergedBy: userId,
    });
  });
}

/**
 * Rows of the organisation in the tables that `fillOrganisation` leaves empty: with both, there is a row in each table
 * that has an `org_id`.
 */
export async function fillRest(
  db: Database,
  { orgId, mark, userId, formulaId, backtestId, sweepId }: Filled,
): Promise<void> {
  const bytes = new Uint8Array(8);
  const curves = { equity: bytes, drawdown: bytes, benchmark: bytes };
  await asSystem(db, async (tx) => {
    const inAWeek = new Date(Date.now() + 604_800_000);
    await tx
      .insert(schema.sessions)
      .values({ id: mark, userId, orgId, expiresAt: inAWeek, absoluteExpiresAt: inAWeek });
    await tx.insert(schema.knownDevices).values({ id: mark, userId });
    await tx.insert(schema.formulaUpdates).values({ formulaId, orgId, sequence: 1, actorId: userId, bytes });
    await tx.insert(schema.formulaEpochs).values({ formulaId, orgId, epoch: 0, had: bytes });
    await tx
      .insert(schema.backtestResults)
      .values({ backtestId, orgId, trades: [], rejected: [], signals: [], ...curves });
    await tx.insert(schema.sweepResults).values({ sweepId, orgId, keys: [], figures: bytes, refused: [] });
    await tx.insert(schema.forwardResults).values({
      sweepId,
      orgId,
      forward: { windows: [], efficiency: null, metrics: {}, trades: [] },
      time: bytes,
      ...curves,
    });
    await tx.insert(schema.eventStreams).values({ orgId, lastSequence: 1 });
    await tx.insert(schema.events).values({ orgId, sequence: 1, kind: 'team.changed', payload: { mark } });
    await tx.insert(schema.auditLog).values({ orgId, actorId: userId, action: 'test', entity: 'test', entityId: mark });
    const serverId = crypto.randomUUID();
    await tx.insert(schema.realtimeServers).values({ id: serverId, name: mark });
    await tx.insert(schema.openDocuments).values({ serverId, formulaId, orgId, people: 1, clients: 1 });
    await tx.insert(schema.stripeEvents).values({ id: mark, type: 'test', payload: '{}' });
    await tx.insert(schema.rateLimits).values({ key: mark, points: 1 });
    await tx.insert(schema.signInAttempts).values({ key: mark, points: 1 });
    await tx.insert(schema.workerHeartbeats).values({ poolId: mark });
  });
}
