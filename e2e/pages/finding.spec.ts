import { register } from '../support/journeys.ts';
import { seedFormula } from '../support/seed-formula.ts';
import { expect, test } from '../support/test.ts';

test('things are found by name, however fast one types, and a list keeps its columns in sight', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await seedFormula(page, { name: 'x'.repeat(100) });
  const address = await seedFormula(page, { name: 'Theme of autumn' });
  const palette = page.getByRole('dialog', { name: 'Commands' });
  const look = async (text: string): Promise<void> => {
    await page.getByText('Live', { exact: true }).waitFor();
    await page.keyboard.press('ControlOrMeta+k');
    await palette.getByRole('combobox').waitFor();
    await page.keyboard.insertText(text);
  };

  await page.goto('/formulas');
  await test.step('a name of 100 characters leaves the other columns and the menus in sight', async () => {
    await expect(page.getByRole('row', { name: /xxx/ }).getByRole('button').last()).toBeInViewport({ ratio: 1 });
  });

  await test.step('Enter before the answer opens what arrives', async () => {
    await look('theme of');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`${address}$`));
    await page.goto('/formulas');
  });

  await test.step('without a line the palette says so, and commands are found', async () => {
    await look('theme of');
    await expect(palette.getByRole('option', { name: /Theme of autumn/ })).toBeVisible();
    await page.context().setOffline(true);
    await palette.getByRole('combobox').fill('autumn');
    await expect(palette.getByRole('status')).toContainText('Offline');
    await expect(palette).not.toContainText('Nothing by that name');
    await palette.getByRole('combobox').fill('theme');
    await expect(palette.getByRole('option', { name: /Switch between light and dark/ })).toBeVisible();
    await page.context().setOffline(false);
  });
});
