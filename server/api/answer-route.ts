import type { z } from 'zod';
import { AppError } from '#server/errors.ts';
import { incomingBody, type IncomingBody } from '#server/http/incoming-body.ts';
import { routeOf } from '#server/http/routes.ts';
import type { Charged } from '#server/limits/rate-limits.ts';
import { requirePermission } from '#server/policies/can.ts';
import type { Person } from '#server/policies/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { asOfNow } from '#server/use-cases/act/as-of-now.ts';
import { createRequestContext, type Context } from './context.ts';
import { sentenceOf } from './error-shape.ts';
import { answerFailure } from './http-failure.ts';
import { givenUp } from './refusal-of.ts';

type Asked = Context & { readonly now: Date };

/** What a route works with beside who asks, and what. */
interface Means {
  /** Runs what takes long when it is its turn, unless the asker has left or may no longer. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  readonly body: IncomingBody;
  readonly charged: Charged;
}

interface Route<Who, Input> {
  /** As refusals are logged and audited. */
  readonly name: string;
  /** For routes that change something: a request that another site made a browser send is refused. */
  readonly ownPagesOnly?: boolean;
  /** What the address says, and what it may say. */
  readonly asked: unknown;
  readonly input: z.ZodType<Input>;
  /** The refusal of an address that may not be; INVALID with the first problem when left out. */
  readonly otherwise?: () => AppError;
  answer(asked: Asked & Who, input: Input, means: Means): Promise<Response>;
}

/** A route outside tRPC for strangers, who pay by address. */
export function answerStranger<Input>(
  runtime: Runtime,
  request: Request,
  route: Route<unknown, Input>,
): Promise<Response> {
  return answer(runtime, request, route, async (asked, access) => {
    if (access !== 'public') throw new Error('a route for strangers is declared as public in server/http/routes.ts');
    return { asked, charged: { address: asked.from.ip }, stillMay: () => Promise.resolve() };
  });
}

/** A route outside tRPC for people who are signed in, who pay for themselves and for their organisation. */
export function answerPerson<Input>(
  runtime: Runtime,
  request: Request,
  route: Route<{ readonly principal: Person }, Input>,
): Promise<Response> {
  return answer(runtime, request, route, async (asked, access) => {
    if (access === 'public' || access === 'by procedure')
      throw new Error('a route for people declares its permission in server/http/routes.ts');
    const principal = await asked.authenticate();
    if (!principal) throw new AppError('UNAUTHENTICATED', 'Sign in first.');
    requirePermission(principal, access);
    const person = { ...asked, principal };
    return {
      asked: person,
      charged: { person: principal.userId, organisation: principal.orgId },
      stillMay: () => asOfNow(person, access),
    };
  });
}

interface Identified<Who> {
  readonly asked: Asked & Who;
  readonly charged: Charged;
  /** Looks at who asks once more, where the last look was longer ago than a moment. Throws when they may no longer. */
  stillMay(): Promise<unknown>;
}

/**
 * The frame of all of them: from where, who asks and may they (`ROUTES` declares the permission), then the limit that
 * `ROUTES` declares, then what is asked, then the work; failures in words.
 */
async function answer<Who, Input>(
  runtime: Runtime,
  request: Request,
  route: Route<Who, Input>,
  identify: (asked: Asked, access: ReturnType<typeof routeOf>['access']) => Promise<Identified<Who>>,
): Promise<Response> {
  const context = { ...createRequestContext(runtime, request, null), now: new Date() };
  const { limits } = runtime;
  const { limit, access } = routeOf(new URL(request.url).pathname);
  const body = incomingBody(request, limits);
  try {
    if (route.ownPagesOnly && !context.ownOrigin)
      throw new AppError('FORBIDDEN', 'This request did not come from our own pages.');
    const { asked, charged, stillMay } = await identify(context, access);
    await limits.charge(limit, charged);
    const input = route.input.safeParse(route.asked);
    if (!input.success) throw route.otherwise?.() ?? new AppError('INVALID', sentenceOf(input.error));
    return await route.answer(asked, input.data, {
      inTurn: (work) =>
        limits.inTurn(limit, charged, async () => {
          if (request.signal.aborted) throw givenUp();
          await stillMay();
          return work();
        }),
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

/** A text that is written piece by piece, as the bytes of an answer. */
export async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const text of texts) yield encoder.encode(text);
}
