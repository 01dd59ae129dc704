import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import type { Page } from '@playwright/test';
import postgres from 'postgres';
import { code, expectSaved, field, invite, join, newFormula, register, setField } from '../support/journeys.ts';
import { startServer, type Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

/** A Postgres that the test can reach too. */
async function startPostgres(): Promise<{ readonly url: string; remove(): Promise<void> }> {
  const dataDir = await mkdtemp(joinPath(tmpdir(), 'alphaloom-damaged-'));
  const child = spawn(process.execPath, ['server/testing/hold-postgres.ts', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: line.toString().trim(),
    remove: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

test.describe('a document that is damaged in the database', () => {
  let database: Awaited<ReturnType<typeof startPostgres>>;
  let server: Server;
  // Also the first is stopped where the second does not start.
  const started: { remove(): Promise<void> }[] = [];
  test.beforeAll(async () => {
    started.unshift((database = await startPostgres()));
    started.unshift((server = await startServer({ DATABASE_URL: database.url, ROLES: 'web,realtime', DEMO: 'false' })));
  });
  test.afterAll(async () => {
    for (const each of started) await each.remove();
  });

  test('says so, offers its last good version to those who may edit, and is there again for everybody', async ({
    newPerson,
  }) => {
    const [ada, ben] = [await newPerson('Ada', { url: server.url }), await newPerson('Ben', { url: server.url })];
    await register(ada);
    await join(ben, await invite(ada.page, 'Viewer'));
    const address = await newFormula(ada.page, 'Struck');
    await ada.page.getByRole('button', { name: 'Save version' }).click();
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect(ada.page.getByRole('dialog')).toHaveCount(0);
    await setField(ada.page, 'fast', 'value', '44');
    await expectSaved(ada.page);
    await ada.page.goto('/formulas');
    await server.stop();
    const sql = postgres(database.url, { max: 1 });
    await sql.begin(async (tx) => {
      await tx`select set_config('alphaloom.org', 'system', true)`;
      await tx`update formula_snapshots set state = substr(state, 1, octet_length(state) / 2) where formula_id = ${address.split('/').at(-1) ?? ''}`;
    });
    await sql.end();
    await server.restart();

    await ben.page.goto(address);
    await expect(ben.page.getByRole('heading', { name: 'What is stored of this strategy is damaged' })).toBeVisible();
    await expect(ben.page.getByRole('button', { name: 'Go back to version 1' })).toBeDisabled();
    await ada.page.goto(address);
    await expect(ada.page.getByText('The last good version is 1')).toBeVisible();
    await ada.page.getByRole('button', { name: 'Go back to version 1' }).click();
    await expectSaved(ada.page);
    await expect(field(ada.page, 'fast', 'value')).toHaveValue('20');
    await expect(code(ben.page)).toContainText('input fast = 20 in 5..100');
    await setField(ada.page, 'fast', 'value', '45');
    await expect(code(ben.page)).toContainText('input fast = 45 in 5..100');
  });
});

/** Puts rubbish into the rows of this kind that the browser keeps; gives how many there were. */
const damageCopy = (page: Page, kind: 'committed' | 'own'): Promise<number> =>
  page.evaluate(async (wanted) => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no answer'));
      });
    const [info] = (await indexedDB.databases()).filter(({ name }) => name?.startsWith('alphaloom-'));
    const database = await done(indexedDB.open(info?.name ?? ''));
    const rows = database.transaction('rows', 'readwrite').objectStore('rows');
    const all: { kind: string; bytes: Uint8Array }[] = await done(rows.getAll());
    const damaged = all.filter(({ kind: is }) => is === wanted);
    for (const row of damaged) await done(rows.put({ ...row, bytes: Uint8Array.of(255, 255, 255, 255, 1) }));
    database.close();
    return damaged.length;
  }, kind);

test('a damaged copy in the browser is said, and what is not damaged is there', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  await register(ada);
  const address = await newFormula(ada.page, 'Kept badly');
  await setField(ada.page, 'fast', 'value', '33');
  await expectSaved(ada.page);
  await expect.poll(() => damageCopy(ada.page, 'committed')).toBeGreaterThan(0);
  await ada.page.goto('/formulas');
  await ada.page.goto(address);
  await expect(ada.page.getByText('This browser’s copy of the strategy was damaged')).toBeVisible();
  await expect(ada.page.getByText('Nothing of yours is lost')).toBeVisible();
  await expectSaved(ada.page);
  await expect(field(ada.page, 'fast', 'value')).toHaveValue('33');
  await ada.page.goto(address);
  await expectSaved(ada.page);
  await expect(ada.page.getByText('This browser’s copy of the strategy was damaged')).toHaveCount(0);
});
