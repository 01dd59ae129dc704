import { apiOf } from '../support/api.ts';
import { join, invite, register, signIn } from '../support/journeys.ts';
import { seedFormula } from '../support/seed-formula.ts';
import { startServer } from '../support/server.ts';
import { expect, test, unique } from '../support/test.ts';

test('a person founds a second organisation, switches by the menu and by the palette, and follows links', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  await register(ada);
  const { page } = ada;
  const link = await seedFormula(page, { name: 'Momentum' });
  const first = (await apiOf(page).session.me.query())?.org.name ?? '';
  const second = unique('Ada Private');

  await test.step('founds one', async () => {
    await page.goto('/formulas');
    await page.getByRole('button', { name: `Organisation: ${first}` }).click();
    await page.getByRole('menuitem', { name: 'New organisation…' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill(second);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: `Organisation: ${second}` })).toBeVisible();
    await expect(page.getByText('Momentum')).toHaveCount(0);
  });

  await test.step('a link to the first one switches, and says so', async () => {
    await page.goto(link);
    await expect(page.getByRole('button', { name: `Organisation: ${first}` })).toBeVisible();
    await expect(page).toHaveURL(new RegExp(link));
    await expect(page.getByText(`You work in ${first} now`)).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Code' }).or(page.locator('.cm-content')).first()).toBeVisible();
  });

  await test.step('the palette switches back, by the keyboard alone', async () => {
    await page.goto('/formulas');
    await expect(page.getByText('Momentum').first()).toBeVisible();
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type(`Switch to ${second}`);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: `Organisation: ${second}` })).toBeVisible();
  });

  await test.step('another window of the browser says that it is elsewhere, and leads back', async () => {
    const other = await ada.context.newPage();
    await other.goto('/markets');
    await expect(other.getByRole('button', { name: `Organisation: ${second}` })).toBeVisible();
    await page.getByRole('button', { name: `Organisation: ${second}` }).click();
    await page.getByRole('menuitem', { name: first }).click();
    await expect(other.getByRole('heading', { name: `You work in ${first} now` })).toBeVisible();
    await other.getByRole('button', { name: `Back to ${second}` }).click();
    await expect(other.getByRole('button', { name: `Organisation: ${second}` })).toBeVisible();
    await expect(other).toHaveURL(/\/markets$/);
    await other.close();
  });
});

test('an owner hands the organisation over and verifies its audit; the new one has it deleted, and keeps it', async ({
  newPerson,
}) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await register(ada);
  await join(ben, await invite(ada.page, 'Editor'));
  const name = (await apiOf(ada.page).session.me.query())?.org.name ?? '';

  await test.step('Ada transfers it', async () => {
    await ada.page.goto('/settings/organisation');
    await ada.page.getByRole('button', { name: 'Transfer…' }).click();
    const dialog = ada.page.getByRole('dialog');
    await expect(dialog.getByLabel('New owner')).toContainText('Ben');
    await dialog.getByRole('button', { name: 'Transfer' }).click();
    await expect(ada.page.getByText('Ben is the owner now')).toBeVisible();
  });

  await test.step('Ada, an admin now, verifies the chain', async () => {
    await ada.page.goto('/settings/audit');
    await ada.page.getByRole('button', { name: 'Verify the chain' }).click();
    await expect(ada.page.getByText(/rows are as they were written/)).toBeVisible();
    await expect(ada.page.getByText('organisation.transferred')).toBeVisible();
  });

  await test.step('Ben is told, has it deleted, and everybody sees the day', async () => {
    await ben.page.goto('/settings/organisation');
    await ben.page.getByRole('button', { name: `Delete ${name}…` }).click();
    const dialog = ben.page.getByRole('dialog');
    const sure = dialog.getByRole('button', { name: 'Delete in 14 days' });
    await expect(sure).toBeDisabled();
    await dialog.getByLabel('Name of the organisation').fill(name);
    await sure.click();
    await expect(ben.page.getByText(`${name} will be deleted`)).toBeVisible();
    await expect(ada.page.getByText(`${name} will be deleted`)).toBeVisible();
    await ben.page.getByRole('button', { name: 'Keep it' }).click();
    await expect(ben.page.getByText(`${name} will be deleted`)).toHaveCount(0);
  });
});

test('who looks after the installation suspends a person, who is out within a second in every window', async ({
  newPerson,
}) => {
  test.setTimeout(240_000);
  const email = `${unique('root')}@example.com`;
  const server = await startServer({ ADMIN_EMAILS: email, DEMO: 'false' });
  try {
    const options = { url: server.url };
    const root = { ...(await newPerson('Root', options)), email };
    const ben = await newPerson('Ben', options);
    await register(root);
    await register(ben);
    // The role is given at a start, to accounts that are there.
    await server.stop();
    await server.restart();
    await ben.page.goto('/formulas');
    await expect(ben.page.getByRole('heading', { name: 'Strategies' })).toBeVisible();

    await root.page.goto('/formulas');
    await root.page.getByRole('button', { name: 'Account of Root' }).click();
    await root.page.getByRole('menuitem', { name: 'Installation' }).click();
    await expect(root.page.getByText('Workers that were heard of')).toBeVisible();
    await root.page.getByRole('link', { name: 'Users' }).click();
    await root.page.getByLabel('Search the users').fill(ben.email);
    await root.page.getByRole('button', { name: 'What to do with Ben' }).click();
    await root.page.getByRole('menuitem', { name: 'Suspend…' }).click();
    await root.page.getByLabel('Reason').fill('Spam');
    await root.page.getByRole('button', { name: 'Suspend' }).click();
    await expect(root.page.getByText('Ben is suspended')).toBeVisible();
    await expect(ben.page).toHaveURL(/\/sign-in/, { timeout: 3_000 });

    await ben.page.getByLabel('E-mail').fill(ben.email);
    await ben.page.getByLabel('Password').fill(ben.password);
    await ben.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(ben.page.getByText('This account is suspended')).toBeVisible();

    await root.page.getByRole('link', { name: 'Audit', exact: true }).click();
    await expect(root.page.getByText('admin.user_suspended')).toBeVisible();
    await root.page.getByRole('link', { name: 'Users' }).click();
    await root.page.getByRole('button', { name: 'What to do with Ben' }).click();
    await root.page.getByRole('menuitem', { name: 'Restore' }).click();
    await expect(root.page.getByText('Ben may sign in again')).toBeVisible();
    await signIn(ben);
  } finally {
    await server.remove();
  }
});
