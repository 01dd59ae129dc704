import { Secret, TOTP } from 'otpauth';
import { registerByHand, signIn } from '../support/journeys.ts';
import { letterTo } from '../support/letters.ts';
import { expect, test, type Person } from '../support/test.ts';

/** The code of an app, moved on by so many steps: each step is taken once. */
const codeOf = (secret: string, steps: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

async function typePassword({ page, email, password }: Person): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function signOut({ page }: Person): Promise<void> {
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
}

/** An authenticator of the browser that keeps passkeys and knows its person. */
async function plugIn({ page }: Person): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test('from sign-up by a confirmed address to codes of an app, a passkey, and each of them as a way in', async ({
  newPerson,
}) => {
  test.slow();
  const nora = await newPerson('Nora');
  const { page, email } = nora;
  await plugIn(nora);
  await registerByHand(nora);

  await page.goto('/settings/security');
  await expect(page.getByText('Not confirmed')).toBeVisible();
  await expect(page.getByText('This server sends no mail yet')).toBeVisible();
  const { code } = await letterTo(email, 'Confirm your address');
  await page.getByLabel('Code of the letter').fill(code);
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await expect(page.getByText('Confirmed', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Set up an app…' }).click();
  const setUp = page.getByRole('dialog');
  await expect(setUp.getByRole('img', { name: 'QR code for the app' })).toBeVisible();
  const secret = await setUp.locator('[data-secret]').innerText();
  await setUp.getByLabel('Code that the app shows').fill(codeOf(secret, -1));
  await setUp.getByRole('button', { name: 'Confirm the app' }).click();
  const kept = setUp.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(kept).toHaveCount(10);
  const codes = await kept.allInnerTexts();
  await setUp.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('button', { name: 'Add a passkey…' }).click();
  await page.getByLabel('Name').fill('Laptop');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('list', { name: 'Passkeys' })).toContainText('Laptop');

  // By the password and a code.
  await signOut(nora);
  await typePassword(nora);
  await page.getByLabel('Code of your app').fill('000000');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'not right' })).toBeVisible();
  await page.getByLabel('Code of your app').fill(codeOf(secret, 0));
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/formulas$/);

  // By the password and the passkey.
  await signOut(nora);
  await typePassword(nora);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page).toHaveURL(/\/formulas$/);

  // By the passkey alone.
  await signOut(nora);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page).toHaveURL(/\/formulas$/);

  // By the password and a recovery code.
  await signOut(nora);
  await typePassword(nora);
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await page.getByLabel('Recovery code').fill(codes[0] ?? '');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/formulas$/);
  await page.goto('/settings/security');
  await expect(page.getByText('9 of 10 are left')).toBeVisible();
});

test('a forgotten password is set by a letter, and does not skip the second factor', async ({ newPerson }) => {
  test.slow();
  const rita = await newPerson('Rita');
  const { page, email } = rita;
  await registerByHand(rita);
  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'Set up an app…' }).click();
  const setUp = page.getByRole('dialog');
  const secret = await setUp.locator('[data-secret]').innerText();
  await setUp.getByLabel('Code that the app shows').fill(codeOf(secret, -1));
  await setUp.getByRole('button', { name: 'Confirm the app' }).click();
  await setUp.getByRole('button', { name: 'Done' }).click();
  await signOut(rita);

  await page.getByRole('link', { name: 'Forgot it?' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Send the letter' }).click();
  await expect(page.getByRole('heading', { name: 'Look into your mailbox' })).toBeVisible();
  const { link } = await letterTo(email, 'Set a new password');
  await page.goto(link);
  await page.getByLabel('New password').fill('password');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect(page.getByLabel('New password')).toHaveAccessibleDescription(/first that anybody would try/);
  const password = 'another quiet loom at dusk';
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await typePassword({ ...rita, password });
  await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible();
  await page.getByLabel('Code of your app').fill(codeOf(secret, 0));
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/formulas$/);
  // The link is used up.
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible();
});

test('sessions are seen and ended, and another browser notices', async ({ newPerson }) => {
  const [here, there] = [await newPerson('Sven'), await newPerson('Sven')];
  await registerByHand(here);
  await signIn({ ...there, email: here.email });
  const { page } = here;
  await page.goto('/settings/sessions');
  const list = page.getByRole('list', { name: 'Sessions' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: 'Sign out everywhere else…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await there.page.goto('/settings');
  await expect(there.page).toHaveURL(/\/sign-in/);
});
