import type { Actor } from '#server/auth/actor.ts';
import { AppError } from '#server/errors.ts';
import { incomingBody, type IncomingBody } from '#server/http/incoming-body.ts';
import { routeOf } from '#server/http/routes.ts';
import type { Charged } from '#server/limits/rate-limits.ts';
import type { Runtime } from '#server/runtime.ts';
import { answerFailure } from './answer-failure.ts';
import { createRequestContext, type Context } from './context.ts';
import { givenUp } from './given-up.ts';

type Asked = Context & { readonly now: Date };

/** What a route works with beside who asks. */
interface Means {
  /** Runs what takes long when it is its turn, unless the asker has left. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  readonly body: IncomingBody;
  readonly charged: Charged;
}

interface Route<Who> {
  /** As refusals are logged and audited. */
  readonly name: string;
  /** For routes that change something: a request that another site made a browser send is refused. */
  readonly ownPagesOnly?: boolean;
  answer(asked: Asked & Who, means: Means): Promise<Response>;
}

/** A route outside tRPC for strangers, who pay by address. */
export function answerStranger(runtime: Runtime, request: Request, route: Route<unknown>): Promise<Response> {
  return answer(runtime, request, route, async (asked) => [asked, { address: asked.from.ip }]);
}

/** A route outside tRPC for people who are signed in, who pay for themselves and for their organisation. */
export function answerPerson(
  runtime: Runtime,
  request: Request,
  route: Route<{ readonly actor: Actor }>,
): Promise<Response> {
  return answer(runtime, request, route, async (asked) => {
    const actor = await asked.authenticate();
    if (!actor) throw new AppError('UNAUTHENTICATED', 'Sign in first.');
    return [
      { ...asked, actor },
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
  const body = incomingBody(request, limits);
  try {
    if (route.ownPagesOnly && !context.ownOrigin)
      throw new AppError('FORBIDDEN', 'This request did not come from our own pages.');
    const [asked, charged] = await identify(context);
    await limits.charge(limit, charged);
    return await route.answer(asked, {
      inTurn: (work) =>
        limits.inTurn(limit, charged, () => (request.signal.aborted ? Promise.reject(givenUp()) : work())),
      body,
      charged,
    });
  } catch (error) {
    return answerFailure(context, error, route.name);
  } finally {
    body.end();
    context.answer?.end();
  }
}
