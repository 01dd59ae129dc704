import { z } from 'zod';
import { describeDemo } from '#server/use-cases/demo/describe-demo.ts';
import { describeSession } from '#server/use-cases/session/describe-session.ts';
import { register as registerUser } from '#server/use-cases/session/register.ts';
import { signIn as startSession } from '#server/use-cases/session/sign-in.ts';
import { signOut as endSession } from '#server/use-cases/session/sign-out.ts';
import { switchOrganisation } from '#server/use-cases/session/switch-organisation.ts';
import { traceOf } from '#server/use-cases/trace-of.ts';
import { nothing } from '../answers.ts';
import { email, id, invitationToken, name, password, typedEmail } from '../fields.ts';
import { publicProcedure, router, signedInProcedure } from '../trpc.ts';
import * as answers from './answers.ts';
import { setSessionCookies, needCookies, takeCookie } from './cookies.ts';
import { observeEntry } from './observe-entry.ts';

const person = { name: name('your name'), email, password };

export const sessionRouter = router({
  /** Who is signed in; null when nobody is. */
  me: publicProcedure('open')
    .output(answers.session)
    .query(async ({ ctx }) => {
      const actor = await ctx.authenticate();
      return actor && describeSession({ ...ctx, principal: actor });
    }),
  demo: publicProcedure('open')
    .output(answers.demo)
    .query(({ ctx }) => describeDemo(ctx)),
  register: publicProcedure('register')
    .input(
      z.union([
        z.strictObject({ ...person, organisation: name('the name of your organisation') }),
        z.strictObject({ ...person, invitation: invitationToken }),
      ]),
    )
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      const joins = 'invitation' in input ? { invitation: input.invitation } : { organisation: input.organisation };
      needCookies(ctx);
      const { name: given, email: address, password: typed } = input;
      setSessionCookies(
        ctx,
        await observeEntry(ctx, 'register', address, () =>
          registerUser(ctx, { name: given, email: address, password: typed, joins }),
        ),
      );
    }),
  signIn: publicProcedure('signIn')
    .input(z.object({ email: typedEmail, password, invitation: invitationToken.optional() }))
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      needCookies(ctx);
      setSessionCookies(ctx, await observeEntry(ctx, 'sign-in', input.email, () => startSession(ctx, input)));
    }),
  signOut: signedInProcedure('write')
    .output(nothing)
    .mutation(async ({ ctx }) => {
      await endSession(ctx);
      ctx.security.left({ ...traceOf(ctx.from), person: ctx.principal.userId });
      takeCookie(ctx);
    }),
  switch: signedInProcedure('write')
    .input(z.object({ orgId: id('organisation') }))
    .output(nothing)
    .mutation(({ ctx, input }) => switchOrganisation(ctx, input)),
});
