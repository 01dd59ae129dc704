import { openSeed, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

test('an archived formula is undone at once, found again later, says so when it is opened, and comes back', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  const address = await openSeed(page, { name: 'Old idea', code: 'buy(when: close > open)\n' });
  await page.goto('/formulas');
  const link = page.getByRole('link', { name: 'Old idea' });
  const archive = async () => {
    await page.getByRole('button', { name: 'More about Old idea' }).click();
    await page.getByRole('menuitem', { name: 'Archive' }).click();
  };

  await test.step('undone in the message', async () => {
    await archive();
    await expect(link).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(link).toBeVisible();
  });

  await test.step('archived ones have a list of their own', async () => {
    await archive();
    await expect(link).toHaveCount(0);
    await page.getByRole('radio', { name: 'Archived' }).click();
    await expect(link).toBeVisible();
  });

  await test.step('one that is opened says so, and is restored there', async () => {
    await page.goto(address);
    const notice = page.getByRole('status', { name: 'Archived' });
    await expect(notice).toContainText('This strategy is archived');
    await notice.getByRole('button', { name: 'Restore' }).click();
    await expect(notice).toHaveCount(0);
    await page.goto('/formulas');
    await expect(link).toBeVisible();
  });

  await test.step('or from the list', async () => {
    await archive();
    await page.getByRole('radio', { name: 'Archived' }).click();
    await page.getByRole('button', { name: 'More about Old idea' }).click();
    await page.getByRole('menuitem', { name: 'Restore' }).click();
    await expect(page.getByText('Nothing is archived')).toBeVisible();
    await page.getByRole('radio', { name: 'Current' }).click();
    await expect(link).toBeVisible();
  });
});
