import { z } from 'zod';
import type { listJobs, readMetrics } from '#server/use-cases/admin/manage-jobs.ts';
import type { listInstallationLetters, readInstallationLetter } from '#server/use-cases/admin/manage-letters.ts';
import type { listOrganisations } from '#server/use-cases/admin/manage-organisations.ts';
import type { listUsers } from '#server/use-cases/admin/manage-users.ts';
import { figure, id, type AnswerOf } from '../answers.ts';

const counted = z.array(z.strictObject({ name: z.string(), value: figure }));

export const users: AnswerOf<typeof listUsers> = z.array(
  z.strictObject({
    id: id('user'),
    email: z.string(),
    name: z.string(),
    at: figure,
    isPlatformAdmin: z.boolean(),
    suspendedAt: figure.nullable(),
    suspendedFor: z.string().nullable(),
    organisations: figure,
    sessions: figure,
  }),
);

export const organisations: AnswerOf<typeof listOrganisations> = z.array(
  z.strictObject({
    id: id('organisation'),
    name: z.string(),
    plan: z.string().nullable(),
    at: figure,
    deleteAfter: figure.nullable(),
    members: figure,
    runningBots: figure,
    exceptions: counted,
  }),
);

export const jobs: AnswerOf<typeof listJobs> = z.array(
  z.strictObject({
    id: z.string(),
    task: z.string(),
    attempts: figure,
    mostAttempts: figure,
    error: z.string().nullable(),
    runAt: figure,
    createdAt: figure,
    isRunning: z.boolean(),
    orgId: z.string().nullable(),
  }),
);

export const metrics: AnswerOf<typeof readMetrics> = counted;

export const letters: AnswerOf<typeof listInstallationLetters> = z.array(
  z.strictObject({
    id: id('letter'),
    address: z.string(),
    kind: z.string(),
    at: figure,
    attempts: figure,
    sentAt: figure.nullable(),
    failedAt: figure.nullable(),
    failure: z.string().nullable(),
  }),
);

export const letter: AnswerOf<typeof readInstallationLetter> = z.strictObject({ text: z.string().nullable() });
