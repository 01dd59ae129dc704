import { globSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routeOf } from '#server/http/routes.ts';
import { roleMay, ROLES, type Permission } from '#server/policies/permissions.ts';
import { signIn } from '#server/realtime/testing/harness.ts';
import { fillOrganisation, type Filled } from '#server/testing/organisation.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { serveRoutes } from '#server/testing/serve-routes.ts';
import { testApi } from '#server/testing/test-api.ts';

/**
 * A request of each route that is right but for who sends it; `about`: whether it names something of the organisation.
 * A route that is missing fails the test.
 */
const REQUESTS: Readonly<
  Record<string, { readonly method: string; readonly about: boolean; url(filled: Filled): string }>
> = {
  '/api/markets/import': { method: 'POST', about: false, url: () => '/api/markets/import?symbol=NEW&name=New' },
  '/api/markets/add-bars': {
    method: 'POST',
    about: true,
    url: ({ marketId }) => `/api/markets/add-bars?marketId=${marketId}`,
  },
  '/api/backtests/[id]/[what]': {
    method: 'GET',
    about: true,
    url: ({ backtestId }) => `/api/backtests/${backtestId}/trades.csv`,
  },
  '/api/audit/export': { method: 'GET', about: false, url: () => '/api/audit/export' },
  '/api/organisation/export': { method: 'GET', about: false, url: () => '/api/organisation/export' },
  '/api/stripe/webhook': { method: 'POST', about: false, url: () => '/api/stripe/webhook' },
};

const routes = globSync('src/app/**/route.ts')
  .map((file) => file.replace('src/app', '').replace(/\/route\.ts$/, ''))
  .map((path) => ({ path, access: routeOf(path.replaceAll(/\[[^\]]+\]/g, 'x')).access }))
  .filter(({ access }) => access !== 'by procedure');
const ofPeople = routes.filter((route): route is typeof route & { access: Permission } => route.access !== 'public');

const api = testApi();
let server: Awaited<ReturnType<typeof serveRoutes>>;
let filled: Filled;
const cookies = new Map<string, string>();

beforeAll(async () => {
  const orgId = await createOrganisation(api.db);
  for (const role of ROLES) cookies.set(role, await signIn(api.db, await createMember(api.db, orgId, role)));
  filled = await fillOrganisation(api.db, orgId);
  const foreign = await createMember(api.db, await createOrganisation(api.db), 'owner');
  cookies.set('foreign', await signIn(api.db, foreign));
  server = await serveRoutes(api.runtime);
});
afterAll(() => server.close());

async function ask(path: string, who: string | null): Promise<number> {
  const request = REQUESTS[path];
  if (!request) throw new Error(`Say in server/api/route-access.pg.test.ts what a request of ${path} is.`);
  const origin = `http://127.0.0.1:${server.port}`;
  const response = await fetch(origin + request.url(filled), {
    method: request.method,
    headers: { origin, ...(who === null ? {} : { cookie: cookies.get(who) ?? '' }) },
  });
  await response.arrayBuffer();
  return response.status;
}

describe('a route outside tRPC', () => {
  it('says who may ask, and is public only where a signature is the key', () => {
    expect(routes.length).toBeGreaterThan(2);
    expect(routes.filter(({ access }) => access === 'public').map(({ path }) => path)).toEqual(['/api/stripe/webhook']);
  });

  it.each(ofPeople)('$path is refused to strangers', async ({ path }) => {
    expect(await ask(path, null)).toBe(401);
  });

  it.each(ofPeople)('$path takes the permission $access', async ({ path, access }) => {
    for (const role of ROLES) {
      const status = await ask(path, role);
      if (roleMay(role, access)) expect([401, 403], role).not.toContain(status);
      else expect(status, role).toBe(403);
    }
  });

  it.each(ofPeople)('$path is of no use to the owner of another organisation', async ({ path }) => {
    if (REQUESTS[path]?.about) expect(await ask(path, 'foreign')).toBe(404);
  });
});
