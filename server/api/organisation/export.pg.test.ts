import { expect, it } from 'vitest';
import type { OrgId } from '#core/requests/ids.ts';
import { EXPORTED_TABLES } from '#server/db/queries/export-organisation.ts';
import { signIn } from '#server/realtime/testing/harness.ts';
import { createTestRuntime } from '#server/testing/api.ts';
import { fillNewest, fillRest } from '#server/testing/fill-rest.ts';
import { fillOrganisation } from '#server/testing/organisation.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { serveRoutes } from '#server/testing/serve-routes.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();

const fill = async (orgId: OrgId) => {
  const filled = await fillOrganisation(api.db, orgId);
  await fillRest(api.db, filled);
  await fillNewest(api.db, filled);
  return filled;
};

interface Line {
  readonly table?: string;
  readonly row?: Readonly<Record<string, unknown>>;
}

it('the export of an organisation has a row of each of its tables, nothing of others, no secret, and an end', async () => {
  const runtime = await createTestRuntime(api.database);
  const server = await serveRoutes(runtime);
  const own = await fill(await createOrganisation(api.db));
  const other = await fill(await createOrganisation(api.db));
  const owner = await createMember(api.db, own.orgId, 'owner');
  // More rows than are read at once.
  for (let n = 0; n < 45; n++) await createMember(api.db, own.orgId, 'viewer');
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/organisation/export`, {
    headers: { cookie: await signIn(api.db, owner) },
  });
  const text = await answer.text();
  await server.close();
  await runtime.close();
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  expect(lines.at(-1)).toEqual({ whole: true, rows: lines.length - 2 });
  expect([...new Set(lines.flatMap(({ table }) => table ?? []))].toSorted()).toEqual(
    EXPORTED_TABLES.map(({ name }) => name).toSorted(),
  );
  const members = lines.filter(({ table }) => table === 'memberships');
  expect(new Set(members.map(({ row }) => row?.['user_id'])).size).toBe(47);
  expect(text).toContain(own.mark);
  expect(text).not.toContain(other.mark);
  expect(text).not.toContain(other.orgId);
  expect(text).not.toMatch(/password_hash|token_hash/);
});
