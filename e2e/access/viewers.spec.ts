import { code, expectSaved, field, invite, join, newFormula, node, register, saveState } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

test('a viewer sees every change and can make none', async ({ newPerson }) => {
  const [ada, vera] = [await newPerson('Ada'), await newPerson('Vera')];
  await register(ada);
  await join(vera, await invite(ada.page, 'Viewer'));
  const address = await newFormula(ada.page, 'Look, don’t touch');
  await vera.page.goto(address);
  await expect(saveState(vera.page)).toHaveText('View only');

  await field(ada.page, 'fast', 'value').fill('41');
  await field(ada.page, 'fast', 'value').press('Enter');
  await expect(code(vera.page)).toContainText('input fast = 41');

  await expect(field(vera.page, 'fast', 'value')).toBeDisabled();
  await expect(code(vera.page)).toHaveAttribute('contenteditable', 'false');
  await expect(vera.page.getByRole('button', { name: 'Run backtest' })).toBeDisabled();
  await expect(vera.page.getByRole('button', { name: 'Save version' })).toBeDisabled();
  await node(vera.page, 'slowLine').click();
  await vera.page.keyboard.press('Delete');
  await expectSaved(ada.page);
  await expect(node(vera.page, 'slowLine')).toBeVisible();
  await expect(code(ada.page)).toContainText('slowLine = sma(close, slow)');

  await test.step('who becomes an editor can edit in the window that is open', async () => {
    await ada.page.goto('/team');
    await ada.page.getByLabel('Role of Vera').click();
    await ada.page.getByRole('option', { name: 'Editor' }).click();
    await expectSaved(vera.page);
    await expect(field(vera.page, 'fast', 'value')).toBeEnabled();
  });

  await test.step('who is removed is out at once, also there', async () => {
    await ada.page.getByRole('button', { name: 'Remove Vera' }).click();
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(vera.page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
    await expect(node(vera.page, 'fast')).toHaveCount(0);
  });
});

test('another organisation’s formula is as good as none', async ({ newPerson }) => {
  const [ada, mallory] = [await newPerson('Ada'), await newPerson('Mallory')];
  await register(ada);
  await register(mallory);
  const address = await newFormula(ada.page, 'Secret sauce');
  const id = address.split('/').at(-1) ?? '';

  await mallory.page.goto('/formulas');
  await expect(mallory.page.getByText('No strategies yet')).toBeVisible();
  const answer = await mallory.page.request.get(
    `/api/trpc/formula.get?input=${encodeURIComponent(JSON.stringify({ json: { id } }))}`,
  );
  expect(answer.status()).toBe(404);
  expect(await answer.text()).not.toContain('Secret sauce');
  await mallory.page.goto(address);
  await expect(mallory.page.getByRole('heading', { name: 'There is no such strategy' })).toBeVisible();
  await expect(mallory.page.getByTestId('node-fastLine')).toHaveCount(0);
  await expect(mallory.page.getByText('Secret sauce')).toHaveCount(0);
});
