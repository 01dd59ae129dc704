import { z } from 'zod';
import { idOf, type IdKind } from '#core/requests/ids.ts';
import type { JobDefinition, PayloadOf } from './definition.ts';

const MINUTE = 60_000;
/** Runs have a limit by their plan; this one is for what their limit does not see. Waiting for memory counts too. */
const DAY = 24 * 60 * MINUTE;

const id = <Kind extends IdKind>(kind: Kind) => z.uuid().transform((text) => idOf(kind, text));

const compactDocumentsPayload = z.object({});

export const compactDocuments: JobDefinition<z.infer<typeof compactDocumentsPayload>> = {
  name: 'compact-documents',
  pool: 'interactive',
  payload: compactDocumentsPayload,
  attempts: 3,
  mostTime: 10 * MINUTE,
  priority: 10,
};

const noteCheckpointsPayload = z.object({});

export const noteCheckpoints: JobDefinition<z.infer<typeof noteCheckpointsPayload>> = {
  name: 'note-checkpoints',
  pool: 'interactive',
  payload: noteCheckpointsPayload,
  attempts: 3,
  mostTime: 5 * MINUTE,
  priority: 10,
};

const deleteOrganisationsPayload = z.object({});

export const deleteOrganisations: JobDefinition<z.infer<typeof deleteOrganisationsPayload>> = {
  name: 'delete-organisations',
  pool: 'interactive',
  payload: deleteOrganisationsPayload,
  attempts: 3,
  mostTime: 10 * MINUTE,
  priority: 10,
};

const syncCustomerPayload = z.object({ customerId: z.string() });

/** Asks Stripe what a customer has subscribed. One waits for each customer, however many events there were. */
export const syncCustomer: JobDefinition<z.infer<typeof syncCustomerPayload>> = {
  name: 'sync-customer',
  pool: 'interactive',
  payload: syncCustomerPayload,
  attempts: 16,
  mostTime: MINUTE,
};

const reconcileBillingPayload = z.object({});

export const reconcileBilling: JobDefinition<z.infer<typeof reconcileBillingPayload>> = {
  name: 'reconcile-billing',
  pool: 'interactive',
  payload: reconcileBillingPayload,
  attempts: 3,
  mostTime: 10 * MINUTE,
  priority: 10,
};

const pruneSignalsPayload = z.object({});

export const pruneSignals: JobDefinition<z.infer<typeof pruneSignalsPayload>> = {
  name: 'prune-signals',
  pool: 'interactive',
  payload: pruneSignalsPayload,
  attempts: 3,
  mostTime: 30 * MINUTE,
  priority: 10,
};

const pruneEventsPayload = z.object({});

export const pruneEvents: JobDefinition<z.infer<typeof pruneEventsPayload>> = {
  name: 'prune-events',
  pool: 'interactive',
  payload: pruneEventsPayload,
  attempts: 3,
  mostTime: 10 * MINUTE,
  priority: 10,
};

const pruneSessionsPayload = z.object({});

export const pruneSessions: JobDefinition<z.infer<typeof pruneSessionsPayload>> = {
  name: 'prune-sessions',
  pool: 'interactive',
  payload: pruneSessionsPayload,
  attempts: 3,
  mostTime: 10 * MINUTE,
  priority: 10,
};

const rebaseDocumentsPayload = z.object({});

export const rebaseDocuments: JobDefinition<z.infer<typeof rebaseDocumentsPayload>> = {
  name: 'rebase-documents',
  pool: 'interactive',
  payload: rebaseDocumentsPayload,
  attempts: 3,
  mostTime: 10 * MINUTE,
  priority: 10,
};

const reviveBotsPayload = z.object({});

export const reviveBots: JobDefinition<z.infer<typeof reviveBotsPayload>> = {
  name: 'revive-bots',
  pool: 'interactive',
  payload: reviveBotsPayload,
  attempts: 3,
  mostTime: 5 * MINUTE,
  priority: 10,
};

const runBacktestPayload = z.object({ orgId: id('organisation'), backtestId: id('backtest') });

export const runBacktest: JobDefinition<z.infer<typeof runBacktestPayload>> = {
  name: 'run-backtest',
  pool: 'compute',
  payload: runBacktestPayload,
  attempts: 4,
  mostTime: DAY,
};

const runSweepPayload = z.object({ orgId: id('organisation'), sweepId: id('sweep') });

export const runSweep: JobDefinition<z.infer<typeof runSweepPayload>> = {
  name: 'run-sweep',
  pool: 'compute',
  payload: runSweepPayload,
  attempts: 4,
  mostTime: DAY,
};

/** `step` is the number of ticks the bot has done: a job for another one is a repeat and does nothing. */
const tickBotPayload = z.object({ orgId: id('organisation'), botId: id('bot'), step: z.int().min(0) });

export const tickBot: JobDefinition<z.infer<typeof tickBotPayload>> = {
  name: 'tick-bot',
  pool: 'interactive',
  payload: tickBotPayload,
  attempts: 8,
  mostTime: MINUTE,
};

/** The tick of a bot that has many bars to run first. */
export const replayBot: JobDefinition<PayloadOf<typeof tickBot>> = {
  name: 'replay-bot',
  pool: 'compute',
  payload: tickBot.payload,
  attempts: 8,
  mostTime: DAY,
  priority: 1,
};

/** `orgId`: of a letter that an organisation's own transaction has written. */
const sendLetterPayload = z.object({ letterId: id('letter'), orgId: id('organisation').optional() });

export const sendLetter: JobDefinition<z.infer<typeof sendLetterPayload>> = {
  name: 'send-letter',
  pool: 'interactive',
  payload: sendLetterPayload,
  // With the queue's waits, which grow from seconds, for about six hours.
  attempts: 10,
  mostTime: 2 * MINUTE,
};

const sendResetPayload = z.object({ email: z.string(), device: z.string().nullable(), ip: z.string().nullable() });

/** Looks for an account and writes to it: so that whoever asks learns nothing, not even by the time that it takes. */
export const sendReset: JobDefinition<z.infer<typeof sendResetPayload>> = {
  name: 'send-reset',
  pool: 'interactive',
  payload: sendResetPayload,
  attempts: 5,
  mostTime: MINUTE,
};

const resealPayload = z.object({});

export const reseal: JobDefinition<z.infer<typeof resealPayload>> = {
  name: 'reseal',
  pool: 'interactive',
  payload: resealPayload,
  attempts: 3,
  mostTime: 10 * MINUTE,
  priority: 10,
};
