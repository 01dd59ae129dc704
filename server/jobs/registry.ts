import { parseCronItems } from 'graphile-worker';
import {
  compactDocuments,
  deleteOrganisations,
  noteCheckpoints,
  pruneEvents,
  pruneSessions,
  pruneSignals,
  rebaseDocuments,
  reconcileBilling,
  replayBot,
  reseal,
  reviveBots,
  runBacktest,
  runSweep,
  sendLetter,
  sendReset,
  syncCustomer,
  tickBot,
} from '#server/queue/definitions.ts';
import { registerJob, type RegisteredJob } from './handler.ts';

/** Every job there is. */
export const JOBS: readonly RegisteredJob[] = [
  registerJob(runBacktest, () => import('./handlers/run-backtest.ts')),
  registerJob(runSweep, () => import('./handlers/run-sweep.ts')),
  registerJob(tickBot, () => import('./handlers/tick-bot.ts')),
  registerJob(replayBot, () => import('./handlers/replay-bot.ts')),
  registerJob(reviveBots, () => import('./handlers/revive-bots.ts')),
  registerJob(sendLetter, () => import('./handlers/send-letter.ts')),
  registerJob(sendReset, () => import('./handlers/send-reset.ts')),
  registerJob(reseal, () => import('./handlers/reseal.ts')),
  registerJob(syncCustomer, () => import('./handlers/sync-customer.ts')),
  registerJob(reconcileBilling, () => import('./handlers/reconcile-billing.ts')),
  registerJob(pruneSignals, () => import('./handlers/prune-signals.ts')),
  registerJob(pruneEvents, () => import('./handlers/prune-events.ts')),
  registerJob(pruneSessions, () => import('./handlers/prune-sessions.ts')),
  registerJob(compactDocuments, () => import('./handlers/compact-documents.ts')),
  registerJob(noteCheckpoints, () => import('./handlers/note-checkpoints.ts')),
  registerJob(deleteOrganisations, () => import('./handlers/delete-organisations.ts')),
  registerJob(rebaseDocuments, () => import('./handlers/rebase-documents.ts')),
];

/** Jobs that time causes. All of them are safe to repeat. */
export const SCHEDULE = parseCronItems([
  { task: reviveBots.name, match: '* * * * *', options: { maxAttempts: reviveBots.attempts } },
  { task: pruneEvents.name, match: '17 * * * *', options: { maxAttempts: pruneEvents.attempts } },
  { task: reconcileBilling.name, match: '27 * * * *', options: { maxAttempts: reconcileBilling.attempts } },
  { task: pruneSignals.name, match: '47 * * * *', options: { maxAttempts: pruneSignals.attempts } },
  { task: pruneSessions.name, match: '37 * * * *', options: { maxAttempts: pruneSessions.attempts } },
  { task: reseal.name, match: '27 * * * *', options: { maxAttempts: reseal.attempts } },
  { task: noteCheckpoints.name, match: '7 * * * *', options: { maxAttempts: noteCheckpoints.attempts } },
  { task: deleteOrganisations.name, match: '47 * * * *', options: { maxAttempts: deleteOrganisations.attempts } },
  { task: compactDocuments.name, match: '*/10 * * * *', options: { maxAttempts: compactDocuments.attempts } },
  // After a compaction, which finds out what a document carries.
  { task: rebaseDocuments.name, match: '5,15,25,35,45,55 * * * *', options: { maxAttempts: rebaseDocuments.attempts } },
]);
