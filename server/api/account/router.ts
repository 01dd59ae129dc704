import { z } from 'zod';
import { addressOf, type Config } from '#server/config/config.ts';
import { askForAddress } from '#server/use-cases/account/address.ts';
import { describeSecurity } from '#server/use-cases/account/describe-security.ts';
import {
  addPasskey,
  beginPasskey,
  beginPasskeyStepUp,
  removePasskey,
  renamePasskey,
} from '#server/use-cases/account/passkeys.ts';
import { changePassword } from '#server/use-cases/account/password.ts';
import { endOtherSessions, endOwnSession, listOwnSessions } from '#server/use-cases/account/sessions.ts';
import { stepUp } from '#server/use-cases/account/step-up.ts';
import { beginTotp, confirmTotp, makeRecoveryCodes, removeTotp } from '#server/use-cases/account/totp.ts';
import { sendVerification, verifyByCode } from '#server/use-cases/account/verify.ts';
import { nothing } from '../answers.ts';
import { email, password } from '../fields.ts';
import { assertionAsked, attestationAsked } from '../session/answers.ts';
import { assertion, attestation, code, passkeyId, passkeyName, ticket } from '../session/ceremony-fields.ts';
import { router, signedInProcedure } from '../trpc.ts';
import * as answers from './answers.ts';

/** What adds a way in, or takes one away, is asked of who confirmed the address and has just shown who they are. */
const SECURES = { stepUp: true, verified: true } as const;
const STEP_UP = { stepUp: true } as const;

const located = <C extends { readonly config: Config }>(context: C) => ({
  ...context,
  address: addressOf(context.config),
});

/** What is a person's own, whatever organisation they work in. */
export const accountRouter = router({
  security: signedInProcedure('read')
    .output(answers.security)
    .query(({ ctx }) => describeSecurity(ctx)),
  sendVerification: signedInProcedure('account')
    .output(nothing)
    .mutation(({ ctx }) => sendVerification(ctx)),
  verify: signedInProcedure('account')
    .input(z.strictObject({ code }))
    .output(nothing)
    .mutation(({ ctx, input }) => verifyByCode(ctx, input)),
  changePassword: signedInProcedure('account')
    .input(z.strictObject({ current: password, password }))
    .output(nothing)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),
  changeAddress: signedInProcedure('account', STEP_UP)
    .input(z.strictObject({ email }))
    .output(nothing)
    .mutation(({ ctx, input }) => askForAddress(ctx, input)),
  beginTotp: signedInProcedure('account', SECURES)
    .output(answers.begunTotp)
    .mutation(({ ctx }) => beginTotp(ctx)),
  confirmTotp: signedInProcedure('account', SECURES)
    .input(z.strictObject({ code }))
    .output(answers.addedFactor)
    .mutation(({ ctx, input }) => confirmTotp(ctx, input)),
  removeTotp: signedInProcedure('account', STEP_UP)
    .output(nothing)
    .mutation(({ ctx }) => removeTotp(ctx)),
  makeRecoveryCodes: signedInProcedure('account', STEP_UP)
    .output(answers.recoveryCodes)
    .mutation(({ ctx }) => makeRecoveryCodes(ctx)),
  beginPasskey: signedInProcedure('account', SECURES)
    .output(attestationAsked)
    .mutation(({ ctx }) => beginPasskey(located(ctx))),
  addPasskey: signedInProcedure('account', SECURES)
    .input(z.strictObject({ ticket, response: attestation, name: passkeyName }))
    .output(answers.addedFactor)
    .mutation(({ ctx, input }) => addPasskey(located(ctx), input)),
  renamePasskey: signedInProcedure('account')
    .input(z.strictObject({ id: passkeyId, name: passkeyName }))
    .output(nothing)
    .mutation(({ ctx, input }) => renamePasskey(ctx, input)),
  removePasskey: signedInProcedure('account', STEP_UP)
    .input(z.strictObject({ id: passkeyId }))
    .output(nothing)
    .mutation(({ ctx, input }) => removePasskey(ctx, input)),
  beginStepUp: signedInProcedure('account')
    .output(assertionAsked)
    .mutation(({ ctx }) => beginPasskeyStepUp(located(ctx))),
  stepUp: signedInProcedure('account')
    .input(
      z.union([
        z.strictObject({ password }),
        z.strictObject({ code }),
        z.strictObject({ ticket, response: assertion }),
      ]),
    )
    .output(nothing)
    .mutation(({ ctx, input }) => stepUp(located(ctx), input)),
  sessions: signedInProcedure('read')
    .output(answers.sessions)
    .query(({ ctx }) => listOwnSessions(ctx)),
  endSession: signedInProcedure('account')
    .input(z.strictObject({ id: z.uuid('There is no such session.') }))
    .output(nothing)
    .mutation(({ ctx, input }) => endOwnSession(ctx, input)),
  endOtherSessions: signedInProcedure('account')
    .output(answers.ended)
    .mutation(({ ctx }) => endOtherSessions(ctx)),
});
