import { z } from 'zod';
import { PLAN_NAMES } from '#server/policies/plans.ts';
import type { listPlans } from '#server/use-cases/billing/list-plans.ts';
import type { getBilling, listBotsToKeep, listInvoices } from '#server/use-cases/billing/manage-billing.ts';
import { figure, id, type AnswerOf } from '../answers.ts';

export const plan = z.enum(PLAN_NAMES);

export const plans: AnswerOf<typeof listPlans> = z.array(
  z.strictObject({
    name: plan,
    title: z.string(),
    about: z.string(),
    paid: z.enum(['free', 'flat', 'seats']),
    trialDays: figure,
    prices: z.array(
      z.strictObject({
        id: z.string(),
        amount: figure,
        currency: z.string(),
        interval: z.string(),
        intervals: figure,
      }),
    ),
    limits: z.array(
      z.strictObject({
        limit: z.enum([
          'bots',
          'backtestsADay',
          'backtestsAMonth',
          'sweepsADay',
          'formulas',
          'markets',
          'bars',
          'members',
          'signalDays',
          'webhookDestinations',
        ]),
        most: figure.nullable(),
      }),
    ),
    features: z.array(z.strictObject({ feature: z.enum(['liveMode', 'mfaRequired', 'sso']), has: z.boolean() })),
    turn: figure,
  }),
);

export const billing: AnswerOf<typeof getBilling> = z.strictObject({
  plan,
  by: z.enum(['admin', 'subscription', 'installation']),
  isSetUp: z.boolean(),
  sold: z.array(plan),
  owners: z.array(z.string()),
  subscription: z
    .strictObject({
      plan: z.string().nullable(),
      status: z.string(),
      seats: figure.nullable(),
      trialEndsAt: figure.nullable(),
      periodEndsAt: figure.nullable(),
      endsAt: figure.nullable(),
      graceEndsAt: figure.nullable(),
    })
    .nullable(),
  mayTry: z.boolean(),
});

export const botsToKeep: AnswerOf<typeof listBotsToKeep> = z.array(
  z.strictObject({
    id: id('bot'),
    name: z.string(),
    status: z.enum(['draft', 'running', 'paused', 'halted']),
    isFrozen: z.boolean(),
  }),
);

export const page = z.strictObject({ url: z.string() });

export const invoices: AnswerOf<typeof listInvoices> = z.array(
  z.strictObject({
    id: z.string(),
    number: z.string().nullable(),
    status: z.string().nullable(),
    total: figure,
    currency: z.string(),
    createdAt: figure,
    page: z.string().nullable(),
    file: z.string().nullable(),
  }),
);
