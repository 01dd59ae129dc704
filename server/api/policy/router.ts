import { z } from 'zod';
import { ROLES, type Role } from '#server/policies/permissions.ts';
import { MOST_APPROVALS, REVIEWING } from '#server/policies/publication.ts';
import { getAccessPolicy, setAccessPolicy } from '#server/use-cases/policy/access-policy.ts';
import { getPolicy, setPolicy } from '#server/use-cases/policy/policy.ts';
import { figure, nothing, role, type AnswerOf } from '../answers.ts';
import { orgProcedure, router } from '../trpc.ts';

const policy: AnswerOf<typeof getPolicy> = z.strictObject({ approvals: figure, roles: z.array(role) });

const access: AnswerOf<typeof getAccessPolicy> = z.strictObject({ sessionHours: figure.nullable() });

/** In the order of the roles, each once. */
const sorted = (roles: readonly Role[]): Role[] => ROLES.filter((one) => roles.includes(one));

export const policyRouter = router({
  get: orgProcedure('org.read', 'read')
    .output(policy)
    .query(({ ctx }) => getPolicy(ctx)),
  set: orgProcedure('policy.manage', 'write')
    .input(
      z.object({
        approvals: z.int().min(0).max(MOST_APPROVALS, `Ask for at most ${MOST_APPROVALS} approvals.`),
        roles: z
          .array(z.enum(REVIEWING))
          .min(1, 'Choose at least one role whose approvals count.')
          .max(ROLES.length)
          .transform(sorted),
      }),
    )
    .output(nothing)
    .mutation(({ ctx, input }) => setPolicy(ctx, input)),
  access: orgProcedure('org.read', 'read')
    .output(access)
    .query(({ ctx }) => getAccessPolicy(ctx)),
  setAccess: orgProcedure('policy.manage', 'write')
    .input(
      z.object({
        sessionHours: z
          .int('Give whole hours.')
          .min(1, 'Give people an hour at least.')
          .max(720, 'No session lasts longer than 720 hours, which are 30 days.')
          .exactOptional(),
      }),
    )
    .output(nothing)
    .mutation(({ ctx, input }) => setAccessPolicy(ctx, { sessionHours: input.sessionHours ?? null })),
});
