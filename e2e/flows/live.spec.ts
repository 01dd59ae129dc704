import { invite, join, newFormula, register, runBacktest } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

test('what happens before a page’s live line stands is shown all the same', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await register(ada);
  await join(ben, await invite(ada.page, 'Editor'));
  await newFormula(ada.page, 'Before the line');
  const { promise: mayConnect, resolve: letConnect } = Promise.withResolvers<void>();
  await ben.page.routeWebSocket(/\/trpc/, async (socket) => {
    await mayConnect;
    socket.connectToServer();
  });
  await ben.page.goto('/backtests');
  await expect(ben.page.getByText('No backtests yet')).toBeVisible();
  await runBacktest(ada.page);
  await expect(ada.page.getByRole('region', { name: 'Last backtest' })).toContainText('Done');
  await expect(ben.page.getByText('No backtests yet')).toBeVisible();
  letConnect();
  await expect(ben.page.getByRole('table', { name: 'Backtests' })).toContainText('Before the line');
});
