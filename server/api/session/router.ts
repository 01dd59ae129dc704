import { z } from 'zod';
import { addressOf } from '#server/config/config.ts';
import { isAppError } from '#server/errors.ts';
import type { Way } from '#server/observability/security-log.ts';
import { agreeToAddress } from '#server/use-cases/account/address.ts';
import { askForReset, checkReset, resetPassword } from '#server/use-cases/account/password.ts';
import { verifyByLink } from '#server/use-cases/account/verify.ts';
import { traceOf } from '#server/use-cases/context.ts';
import { describeDemo } from '#server/use-cases/demo/published-logins.ts';
import { describeSession } from '#server/use-cases/session/describe-session.ts';
import { recordFailedEntry, type Entered } from '#server/use-cases/session/enter.ts';
import { locateThing } from '#server/use-cases/session/locate-thing.ts';
import { register as registerUser } from '#server/use-cases/session/register.ts';
import { beginPasskeySignIn, showSecondFactor, signInByPasskey } from '#server/use-cases/session/second-factor.ts';
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
import { assertion, code, ticket, token } from './ceremony-fields.ts';
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
    .output(answers.entered)
    .mutation(async ({ ctx, input }) => {
      const joins = 'invitation' in input ? { invitation: input.invitation } : { organisation: input.organisation };
      needCookies(ctx);
      const { name: given, email: address, password: typed } = input;
      return goIn(
        ctx,
        await observeEntry(ctx, 'register', address, () =>
          registerUser(ctx, { name: given, email: address, password: typed, joins }),
        ),
      );
    }),
  signIn: publicProcedure('signIn')
    .input(z.object({ email: typedEmail, password, invitation: invitationToken.optional() }))
    .output(answers.entered)
    .mutation(async ({ ctx, input }) => {
      needCookies(ctx);
      return goIn(ctx, await observeEntry(ctx, 'sign-in', input.email, () => startSession(ctx, input)));
    }),
  /** What the browser asks a passkey for: of an account whose password was right (`ticket`), or of anybody. */
  passkey: publicProcedure('signIn')
    .input(z.strictObject({ ticket: ticket.optional() }))
    .output(answers.assertionAsked)
    .mutation(({ ctx, input }) => beginPasskeySignIn(doorway(ctx), input)),
  /** The second step of a sign-in. */
  secondFactor: publicProcedure('signIn')
    .input(z.union([z.strictObject({ ticket, code }), z.strictObject({ ticket, response: assertion })]))
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      needCookies(ctx);
      setSessionCookies(
        ctx,
        await observeEntry(ctx, 'second-factor', null, () => showSecondFactor(doorway(ctx), input)),
      );
    }),
  signInByPasskey: publicProcedure('signIn')
    .input(z.strictObject({ ticket, response: assertion }))
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      needCookies(ctx);
      setSessionCookies(ctx, await observeEntry(ctx, 'passkey', null, () => signInByPasskey(doorway(ctx), input)));
    }),
  /** Asks for a letter with a link to set a new password; the same answer for every address. */
  forgot: publicProcedure('letter')
    .input(z.strictObject({ email }))
    .output(answers.posted)
    .mutation(async ({ ctx, input }) => {
      await askForReset(ctx, input);
      return { post: ctx.post.kind };
    }),
  checkReset: publicProcedure('token')
    .input(z.strictObject({ token }))
    .output(nothing)
    .mutation(({ ctx, input }) => checkReset(ctx, input)),
  reset: publicProcedure('token')
    .input(z.strictObject({ token, password }))
    .output(nothing)
    .mutation(({ ctx, input }) => resetPassword(ctx, input)),
  /** Confirms an address by the link of a letter. */
  verify: publicProcedure('token')
    .input(z.strictObject({ token }))
    .output(answers.ofAddress)
    .mutation(({ ctx, input }) => verifyByLink(ctx, input)),
  agreeToAddress: publicProcedure('token')
    .input(z.strictObject({ token }))
    .output(answers.agreed)
    .mutation(({ ctx, input }) => agreeToAddress(ctx, input)),
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

/** Sets the cookies of whoever is in, and tells whoever is not what is asked for. */
function goIn(context: Context, entered: Entered): z.infer<typeof answers.entered> {
  if (entered.kind === 'second-factor') return { next: 'second-factor', ticket: entered.ticket, ways: entered.ways };
  setSessionCookies(context, entered.begun);
  return { next: 'in' };
}

const doorway = (context: Context & { readonly now: Date }) => ({ ...context, address: addressOf(context.config) });

/** Counts and records how an attempt to enter ends. */
async function observeEntry<T>(
  context: Context & { readonly now: Date },
  way: Way,
  email: string | null,
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
      if (email !== null)
        recordFailedEntry(context, email).catch((err: unknown) => log.warn({ err }, 'a failed entry was not recorded'));
    }
    throw error;
  }
}
