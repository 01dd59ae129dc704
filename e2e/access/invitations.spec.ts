import type { BrowserContext } from '@playwright/test';
import { invite, joinByHand, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

/** What proxies and servers write down of each request: its address and where it came from. */
function logged(context: BrowserContext): string[] {
  const lines: string[] = [];
  context.on(
    'request',
    (request) =>
      void lines.push(
        `${new URL(request.url()).pathname}${new URL(request.url()).search} from ${request.headers()['referer'] ?? '-'}`,
      ),
  );
  return lines;
}

test('the token of an invitation is in no address that is sent, whichever way its holder comes in', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  await register(ada);

  await test.step('with a new account', async () => {
    const link = await invite(ada.page, 'Viewer');
    const token = link.split('#')[1] ?? link;
    const ben = await newPerson('Ben');
    const lines = logged(ben.context);
    await joinByHand(ben, link);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.filter((line) => line.includes(token))).toEqual([]);
  });

  await test.step('with an account, by way of the sign-in page', async () => {
    const link = await invite(ada.page, 'Viewer');
    const token = link.split('#')[1] ?? link;
    const cy = await newPerson('Cy');
    await register(cy);
    await cy.context.clearCookies();
    const lines = logged(cy.context);
    await cy.page.goto(link);
    await cy.page.getByRole('link', { name: 'Sign in' }).click();
    // The page before has fields of the same names.
    await expect(cy.page).toHaveURL(/\/sign-in/);
    await expect(cy.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await cy.page.getByLabel('E-mail').fill(cy.email);
    await cy.page.getByLabel('Password').fill(cy.password);
    await cy.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await cy.page.getByRole('button', { name: 'Join as Cy' }).click();
    await expect(cy.page).toHaveURL(/\/formulas$/);
    expect(lines.filter((line) => line.includes(token))).toEqual([]);
  });
});

test('a link as they were before, with its token in the path, still leads in', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  await register(ada);
  const link = await invite(ada.page, 'Viewer');
  await joinByHand(await newPerson('Ben'), link.replace('#', '/'));
});
