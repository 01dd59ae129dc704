import { initTRPC, TRPCError } from '@trpc/server';
import { ERROR_CODES } from '#core/requests/error-codes.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/can.ts';
import { MOST_PAID_FOR_DOCUMENT, type LimitName } from '#server/policies/limits.ts';
import type { Permission } from '#server/policies/permissions.ts';
import { mustVerify, requireShown, type Asked } from '#server/policies/shown.ts';
import { asOfNow } from '#server/use-cases/act/as-of-now.ts';
import { requireAdmin } from '#server/use-cases/admin/as-admin.ts';
import { payingForLoads } from '#server/use-cases/document/pay-for-loads.ts';
import { strangerOf, type Context } from './context.ts';
import { describeFailure } from './error-shape.ts';
import { givenUp, refusalOf } from './refusal-of.ts';
import { reportRefusal } from './report-refusal.ts';
import { transformer } from './transformer.ts';

/** Who may call a procedure, and which limit counts its calls; each says so, and a test looks at all of them. */
interface Meta {
  readonly access: Permission | 'public' | 'signed-in' | 'platform';
  readonly limit: LimitName;
  /** What the person must have shown beside their role. */
  readonly asked?: Asked;
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    transformer,
    isDev: false,
    errorFormatter: ({ shape, error, ctx, path }) => {
      const { message, appCode, details, bug } = describeFailure(error);
      if (bug) ctx?.log.error({ err: bug.error, id: bug.id, requestId: ctx.from.requestId, path }, 'procedure failed');
      return {
        ...shape,
        message,
        data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: path ?? null, appCode, details },
      };
    },
  });

export const { router, createCallerFactory } = t;

/** A failure as it is answered: an expected one has its HTTP status, and a defender is told of it. */
async function toldOf(error: unknown, ctx: Context, path: string): Promise<TRPCError | null> {
  const cause = refusalOf(error, ctx.log);
  if (!cause) return null;
  await reportRefusal({ ...ctx, now: new Date() }, cause.code, path);
  return new TRPCError({ code: ERROR_CODES[cause.code].trpc, message: cause.message, cause });
}

/** What a subscription says, until it ends in an error like that of any other procedure. */
async function* refusing(said: AsyncIterable<unknown>, ctx: Context, path: string): AsyncGenerator {
  try {
    yield* said;
  } catch (error) {
    throw (await toldOf(error, ctx, path)) ?? error;
  }
}

const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

const coded = t.procedure.use(async ({ ctx, type, path, next }) => {
  const result = await next({ ctx: { now: new Date() } });
  if (!result.ok) {
    const told = await toldOf(result.error.cause, ctx, path);
    if (!told) return result;
    throw told;
  }
  if (type === 'subscription' && isIterable(result.data)) return { ...result, data: refusing(result.data, ctx, path) };
  return result;
});

/** Counts the call before anything else is done for it, and changes nothing on behalf of another site. */
const base = coded.use(async ({ ctx, type, next }) => {
  await ctx.limits.chargeStranger('call', strangerOf(ctx));
  if (type === 'mutation' && !ctx.ownOrigin)
    throw new AppError('FORBIDDEN', 'This request did not come from our own pages.');
  return next();
});

/**
 * For strangers too, who are counted by their address; whoever is known pays as a person, where the limit counts
 * people.
 */
export const publicProcedure = (limit: LimitName) =>
  base.meta({ access: 'public', limit }).use(async ({ ctx, next }) => {
    const stranger = strangerOf(ctx);
    await ctx.limits.chargeStranger(limit, stranger);
    return ctx.limits.inTurn(limit, ctx.limits.payer(limit, stranger), () => next());
  });

const signedIn = (access: Permission | 'signed-in' | 'platform', limit: LimitName, asked: Asked = {}) =>
  base.meta({ access, limit, asked }).use(async ({ ctx, type, next, signal }) => {
    const actor = await ctx.authenticate();
    if (!actor) throw new AppError('UNAUTHENTICATED', 'Sign in first.');
    if (access === 'platform') await requireAdmin({ principal: actor });
    else if (access !== 'signed-in') requirePermission(actor, access);
    requireShown(actor, asked, { now: ctx.now, mustVerify: mustVerify(ctx.config) });
    // Not by address: whoever asks for much from a network must not hold up their neighbours there.
    const charged = { person: actor.userId, organisation: actor.orgId };
    await ctx.limits.charge(limit, charged);
    const pay = (bytes: number): Promise<void> =>
      ctx.limits.charge('document', charged, Math.min(MOST_PAID_FOR_DOCUMENT, Math.ceil(bytes / 1_000)));
    return ctx.limits.inTurn(limit, charged, async () => {
      // The turn may have been long in coming.
      const principal = await asOfNow(
        { principal: actor, current: ctx.current },
        access === 'signed-in' || access === 'platform' ? null : access,
      );
      const run = () => payingForLoads(pay, () => next({ ctx: { principal } }));
      if (type !== 'query') return run();
      // When its turn comes: meanwhile others of the same person may have been answered, and the asker may have left.
      if (signal?.aborted) throw givenUp();
      ctx.limits.untaken.refuseMore(charged, limit === 'heavyRead' ? 'heavy' : 'any');
      const result = await run();
      if (result.ok) ctx.answer?.add(charged, result.data);
      return result;
    });
  });

/** For what concerns the person and not the organisation. */
export const signedInProcedure = (limit: LimitName, asked?: Asked) => signedIn('signed-in', limit, asked);

/**
 * For members of the session's organisation whose role has the permission; checked before the input is even looked at.
 */
export const orgProcedure = (permission: Permission, limit: LimitName, asked?: Asked) =>
  signedIn(permission, limit, asked);

/** For those who look after the installation, whatever they are in the session's organisation. */
export const adminProcedure = (limit: LimitName, asked?: Asked) => signedIn('platform', limit, asked);
