import { z } from 'zod';
import { QUOTAS } from '#server/policies/entitlements.ts';
import type { getTeam } from '#server/use-cases/team/get-team.ts';
import type { getUsage } from '#server/use-cases/team/get-usage.ts';
import type { inviteMember } from '#server/use-cases/team/invite-member.ts';
import { figure, id, role, type AnswerOf } from '../answers.ts';

export const team: AnswerOf<typeof getTeam> = z.strictObject({
  members: z.array(z.strictObject({ userId: id('user'), name: z.string(), email: z.string(), role, joinedAt: figure })),
  invitations: z.array(
    z.strictObject({
      id: id('invitation'),
      role,
      email: z.string().nullable(),
      createdBy: z.string(),
      expiresAt: figure,
    }),
  ),
});

export const invited: AnswerOf<typeof inviteMember> = z.strictObject({ id: id('invitation'), path: z.string() });

export const usage: AnswerOf<typeof getUsage> = z.array(
  z.strictObject({
    quota: z.enum([...QUOTAS, 'organisations']),
    what: z.string(),
    advice: z.string(),
    used: figure,
    most: figure,
  }),
);
