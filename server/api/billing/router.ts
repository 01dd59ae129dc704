import { z } from 'zod';
import { listPlans } from '#server/use-cases/billing/list-plans.ts';
import {
  getBilling,
  keepBots,
  listBotsToKeep,
  listInvoices,
  openPortal,
  refreshBilling,
  startCheckout,
} from '#server/use-cases/billing/manage-billing.ts';
import { nothing } from '../answers.ts';
import { id } from '../fields.ts';
import { orgProcedure, publicProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

const MOST_KEPT = 1000;

export const billingRouter = router({
  plans: publicProcedure('open')
    .output(answers.plans)
    .query(({ ctx }) => listPlans(ctx)),
  get: orgProcedure('org.read', 'read')
    .output(answers.billing)
    .query(({ ctx }) => getBilling(ctx)),
  bots: orgProcedure('billing.manage', 'read')
    .output(answers.botsToKeep)
    .query(({ ctx }) => listBotsToKeep(ctx)),
  keepBots: orgProcedure('billing.manage', 'write')
    .input(z.object({ botIds: z.array(id('bot')).max(MOST_KEPT) }))
    .output(nothing)
    .mutation(({ ctx, input }) => keepBots(ctx, input)),
  checkout: orgProcedure('billing.manage', 'payment')
    .input(z.object({ plan: answers.plan, price: z.string().max(255).optional() }))
    .output(answers.page)
    .mutation(({ ctx, input }) => startCheckout(ctx, input)),
  portal: orgProcedure('billing.manage', 'payment')
    .output(answers.page)
    .mutation(({ ctx }) => openPortal(ctx)),
  refresh: orgProcedure('billing.manage', 'payment')
    .output(nothing)
    .mutation(({ ctx }) => refreshBilling(ctx)),
  invoices: orgProcedure('billing.manage', 'payment')
    .input(z.object({ limit: z.int().min(1).max(100).default(12), cursor: z.string().max(255).optional() }))
    .output(answers.invoices)
    .query(({ ctx, input }) => listInvoices(ctx, input)),
});
