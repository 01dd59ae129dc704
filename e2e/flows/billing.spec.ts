import type { Page } from '@playwright/test';
import { violationsInBothThemes } from '../support/axe.ts';
import { invite, join, newFormula, register, runBacktest } from '../support/journeys.ts';
import { startServer, type Server } from '../support/server.ts';
import { expect, test, type Person } from '../support/test.ts';

// As `npm start` with nothing set up: plans are limited, and Stripe has a stand-in on this machine.
let server: Server;
test.beforeAll(async () => {
  server = await startServer({ PLAN: '' });
});
test.afterAll(() => server.remove());

const plan = (page: Page) => page.getByRole('main');
const openBilling = (page: Page) => page.goto('/settings/billing');
const pay = async (page: Page, card: string, button = 'Start trial'): Promise<void> => {
  await page.getByLabel('Card number').fill(card);
  await page.getByRole('button', { name: button }).click();
};

async function buyPro(person: Person, card = '4242 4242 4242 4242'): Promise<void> {
  await register(person);
  await openBilling(person.page);
  await person.page.getByRole('button', { name: 'Try Pro, by the month' }).click();
  await expect(person.page.getByRole('heading', { name: 'Subscribe to Pro' })).toBeVisible();
  await pay(person.page, card);
  await expect(plan(person.page)).toContainText('Pro · paid by your subscription');
}

test('a limit is shown before it is reached, and a larger plan is bought at once', async ({ newPerson }) => {
  const ada = await newPerson('Ada', { url: server.url });
  const { page } = ada;
  await register(ada);
  await newFormula(page, 'Free');
  await page.getByRole('button', { name: 'Run backtest' }).click();
  await expect(page.getByText('1 left: 0 of 1 backtests started today')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await runBacktest(page);
  await page.getByRole('button', { name: 'Run backtest' }).click();
  await expect(page.getByText('Your plan allows no more: 1 of 1 backtests started today')).toBeVisible();
  await page.getByRole('link', { name: 'See what a larger plan allows' }).click();
  await expect(plan(page)).toContainText('Free · what everybody has on this server');
  expect(await violationsInBothThemes(page)).toEqual([]);

  await test.step('a declined card changes nothing, another one pays', async () => {
    await page.getByRole('button', { name: 'Try Pro, by the month' }).click();
    await pay(page, '4000 0000 0000 0002');
    await expect(page.getByRole('alert')).toHaveText('Your card was declined.');
    await page.getByRole('button', { name: 'Back without paying' }).click();
    await expect(page.getByText('Nothing was paid, and nothing has changed')).toBeVisible();
    await expect(plan(page)).toContainText('Free · what everybody has on this server');
    await page.getByRole('button', { name: 'Try Pro, by the month' }).click();
    await pay(page, '4242 4242 4242 4242');
    await expect(plan(page)).toContainText('Pro · paid by your subscription');
    await expect(page.getByText(/^Your trial ends on/)).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'PRACTICE-' })).toContainText('paid');
  });
  expect(await violationsInBothThemes(page)).toEqual([]);
});

test('cancel and resume, by the page of payments', async ({ newPerson }) => {
  const ada = await newPerson('Ada', { url: server.url });
  const { page } = ada;
  await buyPro(ada);
  await page.getByRole('button', { name: 'Smaller plan or cancel…' }).click();
  await expect(page.getByRole('dialog')).toContainText('10 → 1');
  await page.getByRole('button', { name: 'Go on to the page of payments' }).click();
  await page.getByRole('button', { name: 'Cancel at the end of the period' }).click();
  await page.getByRole('button', { name: 'Return to Alphaloom' }).click();
  await expect(page.getByText('It is cancelled: nothing will be charged.')).toBeVisible();
  await page.getByRole('button', { name: 'Open the page of payments' }).click();
  await page.getByRole('button', { name: 'Resume subscription' }).click();
  await page.getByRole('button', { name: 'Return to Alphaloom' }).click();
  await expect(page.getByText('Then the first payment is due.')).toBeVisible();
});

test('a payment that fails leaves the plan for a while; then bots freeze, and the owner chooses which stays', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada', { url: server.url });
  const { page } = ada;
  await buyPro(ada, '4000 0000 0000 0341');
  await newFormula(page, 'Two bots');
  await page.getByRole('button', { name: 'Save version' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.goto('/bots');
  for (const name of ['First', 'Second']) {
    await page.getByRole('button', { name: 'New bot' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Strategy').click();
    await page.getByRole('option', { name: 'Two bots' }).click();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(dialog).toBeHidden();
  }
  await openBilling(page);
  await page.getByRole('button', { name: 'Open the page of payments' }).click();
  await page.getByRole('button', { name: 'Practice: let this period end now' }).click();
  await page.getByRole('button', { name: 'Return to Alphaloom' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'A payment failed' })).toContainText('Your plan stays until');
  await expect(plan(page)).toContainText('Pro · paid by your subscription');

  await page.getByRole('button', { name: 'Open the page of payments' }).click();
  await page.getByRole('button', { name: 'Practice: let 15 days pass' }).click();
  await page.getByRole('button', { name: 'Return to Alphaloom' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Pro is not paid' })).toBeVisible();
  await expect(page.getByText('Frozen, not deleted: Second.')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Second' }).click();
  await expect(page.getByText('Frozen, not deleted: First.')).toBeVisible();
  await page.getByRole('button', { name: 'Keep these' }).click();
  await expect(page.getByText('Your choice is kept')).toBeVisible();
  await page.goto('/bots');
  await expect(page.getByRole('row', { name: /First/ })).toContainText('frozen');
  await expect(page.getByRole('button', { name: 'Start First' })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Start Second' })).toBeEnabled();
});

test('a member who is no owner sees the plan, and whom to ask', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada', { url: server.url }), await newPerson('Ben', { url: server.url })];
  await register(ada);
  await join(ben, await invite(ada.page, 'Editor'));
  await openBilling(ben.page);
  await expect(ben.page.getByText('Ask Ada.')).toBeVisible();
  await expect(ben.page.getByRole('button', { name: 'Try Pro, by the month' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await expect(ben.page.getByRole('heading', { name: 'Invoices' })).toBeHidden();
});

test('prices are there for everybody, on a telephone and in the dark', async ({ newPerson }) => {
  const { page } = await newPerson('Eve', {
    url: server.url,
    viewport: { width: 400, height: 800 },
    colorScheme: 'dark',
  });
  await page.goto('/pricing');
  await expect(page.getByRole('listitem', { name: 'Pro' })).toContainText('$49.00 a month');
  await expect(page.getByRole('listitem', { name: 'Pro' })).toContainText('14 days free at first');
  await expect(page.getByRole('listitem', { name: 'Enterprise' })).toContainText('$99.00 a month, each member');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  expect(await violationsInBothThemes(page)).toEqual([]);
});
