import { z } from 'zod';
import type { NotificationFacts } from '#core/notification/notice.ts';
import type { BotId, ReviewId, RunId } from '#core/requests/ids.ts';

const isText = (value: unknown): boolean => typeof value === 'string';
const nothing = z.strictObject({});
const review = { reviewId: z.custom<ReviewId>(isText), title: z.string() };
const run = { noun: z.enum(['backtest', 'sweep']), runId: z.custom<RunId>(isText) };

/** What is kept of notifications of each kind. */
export const NOTIFICATIONS = {
  mention: nothing,
  reply: nothing,
  'run.finished': z.strictObject(run),
  'run.failed': z.strictObject({ ...run, failure: z.string() }),
  'review.asked': z.strictObject(review),
  'review.answered': z.strictObject({ ...review, verdict: z.enum(['approved', 'changes', 'commented']) }),
  'review.moved': z.strictObject({ ...review, version: z.number() }),
  'version.published': z.strictObject({ version: z.number() }),
  'bot.upgraded': z.strictObject({ botId: z.custom<BotId>(isText), name: z.string(), version: z.number() }),
  'bot.stopped': z.strictObject({ botId: z.custom<BotId>(isText), name: z.string(), failure: z.string() }),
  'ownership.received': nothing,
  'ownership.given': nothing,
  'invitation.accepted': z.strictObject({ role: z.string() }),
} as const satisfies { readonly [Kind in keyof NotificationFacts]: z.ZodType<NotificationFacts[Kind]> };

/**
 * Whoever waited for a run for longer than this, in milliseconds, is told of its end: they have turned to something
 * else.
 */
export const LONG_WAIT = 30_000;

/** What is older than this is forgotten, read or not. */
export const KEPT_DAYS = 180;
