import { z } from 'zod';
import { createOrganisation } from '#server/use-cases/team/create-organisation.ts';
import { deleteOrganisation, keepOrganisation } from '#server/use-cases/team/delete-organisation.ts';
import { renameOrganisation } from '#server/use-cases/team/rename-organisation.ts';
import { transferOwnership } from '#server/use-cases/team/transfer-ownership.ts';
import { figure, id as idOut, nothing, type AnswerOf } from '../answers.ts';
import { id, name, trimmed } from '../fields.ts';
import { orgProcedure, router, signedInProcedure } from '../trpc.ts';

const created: AnswerOf<typeof createOrganisation> = z.strictObject({ orgId: idOut('organisation') });
const deletion: AnswerOf<typeof deleteOrganisation> = z.strictObject({ deleteAfter: figure });

const organisationName = name('the name of your organisation');

export const organisationRouter = router({
  create: signedInProcedure('invite')
    .input(z.object({ name: organisationName }))
    .output(created)
    .mutation(({ ctx, input }) => createOrganisation(ctx, input)),
  rename: orgProcedure('owner.manage', 'write')
    .input(z.object({ name: organisationName }))
    .output(nothing)
    .mutation(({ ctx, input }) => renameOrganisation(ctx, input)),
  transfer: orgProcedure('owner.manage', 'invite', { stepUp: true })
    .input(z.object({ userId: id('user') }))
    .output(nothing)
    .mutation(({ ctx, input }) => transferOwnership(ctx, input)),
  delete: orgProcedure('owner.manage', 'invite', { stepUp: true })
    .input(z.object({ name: trimmed(100) }))
    .output(deletion)
    .mutation(({ ctx, input }) => deleteOrganisation(ctx, input)),
  keep: orgProcedure('owner.manage', 'write')
    .output(nothing)
    .mutation(({ ctx }) => keepOrganisation(ctx)),
});
