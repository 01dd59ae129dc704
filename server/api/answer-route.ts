import { AppError } from '#server/errors.ts';
import { routeOf } from '#server/http/routes.ts';
import type { Charged } from '#server/limits/rate-limits.ts';
import type { Person } from '#server/policies/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { answerFailure } from './answer-failure.ts';
import { createRequestContext, type Context } from './context.ts';

type Asked = Context & { readonly now: Date };

interface Route<Who> {
  /** As refusals are logged and audited. */
  readonly name: string;
  /** For routes that change something: a request that another site made a browser send is refused. */
  readonly ownPagesOnly?: boolean;
  /** `inTurn` runs what takes long when it is its turn. */
  answer(asked: Asked & Who, inTurn: <T>(work: () => Promise<T>) => Promise<T>): Promise<Response>;
}

/** A route outside tRPC for strangers, who pay by address. */
export function answerStranger(runtime: Runtime, request: Request, route: Route<unknown>): Promise<Response> {
  return answer(runtime, request, route, async (asked) => [asked, { address: asked.from.ip }]);
}

/** A route outside tRPC for people who are signed in, who pay for themselves and for their organisation. */
export function answerPerson(
  runtime: Runtime,
  request: Request,
  route: Route<{ readonly principal: Person }>,
): Promise<Response> {
  return answer(runtime, request, route, async (asked) => {
    const actor = await asked.authenticate();
    if (!actor) throw new AppError('UNAUTHENTICATED', 'Sign in first.');
    return [
      { ...asked, principal: actor },
      { person: actor.userId, organisation: actor.orgId },
    ];
  });
}

/** The frame of all of them: who asks, then the limit that `ROUTES` declares for the path, then the work; failures in words. */
async function answer<Who>(
  runtime: Runtime,
  request: Request,
  route: Route<Who>,
  identify: (asked: Asked) => Promise<readonly [Asked & Who, Charged]>,
): Promise<Response> {
  const context = { ...createRequestContext(runtime, request, null), now: new Date() };
  const { limits } = runtime;
  const { limit } = routeOf(new URL(request.url).pathname);
  try {
    if (route.ownPagesOnly && !context.ownOrigin)
      throw new AppError('FORBIDDEN', 'This request did not come from our own pages.');
    const [asked, charged] = await identify(context);
    await limits.charge(limit, charged);
    return await route.answer(asked, (work) => limits.inTurn(limit, charged, work));
  } catch (error) {
    return answerFailure(context, error, route.name);
  }
}
