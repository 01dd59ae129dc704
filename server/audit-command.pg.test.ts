import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withOrg } from '#server/db/database.ts';
import { insertAudits } from '#server/db/queries/audit.ts';
import { createOrganisation } from '#server/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'alphaloom-audit-'));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

/** The command as people run it, beside a server of this database. */
const audit = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const { app, system, migration } = database.urls;
    const env = { ...process.env, DATABASE_URL: app, SYSTEM_DATABASE_URL: system, MIGRATION_DATABASE_URL: migration };
    execFile('bin/alphaloom', ['audit', ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });

it('alphaloom audit verify says that all is as it was written, and names the first row that is not', async () => {
  const orgId = await createOrganisation(database.db, 'Ada Capital');
  const entry = { orgId, action: 'formula.renamed', entity: 'formula', entityId: 'x' };
  await withOrg(database.db, orgId, (tx) => insertAudits(tx, [entry, entry, entry]));

  const whole = await audit('verify', '--json');
  expect(whole).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(whole.stdout)).toMatchObject([
    { chain: orgId, name: 'Ada Capital', rows: 3, older: 0, head: { sequence: 3 }, broken: null },
  ]);
  const heads = join(folder, 'heads.json');
  await writeFile(heads, whole.stdout);

  await database.asOwner('alter table audit_log disable trigger user');
  await database.asOwner(`update audit_log set action = 'x' where org_id = '${orgId}' and sequence = 2`);
  const broken = await audit('verify', '--organisation', orgId);
  expect(broken.code).toBe(1);
  expect(broken.stderr).toMatch(/BROKEN at row 2 \(x, .*\): it is not what was written/);

  // Everything of it taken away, as if it had never been.
  await database.asOwner(`delete from audit_log where org_id = '${orgId}'`);
  await database.asOwner(`delete from audit_chains where id = '${orgId}'`);
  const gone = await audit('verify', '--heads', heads);
  expect(gone).toMatchObject({ code: 1, stderr: expect.stringContaining('BROKEN at row 1: a row is missing here') });
  expect(await audit('forget')).toMatchObject({ code: 2 });
  // The first call of the command bundles it.
}, 180_000);
