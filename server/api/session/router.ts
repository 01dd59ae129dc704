import { z } from 'zod';
import { isAppError } from '#server/errors.ts';
import { traceOf } from '#server/use-cases/context.ts';
import { describeDemo } from '#server/use-cases/demo/published-logins.ts';
import { describeSession } from '#server/use-cases/session/describe-session.ts';
import { recordFailedEntry } from '#server/use-cases/session/enter.ts';
import { locateThing } from '#server/use-cases/session/locate-thing.ts';
import { register as registerUser } from '#server/use-cases/session/register.ts';
import {
  signOut as endSession,
  signIn as startSession,
  switchOrganisation,
} from '#server/use-cases/session/sign-in-and-out.ts';
import { nothing } from '../answers.ts';
import type { Context } from '../context.ts';
import { email, id, invitationToken, name, password, typedEmail } from '../fields.ts';
import { publicProcedure, router, signedInProcedure } from '../trpc.ts';
import * as answers from './answers.ts';
import { needCookies, setSessionCookies, takeCookie } from './cookies.ts';

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
  /** In which of one's own organisations a thing is, for links that lead to another than the one of now. */
  locate: signedInProcedure('read')
    .input(z.object({ kind: z.enum(['formulas', 'backtests', 'sweeps', 'reviews']), id: z.uuid() }))
    .output(answers.located)
    .query(({ ctx, input }) => locateThing(ctx, input)),
});

/** Counts and records how an attempt to enter ends. */
async function observeEntry<T>(
  context: Context & { readonly now: Date },
  way: 'sign-in' | 'register',
  email: string,
  work: () => Promise<T>,
): Promise<T> {
  const { security, log, from } = context;
  try {
    const result = await work();
    security.entry('succeeded', way, traceOf(from));
    return result;
  } catch (error) {
    if (isAppError(error)) {
      security.entry(error.code === 'RATE_LIMITED' ? 'limited' : 'failed', way, traceOf(from));
      recordFailedEntry(context, email).catch((err: unknown) => log.warn({ err }, 'a failed entry was not recorded'));
    }
    throw error;
  }
}
