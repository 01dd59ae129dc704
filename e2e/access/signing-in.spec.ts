import { apiOf } from '../support/api.ts';
import { invite, join, newFormula, register, signIn } from '../support/journeys.ts';
import { baseUrl, expect, test } from '../support/test.ts';

test('whoever guesses has to wait, sees for how long, and the owner does not', async ({ newPerson }) => {
  const owner = await newPerson('Olga');
  await register(owner);
  const mallory = await newPerson('Mallory');
  const batch = Array.from({ length: 5 }, () => 'session.signIn').join(',');
  const body = Object.fromEntries(
    Array.from({ length: 5 }, (_, index) => [index, { json: { email: owner.email, password: `guess ${index}` } }]),
  );
  await mallory.page.request.post(`${baseUrl()}/api/trpc/${batch}?batch=1`, {
    headers: { origin: baseUrl(), 'content-type': 'application/json' },
    data: body,
  });

  const { page } = mallory;
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password').fill('one more guess');
  await expect(async () => {
    const button = page.getByRole('button', { name: 'Sign in', exact: true });
    if (await button.isEnabled()) await button.click();
    await expect(page.getByRole('button', { name: /^Sign in in \d/ })).toBeDisabled({ timeout: 2_000 });
  }).toPass();
  await expect(page.getByRole('alert').filter({ hasText: 'Wait' }).first()).toContainText('then try again');
  // The form opens again by itself.
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeEnabled({ timeout: 60_000 });

  await apiOf(owner.page).session.signOut.mutate();
  await signIn(owner);
});

test('a session that has ended in a dialog leads to the sign-in page, and back', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  const address = await newFormula(page, 'Ended');
  await page.getByRole('button', { name: 'Run backtest' }).click();
  await ada.context.clearCookies();
  await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
  await page
    .getByRole('listitem')
    .filter({ hasText: 'You are signed out' })
    .getByRole('button', { name: 'Sign in' })
    .click();
  await page.getByLabel('E-mail').fill(ada.email);
  await page.getByLabel('Password').fill(ada.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(address);
});

test('registering an address that has an account says nothing of the account', async ({ newPerson }) => {
  const owner = await newPerson('Owen');
  await register(owner);
  const { page } = await newPerson('Mallory');
  await page.goto('/register');
  await page.getByLabel('Organisation').fill('Elsewhere');
  await page.getByLabel('Your name').fill('Owen');
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password').fill('not the password of Owen');
  await page.getByRole('button', { name: 'Create the organisation' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'No account could be made' })).toBeVisible();
});

test('a name that hides what it is, is refused beside its field', async ({ newPerson }) => {
  const { page, email, password } = await newPerson('Nora');
  await page.goto('/register');
  await page.getByLabel('Organisation').fill('Engines');
  await page.getByLabel('Your name').fill('Nora\u202eadmin');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create the organisation' }).click();
  await expect(page.getByLabel('Your name')).toHaveAccessibleDescription(/Take out the characters/);
});

test('a member leaves by themselves', async ({ newPerson }) => {
  const [owner, member] = [await newPerson('Ona'), await newPerson('Mia')];
  await register(owner);
  await join(member, await invite(owner.page, 'Viewer'));
  await member.page.goto('/team');
  await member.page.getByRole('button', { name: 'Leave the organisation' }).click();
  await member.page
    .getByRole('alertdialog')
    .or(member.page.getByRole('dialog'))
    .getByRole('button', { name: 'Leave', exact: true })
    .click();
  await expect(member.page).toHaveURL(/\/sign-in/);
  expect((await apiOf(owner.page).team.get.query()).members.map(({ name }) => name)).toEqual(['Ona']);
});
