import { z } from 'zod';
import { QUOTAS } from '#server/policies/entitlements.ts';
import { discardJob, listJobs, readMetrics, retryJob } from '#server/use-cases/admin/manage-jobs.ts';
import {
  listInstallationLetters,
  readInstallationLetter,
  retryInstallationLetter,
} from '#server/use-cases/admin/manage-letters.ts';
import { listOrganisations, setExceptions } from '#server/use-cases/admin/manage-organisations.ts';
import { listUsers, restoreUser, setAdmin, signOutUser, suspendUser } from '#server/use-cases/admin/manage-users.ts';
import { listInstallationAudit, verifyInstallationAudit } from '#server/use-cases/admin/read-audit.ts';
import { nothing } from '../answers.ts';
import { rows, verified } from '../audit/answers.ts';
import { auditFilter } from '../audit/filter.ts';
import { id, page, text, trimmed } from '../fields.ts';
import { adminProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

/** More than any plan gives but what has no limit. */
const LARGEST_EXCEPTION = 1e12;
const search = trimmed(200).default('');
const user = z.object({ userId: id('user') });
/** Of graphile-worker: a number, beyond what JavaScript counts to. */
const job = text(19).regex(/^[1-9]\d*$/, 'This is not the number of a job.');

export const adminRouter = router({
  users: adminProcedure('heavyRead')
    .input(z.object({ search, suspended: z.boolean().default(false), ...page(100) }).prefault({}))
    .output(answers.users)
    .query(({ ctx, input }) => listUsers(ctx, input)),
  suspendUser: adminProcedure('write', { stepUp: true })
    .input(z.object({ userId: id('user'), reason: trimmed(500).pipe(z.string().min(1, 'Say why.')) }))
    .output(nothing)
    .mutation(({ ctx, input }) => suspendUser(ctx, input)),
  restoreUser: adminProcedure('write')
    .input(user)
    .output(nothing)
    .mutation(({ ctx, input }) => restoreUser(ctx, input)),
  signOutUser: adminProcedure('write')
    .input(user)
    .output(nothing)
    .mutation(({ ctx, input }) => signOutUser(ctx, input)),
  setAdmin: adminProcedure('write', { stepUp: true })
    .input(z.object({ userId: id('user'), admin: z.boolean() }))
    .output(nothing)
    .mutation(({ ctx, input }) => setAdmin(ctx, input)),
  organisations: adminProcedure('heavyRead')
    .input(z.object({ search, ...page(100) }).prefault({}))
    .output(answers.organisations)
    .query(({ ctx, input }) => listOrganisations(ctx, input)),
  setExceptions: adminProcedure('write', { stepUp: true })
    .input(
      z.object({
        orgId: id('organisation'),
        exceptions: z
          .array(
            z.object({
              name: z.enum(QUOTAS),
              value: z
                .int('Give a whole number.')
                .min(0, 'Give 0 or more.')
                .max(LARGEST_EXCEPTION, 'Give at most 1,000,000,000,000.'),
            }),
          )
          .max(QUOTAS.length),
      }),
    )
    .output(nothing)
    .mutation(({ ctx, input }) => setExceptions(ctx, input)),
  jobs: adminProcedure('heavyRead')
    .input(
      z.object({
        failed: z.boolean().default(true),
        limit: z.int().min(1).max(100).default(100),
        cursor: job.optional(),
      }),
    )
    .output(answers.jobs)
    .query(({ ctx, input }) => listJobs(ctx, input)),
  retryJob: adminProcedure('write')
    .input(z.object({ id: job }))
    .output(nothing)
    .mutation(({ ctx, input }) => retryJob(ctx, input)),
  discardJob: adminProcedure('write')
    .input(z.object({ id: job }))
    .output(nothing)
    .mutation(({ ctx, input }) => discardJob(ctx, input)),
  letters: adminProcedure('heavyRead')
    .input(z.object(page(100)).prefault({}))
    .output(answers.letters)
    .query(({ ctx, input }) => listInstallationLetters(ctx, input)),
  readLetter: adminProcedure('write', { stepUp: true })
    .input(z.object({ id: id('letter') }))
    .output(answers.letter)
    .mutation(({ ctx, input }) => readInstallationLetter(ctx, input)),
  retryLetter: adminProcedure('write')
    .input(z.object({ id: id('letter') }))
    .output(nothing)
    .mutation(({ ctx, input }) => retryInstallationLetter(ctx, input)),
  metrics: adminProcedure('heavyRead')
    .output(answers.metrics)
    .query(({ ctx }) => readMetrics(ctx)),
  audit: adminProcedure('heavyRead')
    .input(z.object({ ...auditFilter, ...page(200) }).prefault({}))
    .output(rows)
    .query(({ ctx, input }) => listInstallationAudit(ctx, input)),
  verifyAudit: adminProcedure('heavyRead')
    .output(verified)
    .query(({ ctx }) => verifyInstallationAudit(ctx)),
});
