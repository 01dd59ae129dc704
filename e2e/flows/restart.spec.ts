import {
  code,
  expectSaved,
  lastBacktest,
  newFormula,
  register,
  runBacktest,
  saveState,
  setField,
} from '../support/journeys.ts';
import { startServer, type Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

// A server of their own, since it is killed; without a worker, so that what is queued stays queued.
let server: Server;
test.beforeAll(async () => {
  server = await startServer({ ROLES: 'web,realtime', DEMO: 'false' });
});
test.afterAll(() => server.remove());

test('a server killed in the middle loses no saved edit, and what was typed meanwhile arrives', async ({
  newPerson,
}) => {
  const { page, ...ada } = await newPerson('Ada', { url: server.url });
  await register({ page, ...ada });
  const address = await newFormula(page, 'Unbreakable');
  await setField(page, 'fast', 'value', '44');
  await expectSaved(page);

  await server.kill();
  await expect(saveState(page)).toContainText('Offline');
  await setField(page, 'slow', 'value', '222');
  await expect(saveState(page)).toHaveText(/Offline: \d changes? kept here/);

  await server.restart();
  await expectSaved(page);

  const other = await ada.context.newPage();
  await other.goto(address);
  await expect(code(other)).toContainText('input fast = 44 in 5..100');
  await expect(code(other)).toContainText('input slow = 222 in 20..400');
});

test('a backtest that waits can be cancelled', async ({ newPerson }) => {
  const ada = await newPerson('Ada', { url: server.url });
  await register(ada);
  await newFormula(ada.page, 'Never mind');
  await runBacktest(ada.page);
  await expect(lastBacktest(ada.page)).toContainText('Queued');
  await lastBacktest(ada.page).getByRole('button', { name: 'Cancel the backtest' }).click();
  await expect(lastBacktest(ada.page)).toContainText('Cancelled');
});
