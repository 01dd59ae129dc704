import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import { AppError, isAppError } from '#server/errors.ts';
import { requirePermission, type Permission } from '#server/policies/permissions.ts';
import type { Context } from './context.ts';
import { describeFailure, TRPC_CODES } from './error-shape.ts';
import { tellOfRefusal } from './tell-of-refusal.ts';

/** Who may call a procedure; each says so, and a test runs all of them as those who may not. */
interface Meta {
  readonly access: Permission | 'public' | 'signed-in';
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    transformer: superjson,
    isDev: false,
    errorFormatter: ({ shape, error, ctx, path }) => {
      const { message, appCode, details, bug } = describeFailure(error);
      if (bug) ctx?.log.error({ err: bug.error, id: bug.id, requestId: ctx.from.requestId, path }, 'procedure failed');
      return { ...shape, message, data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: path ?? null, appCode, details } };
    },
  });

export const { router, createCallerFactory } = t;

/** Gives expected failures their HTTP status, and changes nothing on behalf of another site. */
const base = t.procedure.use(async ({ ctx, type, path, next }) => {
  if (type === 'mutation' && !ctx.ownOrigin) {
    const refusal = new AppError('FORBIDDEN', 'This request did not come from our own pages.');
    throw new TRPCError({ code: 'FORBIDDEN', message: refusal.message, cause: refusal });
  }
  const result = await next({ ctx: { now: new Date() } });
  if (!result.ok && isAppError(result.error.cause)) {
    const { cause } = result.error;
    await tellOfRefusal({ ...ctx, now: new Date() }, cause.code, path);
    throw new TRPCError({ code: TRPC_CODES[cause.code], message: cause.message, cause });
  }
  return result;
});

export const publicProcedure = base.meta({ access: 'public' });

const signedIn = base.use(async ({ ctx, next }) => {
  const actor = await ctx.authenticate();
  if (!actor) throw new AppError('UNAUTHENTICATED', 'Sign in first.');
  return next({ ctx: { actor } });
});

/** For what concerns the person and not the organisation. */
export const signedInProcedure = signedIn.meta({ access: 'signed-in' });

/** For members of the session's organisation whose role has the permission; checked before the input is even looked at. */
export const orgProcedure = (permission: Permission) =>
  signedIn.meta({ access: permission }).use(({ ctx, next }) => {
    requirePermission(ctx.actor, permission);
    return next();
  });
